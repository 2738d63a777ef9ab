#!/usr/bin/python3 -B
"""Holds the command line against its contract: commands, configuration, exit statuses, and what is printed."""

from lib import commandline_config, commandline_send, commandline_serve, step
from lib.mailserver import DOMAIN, mailwright
from lib.step import expect, expect_in, expect_true

COMMANDS = (["serve"], ["check-config"], ["print-defaults"], ["user"], ["user", "add"], ["user", "passwd"],
            ["user", "remove"], ["user", "list"], ["send"], ["sendmail"], ["extensions"], ["version"])
USAGE = 64


def cases(check):
    _help(check)
    _users(check)
    commandline_config.cases(check)
    commandline_serve.cases(check)
    commandline_send.cases(check)


def _help(check):
    for words in ([], *COMMANDS):
        name = " ".join(["mailwright", *words, "--help"])
        with check.case(name):
            done = mailwright(check, *words, "--help")
            expect(done.status, 0, "status")
            expect_in("Usage: mailwright", done.out.decode(), "standard output")
            expect(done.err, b"", "standard error")
    with check.case("mailwright version"):
        done = mailwright(check, "version")
        expect(done.status, 0, "status")
        expect_true(done.out.startswith(b"mailwright ") and done.out.count(b"\n") == 1, f"printed {done.out!r}")
    for words in ([], ["no-such-command"], ["serve", "--no-such-option"], ["send", "--tls", "none"], ["user"],
                  ["user", "add"]):
        with check.case(f"a wrong command line: mailwright {' '.join(words)}"):
            done = mailwright(check, *words)
            expect(done.status, USAGE, f"status ({done.text})")
            expect_true(done.err, "nothing on standard error")
            expect_true("Exception" not in done.text, f"a stack trace: {done.text}")
    with check.case("mailwright extensions"):
        done = mailwright(check, "extensions", cwd=check.logs)
        expect(done.status, 0, f"status ({done.text})")
        text = done.out.decode()
        for word in ("PIPELINING", "ENHANCEDSTATUSCODES", "SIZE", "STARTTLS", "AUTH", "VRFY", "EXPN",
                     "listener mx ", "listener submission ", "listener submissions ", "listener lmtp "):
            expect_in(word, text, "printed")
        mx = next(line for line in text.splitlines() if line.startswith("listener mx "))
        expect_true("AUTH" not in mx.split() and "STARTTLS" in mx.split(), f"of mx: {mx}")


def _users(check):
    folder = check.logs / "users"
    folder.mkdir()
    config = folder / "mailwright.toml"
    config.write_text(f'[domains]\nlocal = ["{DOMAIN}"]\n[users]\nfile = "users.toml"\n')

    def user(*words, stdin=b"", status=0):
        done = mailwright(check, "user", *words, "--config", config, stdin=stdin)
        expect(done.status, status, f"status of user {words[0]} ({done.text.strip()})")
        expect_true("Exception" not in done.text, f"a stack trace: {done.text}")
        return done

    with check.case("user list, before there are any"):
        expect(user("list").out, b"", "printed")
    with check.case("user add, passwd, remove, list"):
        user("add", f"user1@{DOMAIN}", stdin=b"secret1\n")
        user("add", f"user2@{DOMAIN}", stdin=b"no line end")
        expect(sorted(user("list").out.split()), [f"user1@{DOMAIN}".encode(), f"user2@{DOMAIN}".encode()], "users")
        user("passwd", f"user1@{DOMAIN}", stdin=b"another\n")
        user("remove", f"user2@{DOMAIN}")
        expect(user("list").out.split(), [f"user1@{DOMAIN}".encode()], "users")
    with check.case("the file of users: no password in it, and only its owner reads it"):
        file = folder / "users.toml"
        text = file.read_text()
        expect_true("another" not in text and "secret1" not in text, "a password is in the file")
        expect_in("argon2id", text.lower(), "file")
        expect(oct(file.stat().st_mode & 0o777), "0o600", "mode")
    for name, words, stdin in (
        ("add, a user who is there", ["add", f"user1@{DOMAIN}"], b"secret1\n"),
        ("add, no address", ["add", "not an address"], b"secret1\n"),
        ("add, no password", ["add", f"user3@{DOMAIN}"], b""),
        ("add, an empty password", ["add", f"user3@{DOMAIN}"], b"\n"),
        ("add, a password that is no UTF-8", ["add", f"user3@{DOMAIN}"], b"\xff\xfe\n"),
        ("passwd, nobody", ["passwd", f"nobody@{DOMAIN}"], b"secret1\n"),
        ("remove, nobody", ["remove", f"nobody@{DOMAIN}"], b""),
    ):
        with check.case(f"user {name}: refused"):
            done = mailwright(check, "user", *words, "--config", config, stdin=stdin)
            expect_true(done.status not in (0, 1, 70), f"status {done.status} ({done.text})")
            expect_true(done.err and "Exception" not in done.text, f"printed {done.text!r}")
            expect(user("list").out.split(), [f"user1@{DOMAIN}".encode()], "users afterwards")


if __name__ == "__main__":
    step.run("commandline", "The command line does what its contract says.", cases)
