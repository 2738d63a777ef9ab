"""curl, swaks, msmtp and nodemailer send to the server under test."""

import json
import os
import pathlib
import re
import shlex

from .mailserver import DOMAIN, PASSWORDS
from .messages import find, mail, unix
from .processes import call, succeed
from .step import expect, expect_in, expect_true

HERE = pathlib.Path(__file__).parent
SENDER = "sender@example.org"
USER = f"user1@{DOMAIN}"
RECIPIENTS = [f"user1@{DOMAIN}", f"user2@{DOMAIN}"]
LARGE = 5_000_000


def _write(check, name, text):
    file = check.logs / name
    file.write_bytes(text)
    return file


def curl(check, server, authority):
    """Every way in, and the largest mail of them."""

    def send(name, scheme, listener, protocol, *options, sender=SENDER, octets=0):
        with check.case(f"curl, {name}"):
            sent = mail(sender, octets=octets)
            file = _write(check, "curl.eml", sent)
            url = f"{scheme}://localhost:{server.port(listener)}/client.example.org"
            to = [word for recipient in RECIPIENTS for word in ("--mail-rcpt", recipient)]
            succeed(check, ["curl", "-sS", "-4", "--url", url, "--cacert", authority, "--mail-from", sender, *to,
                            *options, "-T", file])
            for user in PASSWORDS:
                server.expect_arrived(sent, protocol, sender, user)

    send("in clear", "smtp", "mx", "ESMTP")
    send("STARTTLS", "smtp", "mx", "ESMTPS", "--ssl-reqd")
    send("STARTTLS, TLS 1.2, 5 MB", "smtp", "mx", "ESMTPS", "--ssl-reqd", "--tls-max", "1.2", octets=LARGE)
    send("in clear, 5 MB", "smtp", "mx", "ESMTP", octets=LARGE)
    for mechanism in ("PLAIN", "LOGIN"):
        login = ["--user", f"{USER}:secret1", "--login-options", f"AUTH={mechanism}"]
        send(f"STARTTLS, AUTH {mechanism}", "smtp", "submission", "ESMTPSA", "--ssl-reqd", *login, sender=USER)
        send(f"implicit TLS, AUTH {mechanism}", "smtps", "submissions", "ESMTPSA", *login, sender=USER)
    with check.case("curl, a password that is not ASCII"):
        sent = mail(RECIPIENTS[1])
        succeed(check, ["curl", "-sS", "-4", "--url", f"smtps://localhost:{server.port('submissions')}/me",
                        "--cacert", authority, "--user", f"{RECIPIENTS[1]}:{PASSWORDS['user2']}",
                        "--login-options", "AUTH=PLAIN", "--mail-from", RECIPIENTS[1], "--mail-rcpt", USER,
                        "-T", _write(check, "curl.eml", sent)])
        server.expect_arrived(sent, "ESMTPSA", RECIPIENTS[1])
    with check.case("curl, one recipient of two is unknown, and the other gets the mail"):
        sent = mail(SENDER)
        done = succeed(check, ["curl", "-sSv", "-4", "--url", f"smtp://{server.at('mx')}/me", "--mail-from", SENDER,
                               "--mail-rcpt-allowfails", "--mail-rcpt", f"unknown@{DOMAIN}", "--mail-rcpt", USER,
                               "-T", _write(check, "curl.eml", sent)])
        expect_in("< 550 5.1.1", done.text, "replies")
        server.expect_arrived(sent, "ESMTP", SENDER)
    for verb, argument, reply in (("VRFY", USER, "250 2.1.5"), ("EXPN", "nobody-at-all", "550 5."), ("HELP", "", "214")):
        with check.case(f"curl, {verb}"):
            asked = [word for word in ("--mail-rcpt", argument) if argument]
            done = call(check, ["curl", "-sSv", "-4", "--url", f"smtps://localhost:{server.port('submissions')}/me",
                                "--cacert", authority, "--user", f"{USER}:secret1", "--request", verb, *asked])
            expect_in(f"< {reply}", re.sub(r"^< (\d{3})-", r"< \1 ", done.text, flags=re.MULTILINE), "replies")
    with check.case("curl, a wrong password is refused"):
        done = call(check, ["curl", "-sS", "-4", "--url", f"smtps://localhost:{server.port('submissions')}/me",
                            "--cacert", authority, "--user", f"{USER}:wrong", "--mail-from", USER, "--mail-rcpt", USER,
                            "-T", _write(check, "curl.eml", mail(USER))])
        expect(done.status, 67, f"status ({done.text})")
    with check.case("curl, a mail above the limit of SIZE is refused"):
        sent = mail(octets=22_000_000)
        done = call(check, ["curl", "-sS", "--url", f"smtp://{server.at('mx')}/me", "--mail-from", SENDER,
                            "--mail-rcpt", USER, "-T", _write(check, "curl.eml", sent)])
        expect(done.status, 55, f"status ({done.text})")
        expect(find(server.maildir(), sent), [], "mails")


def swaks(check, server, _authority):
    """STARTTLS, implicit TLS, AUTH, pipelining, LMTP, and what is refused."""

    def send(name, listener, protocol, *options, sender=SENDER, user="user1"):
        with check.case(f"swaks, {name}"):
            sent = mail(sender)
            file = _write(check, "swaks.eml", unix(sent)[:-1])  # swaks adds the last line end itself
            succeed(check, [*_swaks(server, listener), "--from", sender, "--to", f"{user}@{DOMAIN}",
                            "--data", f"@{file}", *options])
            server.expect_arrived(sent, protocol, sender, user)

    send("in clear", "mx", "ESMTP")
    send("in clear, pipelined", "mx", "ESMTP", "--pipeline")
    send("HELO", "mx", "SMTP", "--protocol", "SMTP")
    send("STARTTLS", "mx", "ESMTPS", "--tls")
    send("the null return path", "mx", "ESMTP", "--from", "<>", sender="")
    for mechanism in ("PLAIN", "LOGIN"):
        login = ["--auth", mechanism, "--auth-user", USER, "--auth-password", "secret1"]
        send(f"STARTTLS, AUTH {mechanism}", "submission", "ESMTPSA", "--tls", *login, sender=USER)
        send(f"implicit TLS, AUTH {mechanism}", "submissions", "ESMTPSA", "--tls-on-connect", *login, sender=USER)
    send("LMTP", "lmtp", "LMTP", "--protocol", "LMTP")
    send("LMTP, STARTTLS", "lmtps", "LMTPS", "--protocol", "LMTP", "--tls")

    def refused(name, listener, code, *options):
        with check.case(f"swaks, {name} is refused"):
            done = call(check, [*_swaks(server, listener), *options])
            expect_true(done.status != 0, "it was taken")
            expect_in(f"<** {code}", done.text.replace("<~* ", "<** "), "reply")

    refused("an unknown user", "mx", 550, "--from", SENDER, "--to", f"unknown@{DOMAIN}")
    refused("relaying", "mx", 55, "--from", SENDER, "--to", "someone@elsewhere.example.net")
    refused("mail without login on submission", "submission", 530, "--tls", "--from", SENDER, "--to", USER)
    refused("a wrong password", "submission", 535, "--tls", "--from", USER, "--to", USER, "--auth", "PLAIN",
            "--auth-user", USER, "--auth-password", "wrong")
    with check.case("swaks, AUTH is neither offered nor taken in clear"):
        done = call(check, [*_swaks(server, "submission"), "--from", USER, "--to", USER, "--auth-user", USER,
                            "--auth-password", "secret1"])
        expect(done.status, 28, f"status ({done.text})")
        expect_true("250-AUTH" not in done.text and "250 AUTH" not in done.text, f"AUTH is offered: {done.text}")


def _swaks(server, listener):
    return ["swaks", "--server", "127.0.0.1", "--port", server.port(listener), "--helo", "client.example.org"]


def msmtp(check, server, authority):
    """STARTTLS and implicit TLS with a certificate that it verifies, the SASL mechanisms of GNU SASL, LMTP."""

    def send(name, listener, protocol, *options, sender=SENDER, env=None):
        with check.case(f"msmtp, {name}"):
            sent = mail(sender)
            succeed(check, ["msmtp", "--file=/dev/null", "--host=localhost", f"--port={server.port(listener)}",
                            f"--from={sender}", f"--tls-trust-file={authority}", "--domain=client.example.org",
                            *options, *RECIPIENTS], stdin=unix(sent))
            for user in PASSWORDS:
                server.expect_arrived(sent, protocol, sender, user)

    send("in clear", "mx", "ESMTP", "--tls=off")
    send("STARTTLS", "mx", "ESMTPS", "--tls=on")
    password = shlex.join(["printf", "%s\\n", "secret1"])
    for mechanism in ("plain", "login", "scram-sha-1", "scram-sha-256"):
        login = ["--tls=on", f"--auth={mechanism}", f"--user={USER}", f"--passwordeval={password}"]
        send(f"STARTTLS, AUTH {mechanism}", "submission", "ESMTPSA", *login, sender=USER)
    send("implicit TLS, the mechanism that it chooses", "submissions", "ESMTPSA", "--tls=on", "--tls-starttls=off",
         "--auth=on", f"--user={USER}", f"--passwordeval={password}", sender=USER)
    send("LMTP", "lmtp", "LMTP", "--tls=off", "--protocol=lmtp")
    with check.case("msmtp --serverinfo"):
        done = succeed(check, ["msmtp", "--file=/dev/null", "--host=localhost", f"--port={server.port('submission')}",
                               "--serverinfo", "--tls=on", f"--tls-trust-file={authority}"])
        for word in ("SIZE", "PIPELINING", "AUTH", "PLAIN", "SCRAM-SHA-256"):
            expect_in(word, done.text, "capabilities")


def external(check, server, authority, own, stranger):
    """AUTH EXTERNAL with a client certificate."""

    def words(certificate, sent):
        return ["curl", "-sS", "-4", "--url", f"smtps://localhost:{server.port('submissions')}/me", "--cacert",
                authority, "--cert", certificate[0], "--key", certificate[1], "--user", f"{USER}:",
                "--login-options", "AUTH=EXTERNAL", "--mail-from", USER, "--mail-rcpt", USER,
                "-T", _write(check, "curl.eml", sent)]

    with check.case("curl, AUTH EXTERNAL"):
        sent = mail(USER)
        succeed(check, words(own, sent))
        server.expect_arrived(sent, "ESMTPSA", USER)
    with check.case("curl, AUTH EXTERNAL with the certificate of another authority is refused"):
        sent = mail(USER)
        expect_true(call(check, words(stranger, sent)).status != 0, "it was taken")
        expect(find(server.maildir(), sent), [], "mails")
    with check.case("curl, AUTH EXTERNAL after STARTTLS"):
        sent = mail(USER)
        command = words(own, sent)
        command[command.index("--url") + 1] = f"smtp://localhost:{server.port('submission')}/me"
        succeed(check, [*command, "--ssl-reqd"])
        server.expect_arrived(sent, "ESMTPSA", USER)
    with check.case("EXTERNAL is offered only to who has a certificate"):
        done = call(check, ["openssl", "s_client", "-connect", server.at("submissions"), "-crlf", "-quiet"],
                    stdin=b"EHLO x.example.org\nQUIT\n")
        expect_in("AUTH PLAIN\r\n", done.out.decode(), "keyword")


def nodemailer(check, server, authority):
    """One process sends in every way, a pool of connections among them; each case is a line of its answer."""
    jobs = []

    def job(name, listener, protocol, options, sender=SENDER, times=1):
        mails = [mail(sender) for _ in range(times)]
        files = [str(_write(check, f"nodemailer-{len(jobs)}-{n}.eml", text)) for n, text in enumerate(mails)]
        transport = {"host": "localhost", "port": server.port(listener), "name": "client.example.org", **options}
        jobs.append(({"transport": transport, "from": sender, "to": RECIPIENTS, "files": files},
                     name, protocol, sender, mails))

    login = {"user": USER, "pass": "secret1"}
    job("in clear", "mx", "ESMTP", {"ignoreTLS": True})
    job("STARTTLS", "mx", "ESMTPS", {"requireTLS": True})
    for mechanism in ("PLAIN", "LOGIN"):
        job(f"STARTTLS, AUTH {mechanism}", "submission", "ESMTPSA",
            {"requireTLS": True, "auth": login, "authMethod": mechanism}, USER)
    job("implicit TLS, AUTH", "submissions", "ESMTPSA", {"secure": True, "auth": login}, USER)
    job("LMTP", "lmtp", "LMTP", {"lmtp": True, "ignoreTLS": True})
    job("100 mails over a pool of 5 connections", "submissions", "ESMTPSA",
        {"secure": True, "auth": login, "pool": True, "maxConnections": 5}, USER, 100)
    done = call(check, ["node", HERE / "nodemailer.js"], stdin=json.dumps([job for job, *_ in jobs]).encode(),
                timeout=120, env=dict(os.environ, NODE_EXTRA_CA_CERTS=str(authority)))
    answers = done.out.decode().splitlines() + [f"no answer: {done.text[-500:]}"] * len(jobs)
    for (_, name, protocol, sender, mails), answer in zip(jobs, answers):
        with check.case(f"nodemailer, {name}"):
            expect(answer, "ok", "answer")
            for text in mails:
                for user in PASSWORDS:
                    server.expect_arrived(text, protocol, sender, user)
