#!/usr/bin/python3 -B
"""Sends mail with our client to the mail servers of others, and compares what they got."""

import os

from lib import step
from lib.certificates import Authority
from lib.mailserver import mailwright
from lib.messages import expect_got, mail, subject, unix
from lib.peers import AioSmtpd, Haraka, SmtpSink
from lib.postfix import PostfixServer
from lib.step import expect, expect_in, expect_true, until

SENDER = "sender@example.org"
TO = "user1@example.test"
ALSO = "user2@example.test"
LARGE = 5_000_000
OK, REFUSED, LATER = 0, 69, 75


class Client:
    """`mailwright send` to one server."""

    def __init__(self, check, port):
        self.check, self.port = check, port

    def send(self, text, *options, sender=SENDER, to=(TO, ALSO), status=OK, stdin=None, feed=b"", password=None):
        """Sends a mail, from a file or (stdin) by standard input, and gives what is printed."""
        words = ["send", "--server", f"localhost:{self.port}", "--from", sender, "--helo", "client.example.org"]
        for recipient in to:
            words += ["--to", recipient]
        file = self.check.logs / "sent.eml"
        file.write_bytes(text)
        words += [*options, "-" if stdin is not None else str(file)]
        env = dict(os.environ)
        if password is not None:
            env["MAILWRIGHT_PASSWORD"] = password
        done = mailwright(self.check, *words, stdin=stdin or feed, env=env)
        expect(done.status, status, f"status ({done.text.strip()[-400:]})")
        return done.out.decode()


def cases(check):
    authority = Authority(check)
    certificate = authority.issue("localhost", names="IP:127.0.0.1")
    wrong = authority.issue("wrong.example.test", names="DNS:also-wrong.example.test")
    ca = ["--ca", authority.certificate]
    _smtp_sink(check)
    _smtp_sink_misbehaves(check)
    _aiosmtpd(check, certificate, ca)
    _wrong_name(check, wrong, ca)
    _haraka(check, certificate, ca)
    _postfix(check, certificate, ca)


def _smtp_sink(check):
    for name, switches in {
        "as it is": [],
        "without 8BITMIME": ["-8"],
        "without ESMTP": ["-e"],
        "without PIPELINING": ["-p"],
        "without enhanced status codes": ["-E"],
        "with a slow answer to the mail": ["-w", "2"],
        "with a TCP window of 512 octets": ["-T", "512"],
    }.items():
        with check.case(f"smtp-sink, {name}"), SmtpSink(check, *switches) as sink:
            sent = mail()
            client = Client(check, sink.port)
            said = client.send(sent)
            expect_got(sink.mails, sent)
            for recipient in (TO, ALSO):
                expect_true(any(recipient in line and " 250 " in f"{line} " for line in said.splitlines()),
                            f"no reply for {recipient} in {said!r}")
    with check.case("smtp-sink, LMTP"), SmtpSink(check, "-L") as sink:
        sent = mail()
        Client(check, sink.port).send(sent, "--lmtp")
        expect_got(sink.mails, sent)
    with SmtpSink(check) as sink:
        client = Client(check, sink.port)
        with check.case("smtp-sink, 5 MB from a file"):
            sent = mail(octets=LARGE)
            client.send(sent)
            expect_got(sink.mails, sent)
        with check.case("smtp-sink, 5 MB by standard input"):
            sent = mail(octets=LARGE)
            client.send(b"", stdin=sent)
            expect_got(sink.mails, sent)
        with check.case("smtp-sink, a file with LF line ends"):
            sent = mail()
            client.send(unix(sent))
            expect_got(sink.mails, sent)
        with check.case("smtp-sink, STARTTLS that is not offered: nothing is sent in clear"):
            sent = mail()
            client.send(sent, "--tls", "starttls", "--insecure", status=LATER)
            expect_got(sink.mails, sent, times=0)
        with check.case("smtp-sink, the null return path and 200 recipients"):
            sent = mail()
            said = client.send(sent, to=[f"user{n}@example.test" for n in range(200)], sender="")
            expect(len(said.splitlines()), 200, "lines, one for each recipient")
            expect_got(sink.mails, sent)


def _smtp_sink_misbehaves(check):
    for name, switches, statuses in (
        ("MAIL is refused", ["-f", "mail"], [REFUSED]),
        ("RCPT is refused", ["-f", "rcpt"], [REFUSED]),
        ("DATA is refused", ["-f", "data"], [REFUSED]),
        ("the mail is refused", ["-f", "."], [REFUSED]),
        ("MAIL is deferred", ["-r", "mail"], [LATER]),
        ("RCPT is deferred", ["-r", "rcpt"], [LATER]),
        ("the mail is deferred", ["-r", "."], [LATER]),
        ("421 at the greeting", ["-Q", "connect"], [LATER]),
        ("421 at MAIL", ["-Q", "mail"], [LATER]),
        ("421 at the mail", ["-Q", "."], [LATER]),
        ("the connection breaks at EHLO", ["-q", "ehlo"], [LATER]),
        ("the connection breaks at DATA", ["-q", "data"], [LATER]),
        ("the connection breaks at the mail", ["-q", "."], [LATER]),
        ("550 in the middle of the mail, and no more reading", ["-A", "0"], [REFUSED, LATER]),
    ):
        with check.case(f"smtp-sink, {name}"), SmtpSink(check, *switches) as sink:
            done = mailwright(check, "send", "--server", f"127.0.0.1:{sink.port}", "--from", SENDER, "--to", TO, "-",
                              stdin=mail())
            expect_true(done.status in statuses, f"expected one of {statuses}, found {done.status} ({done.text})")
            expect_true(done.text.strip(), "nothing was printed")


def _aiosmtpd(check, certificate, ca):
    with AioSmtpd(check, certificate) as server:
        def accepted(name, port, *options, says="", **more):
            with check.case(f"aiosmtpd, {name}"):
                sent = mail()
                Client(check, server.ports[port]).send(sent, *options, **more)
                expect_got(server.mails, sent)
                head = [text for text in server.mails() if subject(sent) in text][0].split(b"\n", 1)[0].decode()
                expect(head, f"{says} <{SENDER}> {TO},{ALSO}", "what the server saw")

        def refused(name, port, *options, status=REFUSED, **more):
            with check.case(f"aiosmtpd, {name}"):
                sent = mail()
                Client(check, server.ports[port]).send(sent, *options, status=status, **more)
                expect_got(server.mails, sent, times=0)

        accepted("in clear", "plain", says="clear -")
        accepted("STARTTLS, verified", "plain", "--tls", "starttls", *ca, says="tls -")
        accepted("STARTTLS, any certificate", "plain", "--tls", "starttls", "--insecure", says="tls -")
        accepted("implicit TLS, verified", "implicit", "--tls", "implicit", *ca, says="clear -")
        accepted("LMTP", "lmtp", "--lmtp", says="clear -")
        refused("STARTTLS, an unknown authority", "plain", "--tls", "starttls", status=REFUSED)
        refused("implicit TLS, an unknown authority", "implicit", "--tls", "implicit", status=REFUSED)
        refused("implicit TLS where none is spoken", "plain", "--tls", "implicit", "--insecure", status=LATER)
        for mechanism in ("PLAIN", "LOGIN"):
            port = f"auth-{mechanism}"
            accepted(f"AUTH {mechanism}", port, "--tls", "starttls", *ca, "--user", TO, password="secret1",
                     says=f"tls {TO}")
            refused(f"AUTH {mechanism}, a wrong password", port, "--tls", "starttls", *ca, "--user", TO,
                    password="wrong")
        accepted("AUTH, the password by standard input", "auth-PLAIN", "--tls", "starttls", *ca, "--user", TO,
                 "--password-stdin", says=f"tls {TO}", feed=b"secret1\n")
        refused("no login where one is required", "auth-PLAIN", "--tls", "starttls", *ca)
        for refuse, status in (("unknown@example.test", REFUSED), ("later@example.test", LATER)):
            with check.case(f"aiosmtpd, one recipient of two is not taken, status {status}"):
                sent = mail()
                said = Client(check, server.ports["plain"]).send(sent, to=(refuse, TO), status=status)
                expect_got(server.mails, sent)
                replies = dict(line.split(" ", 1) for line in said.replace("<", "").replace(">", "").splitlines())
                expect_in("250", replies[TO], "reply for the other")
                expect_true(replies[refuse][:1] in "45", f"reply: {replies[refuse]}")


def _wrong_name(check, certificate, ca):
    with check.case("aiosmtpd, a certificate for another name"), AioSmtpd(check, certificate, "aiosmtpd-wrong-name") as server:
        sent = mail()
        Client(check, server.ports["plain"]).send(sent, "--tls", "starttls", *ca, status=REFUSED)
        expect_got(server.mails, sent, times=0)


def _haraka(check, certificate, ca):
    with Haraka(check, certificate) as server:
        def accepted(name, port, *options, octets=0, **more):
            with check.case(f"Haraka, {name}"):
                sent = mail(octets=octets, longest=980)  # it breaks lines of more than 990
                Client(check, port).send(sent, *options, **more)
                expect_got(server.mails, sent)

        login = ["--user", server.USER]
        accepted("in clear", server.port)
        accepted("STARTTLS", server.port, "--tls", "starttls", *ca)
        accepted("STARTTLS, 5 MB", server.port, "--tls", "starttls", *ca, octets=LARGE)
        accepted("implicit TLS", server.implicit, "--tls", "implicit", *ca)
        accepted("STARTTLS, AUTH", server.port, "--tls", "starttls", *ca, *login, password=server.PASSWORD)
        with check.case("Haraka, AUTH with a wrong password"):
            sent = mail()
            Client(check, server.port).send(sent, "--tls", "starttls", *ca, *login, password="wrong", status=REFUSED)
            expect_got(server.mails, sent, times=0)
        with check.case("Haraka, a recipient that it does not take"):
            Client(check, server.port).send(mail(), to=["someone@elsewhere.example.net"], status=REFUSED)


def _postfix(check, certificate, ca):
    with PostfixServer(check, certificate) as server:
        def accepted(name, port, *options, octets=0, **more):
            with check.case(f"Postfix, {name}"):
                sent = mail(octets=octets)
                Client(check, port).send(sent, *options, **more)
                for user in ("user1", "user2"):
                    until(lambda: any(subject(sent) in text for text in server.mails(user)), 30, "no mail arrived")
                    expect_got(lambda: server.mails(user), sent)

        accepted("in clear", server.plain)
        accepted("STARTTLS", server.plain, "--tls", "starttls", *ca)
        accepted("STARTTLS, 5 MB", server.plain, "--tls", "starttls", *ca, octets=LARGE)
        accepted("implicit TLS", server.implicit, "--tls", "implicit", *ca)
        for mechanism, port in server.submission.items():
            login = ["--tls", "starttls", *ca, "--user", server.USER]
            accepted(f"AUTH {mechanism}", port, *login, password=server.PASSWORD)
            with check.case(f"Postfix, AUTH {mechanism} with a wrong password"):
                Client(check, port).send(mail(), *login, password="wrong", status=REFUSED)
        with check.case("Postfix, a recipient that it does not take"):
            Client(check, server.plain).send(mail(), to=["someone@elsewhere.example.net"], status=REFUSED)


if __name__ == "__main__":
    step.run("servers", "Our client sends to the mail servers of others.", cases)
