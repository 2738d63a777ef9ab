"""serve: what it prints, how it stops, which extensions are on, and a server without any configuration."""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import smtplib
import socket

from .mailserver import ALL_ROLES, DOMAIN, MailServer, launcher, listener, mailwright
from .messages import find, mail, wire_form
from .processes import Running, listens, succeed
from .step import Failure, expect, expect_in, expect_true, until

USER = f"user1@{DOMAIN}"


def cases(check):
    with check.case("serve prints a line per listener, then ready"):
        with MailServer(check, "lines", ALL_ROLES + _ipv6()) as server:
            lines = server.running.said().splitlines()
            told = [line for line in lines if line.startswith("listening ")]
            expect(len(told), 4 + len(_ipv6().split("[[listener]]")) - 1, "lines")
            for line in told:
                expect_true(re.fullmatch(
                    r"listening (mx|submission|submissions|lmtp|six) (mx|submission|lmtp) (127\.0\.0\.1|\[[0-9a-f:]+\]):\d+",
                    line), f"line {line!r}")
            expect_true(lines.index("ready") > lines.index(told[-1]), "ready comes last")
            for name, (host, port) in server.addresses.items():
                with socket.create_connection((host, port), 10) as wire:
                    if name != "submissions":
                        expect(wire.recv(1000)[:4], b"220 ", f"greeting of {name}")
    for number in (signal.SIGTERM, signal.SIGINT):
        with check.case(f"serve ends with status 0 on {number.name}"):
            with MailServer(check, f"stop-{number.name}") as server:
                expect(server.running.stop(number), 0, "status")
    _stop_in_good_order(check)
    _chosen_extensions(check)
    _users_at_run_time(check)
    _no_configuration(check)


def _ipv6():
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        return listener("six", "mx", address="[::1]:0")
    return ""


def _stop_in_good_order(check):
    with check.case("a stop lets a mail that is coming in finish, then says 421, and takes no new session"):
        server = MailServer(check, "graceful", listener("mx", "mx"))
        server.add_users()
        with server:
            text = mail()
            busy, idle = (smtplib.SMTP("127.0.0.1", server.port("mx"), timeout=30) for _ in range(2))
            for client in (busy, idle):
                client.ehlo()
            busy.mail("sender@example.org")
            expect((busy.rcpt(USER)[0], busy.docmd("DATA")[0]), (250, 354), "RCPT, DATA")
            busy.send(wire_form(text)[:100])
            server.running.process.send_signal(signal.SIGTERM)
            expect(idle.getreply()[0], 421, "what an idle session is told")
            until(lambda: not listens(server.port("mx")), 10, "it takes new sessions")
            busy.send(wire_form(text)[100:] + b".\r\n")
            expect(busy.getreply()[0], 250, "reply to the mail")
            expect(busy.getreply()[0], 421, "what the busy session is told then")
            for client in (busy, idle):
                client.close()
            expect(server.running.stop(), 0, "status")
            # What came in while it stopped is in the queue, and leaves it when the server is there again.
            server.start()
            server.expect_arrived(text, "ESMTP")


def _chosen_extensions(check):
    with check.case("extensions that a listener does not name are neither offered nor taken"):
        few = listener("mx", "mx", more='extensions = ["PIPELINING"]\n')
        with MailServer(check, "few", few) as server, smtplib.SMTP("127.0.0.1", server.port("mx")) as client:
            client.ehlo()
            expect(sorted(client.esmtp_features), ["pipelining"], "keywords")
            expect_true(client.docmd("STARTTLS")[0] in (500, 502), "STARTTLS")
            expect(client.docmd("MAIL FROM:<a@example.org> SIZE=10")[0], 555, "SIZE")
    with check.case("a jar taken out of lib takes its extension away"):
        installation = check.logs / "installation"
        shutil.copytree(pathlib.Path(launcher()).parents[1], installation)
        for jar in installation.glob("lib/smtp-ext-size-*.jar"):
            jar.unlink()
        done = succeed(check, [installation / "bin/mailwright", "extensions"], cwd=check.logs)
        expect_true(not re.search(r"\bSIZE\b", done.out.decode()), f"SIZE is there: {done.out}")
        expect_in("STARTTLS", done.out.decode(), "printed")
        expect(done.err, b"", "standard error; the archive for a fast start does not fit any more")


def _users_at_run_time(check):
    with check.case("users that are added, changed and removed hold at once, without a restart"):
        with MailServer(check, "run-time", more='[extension.AUTH]\nfailure-delay = "0s"\n') as server:
            def logs_in(password):
                with smtplib.SMTP_SSL("127.0.0.1", server.port("submissions")) as client:
                    try:
                        return client.login(USER, password)[0] == 235
                    except smtplib.SMTPAuthenticationError:
                        return False

            def user(action, stdin=b""):
                succeed(check, [launcher(), "user", action, USER, "--config", server.config], stdin=stdin)

            expect_true(not logs_in("first"), "logs in before the user exists")
            user("add", b"first\n")
            until(lambda: logs_in("first"), 15, "the new user cannot log in")
            user("passwd", b"second\n")
            until(lambda: logs_in("second"), 15, "the new password does not work")
            expect_true(not logs_in("first"), "the old password still works")
            user("remove")
            until(lambda: not logs_in("second"), 15, "the removed user still logs in")


def _no_configuration(check):
    name = "without any configuration: the four default listeners, and the first mail as the README says"
    default = {"mx": 2525, "submission": 2587, "submissions": 2465, "lmtp": 2424}
    busy = [port for port in default.values() if listens(port)]
    if busy:
        check.skip(name, f"another program listens on {busy}")
        return
    with check.case(name):
        folder = check.logs / "no-configuration"
        folder.mkdir()
        with Running([launcher(), "serve"], folder / "log", cwd=folder) as running:
            until(lambda: "\nready\n" in running.said() or not running.alive(), 60, "it does not say ready")
            said = running.said()
            for listener_name, port in default.items():
                role = listener_name.removesuffix("s") if listener_name == "submissions" else listener_name
                expect_in(f"listening {listener_name} {role} 127.0.0.1:{port}\n", said, "printed")
            for word in ("user add", "mailwright send", "localhost"):
                expect_in(word, said, "printed")
            user = mailwright(check, "user", "add", "me@localhost", stdin=b"secret1\n", cwd=folder)
            expect(user.status, 0, f"status of user add ({user.text})")
            sent = mail(recipient="me@localhost")
            words = ["send", "--server", "127.0.0.1:2525", "--from", "you@example.org", "--to", "me@localhost", "-"]
            done = mailwright(check, *words, stdin=sent, cwd=folder)
            expect(done.status, 0, f"status of send ({done.text})")
            expect(len(find(folder / "var/mail/localhost/me", sent, 15)), 1, "mails")
            login = ["--user", "me@localhost"]
            env = dict(os.environ, MAILWRIGHT_PASSWORD="secret1")
            for port, tls in ((2587, "starttls"), (2465, "implicit")):
                sent = mail("me@localhost", "me@localhost")
                done = mailwright(check, "send", "--server", f"127.0.0.1:{port}", "--tls", tls, "--insecure", *login,
                                  "--from", "me@localhost", "--to", "me@localhost", "-", stdin=sent, env=env)
                expect(done.status, 0, f"status of send, {tls} ({done.text})")
                expect(len(find(folder / "var/mail/localhost/me", sent, 15)), 1, "mails")
            if running.stop() != 0:
                raise Failure(f"status {running.process.returncode}")
            expect(sorted(file.name for file in folder.iterdir()), ["log", "var"], "what it wrote")
