"""What is said to a server to see that it has an extension: a line for each verb, a value for each parameter.

An extension that is installed needs an entry here, and the entry a sample for each of its verbs and parameters.
"""

import dataclasses
import datetime

# Where a session stands: in clear, inside TLS, logged in, behind MAIL and RCPT.
CLEAR, SECURE, READY, MAIL = "clear", "secure", "ready", "mail"


@dataclasses.dataclass(frozen=True)
class Verb:
    """A line that begins with the verb, the replies of a server that has it, and when it is said."""

    line: str
    replies: tuple
    when: str = READY


@dataclasses.dataclass(frozen=True)
class Sample:
    """How one extension is seen. Values of parameters stand behind "="; None is a parameter without a value.

    `keywords`: what EHLO shows of it; None is its id. `login`: nobody can log in where it is missing, so it is missed on a listener for mail from anyone.
    """

    verbs: dict = dataclasses.field(default_factory=dict)
    mail: dict = dataclasses.field(default_factory=dict)
    rcpt: dict = dataclasses.field(default_factory=dict)
    login: bool = False
    keywords: tuple | None = None


def _tomorrow():
    day = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
    return day.strftime("%Y-%m-%dT%H:%M:%SZ")


# The keywords of IANA's registry "SMTP Service Extensions" that docs/rfc.md says are built.
REGISTERED = frozenset((
    "8BITMIME", "ATRN", "AUTH", "BINARYMIME", "BURL", "CHUNKING", "CONNEG", "CONPERM", "DELIVERBY", "DSN",
    "ENHANCEDSTATUSCODES", "ETRN", "EXPN", "FUTURERELEASE", "HELP", "LIMITS", "MT-PRIORITY", "MTRK", "NO-SOLICITING",
    "PIPELINING", "REQUIRETLS", "RRVS", "SIZE", "SMTPUTF8", "STARTTLS", "SUBMITTER", "TURN", "VRFY"))

SAMPLES = {
    "PIPELINING": Sample(),
    "ENHANCEDSTATUSCODES": Sample(),
    "LIMITS": Sample(),
    "SIZE": Sample(mail={"SIZE": "1000"}),
    "8BITMIME": Sample(mail={"BODY": "8BITMIME"}),
    "BINARYMIME": Sample(mail={"BODY": "BINARYMIME"}),
    "CHUNKING": Sample(verbs={"BDAT": Verb("BDAT 0 LAST", (250,), MAIL)}),
    "SMTPUTF8": Sample(mail={"SMTPUTF8": None}),
    "PRDR": Sample(mail={"PRDR": None}),
    "STARTTLS": Sample(verbs={"STARTTLS": Verb("STARTTLS", (220,), CLEAR)}, login=True),
    "REQUIRETLS": Sample(mail={"REQUIRETLS": None}),
    "AUTH": Sample(verbs={"AUTH": Verb("AUTH PLAIN", (334,), SECURE)}, mail={"AUTH": "<>"}, login=True),
    "DSN": Sample(mail={"RET": "HDRS", "ENVID": "check+2B1"},
                  rcpt={"NOTIFY": "SUCCESS,DELAY", "ORCPT": "rfc822;user+2Btag@example.org"}),
    # The ENVID that it needs stands beside it.
    "MTRK": Sample(mail={"MTRK": "2jmj7l5rSw0yVb/vlWAYkK/YBwk:3600 ENVID=check@client.example.org"}),
    # A server that it does not fetch from: nothing is said to anybody.
    "BURL": Sample(verbs={"BURL": Verb("BURL imap://user1@elsewhere.example/INBOX/;UID=1 LAST", (554,), MAIL)}),
    "CONNEG": Sample(rcpt={"CONNEG": None}),
    "CONPERM": Sample(mail={"CONPERM": None}),
    "DELIVERBY": Sample(mail={"BY": "3600;R"}),
    "FUTURERELEASE": Sample(mail={"HOLDFOR": "60", "HOLDUNTIL": _tomorrow()}),
    "MT-PRIORITY": Sample(mail={"MT-PRIORITY": "-3"}),
    "NO-SOLICITING": Sample(mail={"SOLICIT": "org.example:ADV:ADLT"}),
    "RRVS": Sample(rcpt={"RRVS": "2014-04-03T23:01:00Z;C"}),
    "SUBMITTER": Sample(mail={"SUBMITTER": "someone+2Belse@example.org"}),
    # It has neither a keyword nor a verb: what it reads comes before the greeting.
    "PROXY": Sample(keywords=()),
    # What changes whose session it is would begin the session anew.
    "XCLIENT": Sample(verbs={"XCLIENT": Verb("XCLIENT", (501,))}),
    "XFORWARD": Sample(verbs={"XFORWARD": Verb("XFORWARD NAME=client.example.org", (250,))}),
    "ETRN": Sample(verbs={"ETRN": Verb("ETRN elsewhere.example.net", (459,))}),
    # Nobody keeps mail there for the user of the check.
    "ATRN": Sample(verbs={"ATRN": Verb("ATRN", (450,))}),
    "TURN": Sample(verbs={"TURN": Verb("TURN now", (501,))}),
    "VRFY": Sample(verbs={"VRFY": Verb("VRFY user1", (250,)), "EXPN": Verb("EXPN nobody-at-all", (550,))},
                   keywords=("EXPN", "VRFY")),
    "HELP": Sample(verbs={"HELP": Verb("HELP", (214,))}),
}


def lacking(listed):
    """What is missing here, or too much, for the extensions that are listed; in words."""
    found = [f"no sample for the extension {name}" for name in listed if name not in SAMPLES]
    found += [f"a sample for {name}, which is not installed" for name in SAMPLES if name not in listed]
    built = {word for one in listed.values() for word in one.keywords}
    found += [f"the registered keyword {word} is not listed" for word in sorted(REGISTERED - built)]
    for name in listed.keys() & SAMPLES.keys():
        one, sample = listed[name], SAMPLES[name]
        keywords = (name,) if sample.keywords is None else sample.keywords
        if sorted(one.keywords) != sorted(keywords):
            found.append(f"the keywords of {name} are {keywords}, and {one.keywords} are listed")
        for kind, told, known in (("verb", one.verbs, sample.verbs), ("parameter of MAIL", one.mail, sample.mail),
                                  ("parameter of RCPT", one.rcpt, sample.rcpt)):
            found += [f"no sample for the {kind} {word} of {name}" for word in sorted(set(told) - set(known))]
            found += [f"a sample for the {kind} {word} of {name}, which is not listed"
                      for word in sorted(set(known) - set(told))]
    return found
