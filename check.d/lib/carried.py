"""What senders ask for survives the queue and SIGKILL, and goes on to the next host, or becomes what its RFC says."""

import email
import email.policy
import smtplib
import ssl
import time

from .messages import mail, subject
from .processes import free_port
from .reports import expect_report, reports, status_groups, wait_for_report
from .sinkpeer import SinkPeer
from .step import Failure, expect, expect_in, expect_true, until
from .store_forward import PASSWORD, SENDER, queue, relay, route
from .survival import Node

FULL, BARE = "full.example.net", "bare.example.net"
OFFERS = ("PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "SIZE 50000000", "CHUNKING", "BINARYMIME", "SMTPUTF8", "DSN",
          "DELIVERBY", "FUTURERELEASE 864000 2099-01-01T00:00:00Z", "MT-PRIORITY", "NO-SOLICITING", "RRVS",
           "SUBMITTER", "AUTH PLAIN", "MTRK", "CONPERM", "CONNEG")
HOLD = 10
EIGHT_BIT = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
BINARY = "MIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n"
OCTETS = bytes(range(256)) * 8
ENVID, ORCPT = "check+2B1", "rfc822;first+2Btag@example.org"

# Parameters of which the next host sees nothing: a mail is held by one host, and not again by each; how a content is
# answered is between two hosts.
KEPT_HERE = {"HOLDFOR", "HOLDUNTIL", "PRDR"}
# The peers here have no TLS; those of protected.py have.
PROTECTED = {"REQUIRETLS"}
HASH = "2jmj7l5rSw0yVb/vlWAYkK/YBwk"


class Sent:
    """A mail that was accepted, and what became of it."""

    def __init__(self, node, client, domain, mail_words="", rcpt_words="", text=None, user="someone", chunked=False):
        self.node, self.recipient = node, f"{user}@{domain}"
        self.text = mail(SENDER, self.recipient) if text is None else text
        self.about = subject(self.text)
        self.begun = time.time()
        for line in (f"MAIL FROM:<{SENDER}>{mail_words}", f"RCPT TO:<{self.recipient}>{rcpt_words}"):
            said = client.docmd(line)
            expect_true(said[0] == 250, f"{line}: {said}")
        if chunked:
            client.send(f"BDAT {len(self.text)} LAST\r\n".encode() + self.text)
            said = client.getreply()
        else:
            said = client.data(self.text)
        expect_true(said[0] == 250, f"the mail: {said}")

    def arrived(self, peer, seconds=40):
        """What the peer took of it: one mail."""
        until(lambda: peer.came(self.about), seconds,
              f"the mail to {self.recipient} did not arrive; the peer saw {dict(peer.stages)}")
        found = peer.came(self.about)
        expect(len(found), 1, "times that it arrived")
        return found[0]

    def report(self):
        return wait_for_report(self.node.maildir(), self.about)

    def silent(self):
        """Nobody heard of it."""
        expect(len(reports(self.node.maildir(), self.about)), 0, "reports about it")

    def reported(self, status, action, remote=True):
        report = self.report()
        expect_report(report, self.recipient, status, "mx.example.test", action, remote=remote)
        return report


def session(node):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    client = smtplib.SMTP_SSL("127.0.0.1", node.submissions, context=context, timeout=60)
    client.login(SENDER, PASSWORD)
    client.command_encoding = "utf-8"
    return client


def _text(head, body):
    """A mail with these fields and this content, and a Subject that no other has."""
    top = mail(SENDER, "someone@example.net").split(b"\r\n\r\n", 1)[0]
    return top + b"\r\n" + head.encode() + b"\r\n" + body


def cases(check, listed):
    full, bare = free_port(), free_port()
    node = Node(check, "carried", queue() + relay() + route(FULL, full) + route(BARE, bare)
                + "[extension.MT-PRIORITY]\ntunnel = true\n",
                extensions=[name for name in listed if name != "PROXY"])  # it cannot stand in front of TLS
    try:
        with check.case("mails with every parameter are accepted, and the server is killed"):
            node.start()
            with session(node) as client:
                to_bare = _to_bare(lambda *words, **more: Sent(node, client, BARE, *words, **more))
                to_full = _to_full(lambda *words, **more: Sent(node, client, FULL, *words, **more))
                node.kill()
        with SinkPeer(port=full, offers=OFFERS) as rich, SinkPeer(port=bare, offers=(), script=_refuses) as poor:
            node.start()
            seen = _seen(check, to_full, rich)
            with check.case("each parameter that is installed went through the queue here"):
                told = {word for one in listed.values() for word in one.mail + one.rcpt}
                expect(sorted(told - seen - KEPT_HERE - PROTECTED), [], "parameters of no mail")
            _unseen(check, to_bare, poor)
            with check.case("at the end nothing waits in the queue, and no report is too many"):
                node.wait_empty()
                for name, sent in to_full.items():
                    if name == "by-trace":
                        sent.reported("2.0.0", "relayed")  # as its sender asked (RFC 2852)
                    else:
                        sent.silent()
    finally:
        node.__exit__()


def _refuses(stage, session, text):
    return "550 5.1.1 no such user" if stage == "rcpt" and text.startswith("refused") else None


def _to_full(send):
    return {
        "dsn": send(f" RET=HDRS ENVID={ENVID}", f" NOTIFY=SUCCESS,DELAY ORCPT={ORCPT}"),
        "never": send(" RET=FULL", " NOTIFY=NEVER"),
        "8bit": send(" BODY=8BITMIME", text=_text(EIGHT_BIT, "Grüße\r\n".encode())),
        "binary": send(" BODY=BINARYMIME", text=_text(BINARY, OCTETS), chunked=True),
        "utf8": send(" SMTPUTF8 BODY=8BITMIME", text=_text("X-Who: Jörg\r\n", b"x\r\n"), user="jörg"),
        "by": send(" BY=3600;R"),
        "by-trace": send(" BY=7200;NT"),
        "priority": send(" MT-PRIORITY=-3"),
        "priority-field": send("", text=_text("mt-priority: 5 (of a client that\r\n knows no parameters)\r\n", b"x\r\n")),
        "solicit": send(" SOLICIT=org.example:ADV:ADLT"),
        "rrvs": send("", " RRVS=2014-04-03T23:01:00Z;R"),
        "tracked": send(f" ENVID=check@client.example.org MTRK={HASH}:7200"),
        "permitted": send(" CONPERM"),
        "responsible": send(f" SUBMITTER={SENDER}"),
        "submitter": send(" AUTH=someone+2Belse@example.org"),
        "all": send(f" SIZE=2000 BODY=8BITMIME RET=FULL ENVID=x BY=3600;N MT-PRIORITY=4 SOLICIT=org.example:ADV"
                    " AUTH=<>", f" NOTIFY=FAILURE ORCPT={ORCPT} RRVS=2014-04-03T23:01:00Z;C"),
        # The last ones, so that the server is there again before their time.
        "held": send(f" HOLDFOR={HOLD}"),
        "held-until": send(f" HOLDUNTIL={time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(time.time() + HOLD))}"),
    }


def _seen(check, sent, peer):
    """What the peer that offers all was told; gives the parameters that it saw."""
    seen = set()

    def told(what, wanted, rcpt=None, unwanted=()):
        taken = sent[what].arrived(peer)
        seen.update(taken.mail, taken.rcpt)
        for found, expected in ((taken.mail, wanted), (taken.rcpt, rcpt or {})):
            for word, value in expected.items():
                expect(found.get(word, "missing"), value, word)
        for word in unwanted:
            expect_true(word not in taken.mail and word not in taken.rcpt, f"{word} was sent")
        expect(taken.mail.get("SIZE"), str(len(taken.content)), "SIZE")
        return taken

    with check.case("DSN: RET, ENVID, NOTIFY and ORCPT go on as they came, and nobody gets a report of ours"):
        told("dsn", {"RET": "HDRS", "ENVID": ENVID}, {"NOTIFY": "SUCCESS,DELAY", "ORCPT": ORCPT})
        told("never", {"RET": "FULL"}, {"NOTIFY": "NEVER"}, unwanted=("ENVID", "ORCPT"))
    with check.case("8BITMIME, BINARYMIME: BODY goes on, and the octets are the same"):
        expect_true(told("8bit", {"BODY": "8BITMIME"}).content.endswith(sent["8bit"].text), "the mail changed")
        taken = told("binary", {"BODY": "BINARYMIME"})
        expect_true(taken.chunks and taken.content.endswith(OCTETS), f"not in chunks, or changed: {taken.chunks}")
    with check.case("SMTPUTF8: an address beyond US-ASCII goes on"):
        taken = told("utf8", {"SMTPUTF8": None})
        expect(taken.recipients, (sent["utf8"].recipient,), "recipients")
    with check.case("DELIVERBY: the time that is left goes on, mode and trace as they came"):
        for what, most, mode in (("by", 3600, "R"), ("by-trace", 7200, "NT")):
            seconds, given = told(what, {}).mail["BY"].split(";")
            expect_true(most - 300 < int(seconds) < most and given == mode, f"BY={seconds};{given}, {most};{mode} came")
    with check.case("MT-PRIORITY, SOLICIT, RRVS go on as they came"):
        told("priority", {"MT-PRIORITY": "-3"})
        content = told("priority-field", {"MT-PRIORITY": "5"}).content
        expect_true(b"mt-priority" not in content.lower(), "the field was sent beside the parameter")
        expect_in(b"PRIORITY 5", content, "Received")
        told("solicit", {"SOLICIT": "org.example:ADV:ADLT"})
        told("rrvs", {}, {"RRVS": "2014-04-03T23:01:00Z;R"})
    with check.case("MTRK: certifier and ENVID go on, and the time that is left; CONPERM goes on, and CONNEG is asked"):
        certifier, seconds = told("tracked", {"ENVID": "check@client.example.org"}).mail["MTRK"].split(":")
        expect_true(certifier == HASH and 7200 - 300 < int(seconds) < 7200, f"MTRK={certifier}:{seconds}")
        told("permitted", {"CONPERM": None}, {"CONNEG": None})
    with check.case("SUBMITTER goes on as it came, and is told of a mail that came without"):
        told("responsible", {"SUBMITTER": SENDER})
        told("solicit", {"SUBMITTER": SENDER})
    with check.case("AUTH= of whom we do not vouch for goes on as <>"):
        told("submitter", {"AUTH": "<>"})
    with check.case("all of them on one mail"):
        told("all", {"BODY": "8BITMIME", "RET": "FULL", "ENVID": "x", "MT-PRIORITY": "4", "SOLICIT": "org.example:ADV",
                     "AUTH": "<>"}, {"NOTIFY": "FAILURE", "ORCPT": ORCPT, "RRVS": "2014-04-03T23:01:00Z;C"})
    with check.case("FUTURERELEASE: held here, not a second before its time, and not again by the next host"):
        for what in ("held", "held-until"):
            taken = told(what, {}, unwanted=KEPT_HERE)
            held = taken.time - sent[what].begun
            # HOLDUNTIL has whole seconds, and was chosen a moment before.
            least = HOLD if what == "held" else HOLD - 1.5
            expect_true(least <= held < HOLD + 30, f"{what} after {held:.1f} s")
    return seen


def _to_bare(send):
    return {
        "success": send(f" RET=HDRS ENVID={ENVID}", f" NOTIFY=SUCCESS,FAILURE ORCPT={ORCPT}"),
        "failure": send("", " NOTIFY=FAILURE"),
        "refused": send(f" RET=HDRS ENVID={ENVID}", f" NOTIFY=FAILURE ORCPT={ORCPT}", user="refused"),
        "refused-full": send(" RET=FULL", "", user="refused"),
        "refused-never": send("", " NOTIFY=NEVER", user="refused"),
        "8bit": send(" BODY=8BITMIME", text=_text(EIGHT_BIT, "Grüße\r\n".encode())),
        "binary": send(" BODY=BINARYMIME", text=_text(BINARY, OCTETS), chunked=True),
        "utf8": send(" SMTPUTF8", text=_text("", b"x\r\n"), user="jörg"),
        "utf8-header": send(" SMTPUTF8 BODY=8BITMIME", text=_text("X-Who: Jörg\r\n", b"x\r\n")),
        "ascii": send(" SMTPUTF8"),
        "by": send(" BY=3600;R"),
        "by-notify": send(" BY=3600;N"),
        "priority": send(" MT-PRIORITY=4"),
        "priority-field": send("", text=_text("MT-Priority: -2\r\n", b"x\r\n")),
        "solicit": send(" SOLICIT=org.example:ADV"),
        "rrvs": send("", " RRVS=2014-04-03T23:01:00Z;R"),
        "rrvs-continue": send("", " RRVS=2014-04-03T23:01:00Z;C"),
        "tracked": send(f" ENVID=check@client.example.org MTRK={HASH}:7200"),
        "permitted": send(" CONPERM"),
        "responsible": send(f" SUBMITTER={SENDER}"),
        "submitter": send(" AUTH=<>"),
        "protected": send(" REQUIRETLS"),
    }


def _unseen(check, sent, peer):
    """What became of wishes at a peer that offers nothing at all."""

    def plain(what):
        taken = sent[what].arrived(peer)
        expect((taken.mail, taken.rcpt), ({}, {}), f"parameters of {what}")
        return taken

    def kept(what, status):
        report = sent[what].reported(status, "failed", remote=False)
        expect(peer.came(sent[what].about), [], f"{what}, at the peer")
        return report

    with check.case("without DSN: dropped; who asked for SUCCESS hears that it was relayed (RFC 3461 5.2.2)"):
        plain("success")
        report = sent["success"].reported("2.", "relayed", remote=False)
        _named(report)
        plain("failure")
    with check.case("without DSN, a recipient is refused: NOTIFY, RET, ENVID and ORCPT rule our report"):
        report = sent["refused"].reported("5.1.1", "failed")
        _named(report)
        expect(returned(report), "text/rfc822-headers", "what RET=HDRS returns")
        expect(returned(sent["refused-full"].reported("5.1.1", "failed")), "message/rfc822", "what RET=FULL returns")
    with check.case("without 8BITMIME, BINARYMIME: converted to 7 bits, and the same when decoded"):
        for what, wanted in (("8bit", "Grüße\r\n".encode()), ("binary", OCTETS)):
            taken = plain(what)
            expect_true(taken.content.isascii(), f"{what}: octets beyond US-ASCII were sent")
            expect_true(all(len(line) <= 998 for line in taken.content.split(b"\r\n")), f"{what}: a line is too long")
            found = email.message_from_bytes(taken.content, policy=email.policy.SMTP).get_payload(decode=True)
            expect_true(found.replace(b"\n", b"\r\n") == wanted if what == "8bit" and b"\r\n" not in found
                        else found == wanted, f"{what}: decoded it is {found[:60]!r}")
    with check.case("without SMTPUTF8: refused with a report where the mail needs it (RFC 6531 3.2), else sent"):
        kept("utf8", "5.6.")  # of the address, and of our own Received field that names it
        kept("utf8-header", "5.6.9")
        plain("ascii")
    with check.case("without DELIVERBY: mode R comes back (RFC 2852 4.2), mode N is sent"):
        kept("by", "5.")
        plain("by-notify")
    with check.case("without MT-PRIORITY, with a tunnel that is configured: the header field says it (RFC 6758)"):
        expect_in(b"\r\nMT-Priority: 4\r\n", b"\r\n" + plain("priority").content, "content")
        content = b"\r\n" + plain("priority-field").content
        expect_in(b"\r\nMT-Priority: -2\r\n", content, "content")
        expect(content.count(b"MT-Priority"), 1, "fields")
    with check.case("without RRVS: R comes back (RFC 7293), C is sent"):
        kept("rrvs", "5.7.19")
        plain("rrvs-continue")
    with check.case("without MTRK: sent without; without CONPERM: comes back (RFC 4141 3.3)"):
        plain("tracked")
        kept("permitted", "5.6.3")
    with check.case("without TLS: a mail with REQUIRETLS comes back, its header alone (RFC 8689 4.2.1, 5)"):
        expect(returned(kept("protected", "5.7.10")), "text/rfc822-headers", "what is returned")
    with check.case("without NO-SOLICITING, SUBMITTER and AUTH: sent without"):
        plain("solicit")
        plain("responsible")
        plain("submitter")
    with check.case("no report where none was wanted"):
        for what in ("failure", "refused-never", "8bit", "binary", "ascii", "priority", "solicit", "submitter"):
            sent[what].silent()
        expect(peer.came(sent["refused-never"].about), [], "the refused mail, at the peer")


def _named(report):
    """The sender's own names for mail and recipient are in the report."""
    groups = status_groups(report)
    expect(groups[0].get("Original-Envelope-Id"), "check+1", "Original-Envelope-Id")
    expect(groups[1].get("Original-Recipient", "").replace(" ", ""), "rfc822;first+tag@example.org",
           "Original-Recipient")


def returned(report):
    parts = list(report.iter_parts())
    if len(parts) != 3:
        raise Failure(f"the report has {len(parts)} parts")
    return parts[2].get_content_type()
