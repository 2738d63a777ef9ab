"""Python's smtplib sends to the server under test."""

import smtplib
import socket
import ssl

from .mailserver import DOMAIN, PASSWORDS
from .messages import find, mail, wire_form
from .step import expect, expect_true, until

SENDER = "sender@example.org"
USER = f"user1@{DOMAIN}"
OTHER = f"user2@{DOMAIN}"
NAME = "client.example.org"


def cases(check, server, authority):
    context = ssl.create_default_context(cafile=str(authority))
    _plain(check, server)
    _secure(check, server, context)
    _lmtp(check, server)
    _at_once(check, server)


def _connect(server, listener, kind=smtplib.SMTP, **options):
    return kind("localhost", server.port(listener), NAME, timeout=30, **options)


def _plain(check, server):
    with check.case("smtplib, several mails in one session, with RSET and NOOP between them"):
        mails = [mail() for _ in range(5)]
        with _connect(server, "mx") as client:
            for text in mails:
                expect(client.sendmail(SENDER, [USER, OTHER], text), {}, "refused recipients")
                expect(client.noop()[0], 250, "NOOP")
                client.mail(SENDER)
                expect(client.rset()[0], 250, "RSET")
        for text in mails:
            for user in PASSWORDS:
                server.expect_arrived(text, "ESMTP", SENDER, user)
    with check.case("smtplib, one recipient of three is refused"):
        text = mail()
        with _connect(server, "mx") as client:
            refused = client.sendmail(SENDER, [USER, f"unknown@{DOMAIN}", OTHER], text)
            expect({who: code for who, (code, _) in refused.items()}, {f"unknown@{DOMAIN}": 550}, "refused recipients")
        server.expect_arrived(text, "ESMTP", SENDER, "user2")
    with check.case("smtplib, all recipients are refused, and the session goes on"):
        text = mail()
        with _connect(server, "mx") as client:
            try:
                client.sendmail(SENDER, [f"unknown@{DOMAIN}", "someone@elsewhere.example.net"], text)
                expect_true(False, "the mail was taken")
            except smtplib.SMTPRecipientsRefused as e:
                expect(len(e.recipients), 2, "refused recipients")
            expect(client.sendmail(SENDER, [USER], text), {}, "refused recipients")
        server.expect_arrived(text, "ESMTP")
    with check.case("smtplib, VRFY is answered, HELP as well"):
        with _connect(server, "mx") as client:
            client.ehlo()
            expect_true(client.verify(USER)[0] in (250, 252, 502, 550, 553), f"VRFY: {client.verify(USER)}")
            expect_true(client.docmd("HELP")[0] in (211, 214, 502), "HELP")


def _secure(check, server, context):
    with check.case("smtplib, STARTTLS with a verified certificate"):
        text = mail()
        with _connect(server, "mx") as client:
            client.starttls(context=context)
            client.sendmail(SENDER, [USER], text)
        server.expect_arrived(text, "ESMTPS")
    mechanisms = {"PLAIN": "auth_plain", "LOGIN": "auth_login"}
    for mechanism, method in mechanisms.items():
        for initial in (True, False):
            with check.case(f"smtplib, AUTH {mechanism}, {'with' if initial else 'without'} an initial response"):
                text = mail(USER)
                with _connect(server, "submission") as client:
                    client.starttls(context=context)
                    client.ehlo()
                    client.user, client.password = USER, "secret1"
                    expect(client.auth(mechanism, getattr(client, method), initial_response_ok=initial)[0], 235, "AUTH")
                    client.sendmail(USER, [OTHER], text)
                server.expect_arrived(text, "ESMTPSA", USER, "user2")
    with check.case("smtplib, implicit TLS, login() chooses the mechanism"):
        text = mail(USER)
        with _connect(server, "submissions", smtplib.SMTP_SSL, context=context) as client:
            client.login(USER, "secret1")
            client.sendmail(USER, [USER], text)
        server.expect_arrived(text, "ESMTPSA", USER)
    with check.case("smtplib, the same answer to a wrong password and to an unknown user"):
        answers = []
        for user in (USER, f"nobody@{DOMAIN}"):
            with _connect(server, "submissions", smtplib.SMTP_SSL, context=context) as client:
                try:
                    client.login(user, "wrong")
                    expect_true(False, "logged in")
                except smtplib.SMTPAuthenticationError as e:
                    answers.append((e.smtp_code, e.smtp_error))
        expect(answers[0], answers[1], "answers")
        expect(answers[0][0], 535, "code")


def _lmtp(check, server):
    with check.case("smtplib, LMTP: one reply for each recipient"):
        text = mail()
        with smtplib.LMTP("localhost", server.port("lmtp"), NAME) as client:
            expect(client.sendmail(SENDER, [USER], text), {}, "refused recipients")
            client.ehlo_or_helo_if_needed()
            client.mail(SENDER)
            for recipient in (USER, OTHER):
                expect(client.rcpt(recipient)[0], 250, "RCPT")
            expect(client.data(text)[0], 250, "first reply")
            expect(client.getreply()[0], 250, "second reply")
        server.expect_arrived(text, "LMTP", times=2)
        server.expect_arrived(text, "LMTP", user="user2")


def _at_once(check, server):
    with check.case("smtplib, 100 sessions at once, each in the middle of a mail"):
        clients = [_connect(server, "mx") for _ in range(100)]
        try:
            text = mail()
            for client in clients:
                client.ehlo()
                expect((client.mail(SENDER)[0], client.rcpt(USER)[0]), (250, 250), "MAIL, RCPT")
                expect(client.docmd("DATA")[0], 354, "DATA")
            for client in clients:
                client.send(wire_form(text) + b".\r\n")
            for client in clients:
                expect(client.getreply()[0], 250, "reply to the mail")
        finally:
            for client in clients:
                client.close()
        server.expect_arrived(text, "ESMTP", times=100)
    with check.case("raw octets: a mail that breaks off is neither delivered nor the end of the server"):
        text = mail()
        with socket.create_connection(("127.0.0.1", server.port("mx")), 20) as wire:
            wire.sendall(b"EHLO x.example.org\r\nMAIL FROM:<>\r\nRCPT TO:<" + USER.encode() + b">\r\nDATA\r\n" + wire_form(text))
            answer = b""
            while b"354" not in answer:
                answer += wire.recv(4096)
        with _connect(server, "mx") as client:
            expect(client.noop()[0], 250, "NOOP of another session")
        tmp = server.maildir() / "tmp"
        until(lambda: not list(tmp.glob("*")), 10, "a file stays in tmp")
        expect(find(server.maildir(), text), [], "mails")
