#!/usr/bin/python3 -B
"""Each installed extension: on, it is offered and taken; off, neither; and what came with a mail goes on with it."""

import re
import smtplib
import ssl

from lib import carried, extension_samples, protected, step
from lib.extension_samples import CLEAR, MAIL, READY, SAMPLES, SECURE
from lib.installed import installed, without
from lib.mailserver import DOMAIN, PASSWORDS, MailServer, listener
from lib.step import expect, expect_true

USER = f"user1@{DOMAIN}"
ALL = "all"


def cases(check):
    listed = installed(check)
    with check.case("each extension that is listed has its samples, and each sample its extension"):
        expect(extension_samples.lacking(listed), [], "samples")
    known = {name: one for name, one in listed.items() if name in SAMPLES}
    _on_and_off(check, listed, known)
    carried.cases(check, listed)
    protected.cases(check, listed)


def _on_and_off(check, listed, known):
    listeners = _listener(ALL, "submission", list(listed))
    for name in known:
        role = "mx" if SAMPLES[name].login else "submission"
        listeners += _listener(f"no-{name.lower()}", role, without(listed, name))
    trusting = "".join(f'[extension.{name}]\ntrusted = ["127.0.0.1/32"]\n' for name in ("XCLIENT", "XFORWARD"))
    trusting += f'[extension.CONNEG.capabilities]\n"@{DOMAIN}" = "(color=Binary)"\n'
    trusting += '[extension.BURL.servers."imap.example.test"]\npassword = "secret"\n'
    server = MailServer(check, "on-off", listeners, trusting)
    server.add_users()
    with server:
        for name, one in known.items():
            with check.case(f"{name} on: offered and taken"), _Session(server, ALL) as session:
                session.on(one)
        for name, one in known.items():
            away = f"no-{name.lower()}"
            with check.case(f"{name} off: neither offered nor taken"), _Session(server, away) as session:
                left = [listed[other] for other in without(listed, name)]
                session.off(one, left)


def _listener(name, role, ids):
    return listener(name, role, more=f"extensions = {list(ids)}\n".replace("'", '"'))


class _Session:
    """A session that goes from clear to TLS to logged in, as far as the listener lets it."""

    def __init__(self, server, name):
        self.client = smtplib.SMTP("127.0.0.1", server.port(name), "client.example.org", timeout=30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.close()

    def on(self, one):
        sample = SAMPLES[one.id]
        offered = set()
        for when in self._stages():
            offered |= set(self.client.esmtp_features)
            if when == CLEAR and "STARTTLS" in one.verbs:
                continue  # what leads to the next stage
            for verb in self._verbs(one, when):
                said = self.client.docmd(verb.line)
                expect_true(said[0] in verb.replies, f"{verb.line}: {said}")
                if said[0] == 334:
                    expect(self.client.docmd("*")[0], 501, "an AUTH that is given up")
            if when == READY:
                for word in one.mail:
                    self._mail(_parameter(word, sample.mail[word]))
                    self.client.rset()
                for word in one.rcpt:
                    self._mail()
                    self._rcpt(_parameter(word, sample.rcpt[word]))
                    self.client.rset()
        expect([word for word in one.keywords if word.lower() not in offered], [], "keywords that are not offered")

    def off(self, one, left):
        sample = SAMPLES[one.id]
        others = {word for other in left for word in other.mail + other.rcpt}
        for when in self._stages():
            still = [word for word in one.keywords if word.lower() in self.client.esmtp_features]
            expect(still, [], "keywords that are offered")
            if one.id == "ENHANCEDSTATUSCODES":
                said = self.client.docmd("RSET")
                expect_true(not re.match(rb"[245]\.", said[1]), f"RSET: {said}, with an enhanced code")
            for verb in self._verbs(one, when):
                said = self.client.docmd(verb.line)
                expect_true(said[0] in (500, 502), f"{verb.line}: {said}")
            if when == READY:
                for word in one.mail:
                    self._mail(_parameter(word, sample.mail[word]), _missing(word, others))
                for word in one.rcpt:
                    self._mail()
                    self._rcpt(_parameter(word, sample.rcpt[word]), _missing(word, others))
                    self.client.rset()

    def _stages(self):
        """Brings the session to each stage that it can reach."""
        client = self.client
        client.ehlo()
        yield CLEAR
        if client.has_extn("starttls"):
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            expect(client.starttls(context=context)[0], 220, "STARTTLS")
            client.ehlo()
            expect_true(not client.has_extn("starttls"), "STARTTLS is offered inside TLS")
        yield SECURE
        if client.has_extn("auth"):
            client.login(USER, PASSWORDS["user1"])
        yield READY
        self._mail()
        self._rcpt()
        yield MAIL

    def _verbs(self, one, when):
        return [SAMPLES[one.id].verbs[word] for word in one.verbs if SAMPLES[one.id].verbs[word].when == when]

    def _mail(self, parameter="", code=250):
        said = self.client.docmd(f"MAIL FROM:<{USER}>{parameter}")
        expect_true(said[0] == code, f"MAIL with{parameter or 'out a parameter'}: expected {code}, found {said}")

    def _rcpt(self, parameter="", code=250):
        said = self.client.docmd(f"RCPT TO:<{USER}>{parameter}")
        expect_true(said[0] == code, f"RCPT with{parameter or 'out a parameter'}: expected {code}, found {said}")


def _parameter(word, value):
    return f" {word}" if value is None else f" {word}={value}"


def _missing(word, others):
    """A parameter that nobody has is not recognized; of one that another has as well, the value is wrong."""
    return 501 if word in others else 555


if __name__ == "__main__":
    step.run("extensions", "Extensions are offered and taken where they are on, and what they keep goes on.", cases)
