"""The server under test and its command line."""

import os
import pathlib
import re

from .messages import expect_mail, find
from .processes import Running, call, succeed
from .step import Failure, expect, until

PASSWORDS = {"user1": "secret1", "user2": "correct horse \u00e9 battery"}
DOMAIN = "example.test"


def launcher():
    """The launcher of the distribution that was built."""
    return os.environ.get("MAILWRIGHT") or str(
        pathlib.Path(__file__).parents[2] / "distribution/target/mailwright/bin/mailwright")


def mailwright(step, *words, **options):
    """Runs one command of the command line to its end."""
    return call(step, [launcher(), *words], **options)


def listener(name, role, tls="starttls", address="127.0.0.1:0", more=""):
    return f'[[listener]]\nname = "{name}"\nrole = "{role}"\naddress = "{address}"\ntls = "{tls}"\n{more}'


ALL_ROLES = (listener("mx", "mx") + listener("submission", "submission")
             + listener("submissions", "submission", "implicit") + listener("lmtp", "lmtp", "none"))


class MailServer:
    """`mailwright serve` with a configuration, in a folder of its own."""

    def __init__(self, step, name="server", listeners=ALL_ROLES, more="", env=None):
        self.step = step
        self.folder = step.logs / name
        self.folder.mkdir()
        self.config = self.folder / "mailwright.toml"
        self.config.write_text(
            f'hostname = "mx.{DOMAIN}"\ndata = "var"\n{listeners}[domains]\nlocal = ["{DOMAIN}"]\n'
            '[users]\nfile = "users.toml"\n[delivery]\nmaildir = "var/mail/{domain}/{user}"\n' + more,
            encoding="utf-8")
        self.env = dict(os.environ, **(env or {}))
        self.addresses = {}
        self.prefix = []  # a program that starts it, such as setpriv
        self.running = None

    def add_users(self):
        for user, password in PASSWORDS.items():
            succeed(self.step, [launcher(), "user", "add", f"{user}@{DOMAIN}", "--config", self.config],
                    stdin=f"{password}\n".encode())

    def start(self):
        """Starts it and waits until it says that it is ready."""
        self.running = Running([*self.prefix, launcher(), "serve", "--config", self.config], self.folder / "log", env=self.env)
        until(self._ready, 60, "the server did not say that it is ready")
        return self

    def _ready(self):
        said = self.running.said()
        if not self.running.alive():
            raise Failure(f"the server ended with {self.running.process.returncode}: {said[-600:]}")
        if not re.search(r"^ready$", said, re.MULTILINE):
            return False
        for name, host, port in re.findall(r"^listening (\S+) \S+ (\S+):(\d+)$", said, re.MULTILINE):
            self.addresses[name] = (host.strip("[]"), int(port))
        return True

    def port(self, name):
        return self.addresses[name][1]

    def at(self, name):
        """HOST:PORT of a listener."""
        host, port = self.addresses[name]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    def maildir(self, user="user1"):
        return self.folder / "var/mail" / DOMAIN / user

    def expect_arrived(self, sent, protocol, sender="sender@example.org", user="user1", hops=1, seconds=15, times=1):
        """The mail is in the Maildir, as often as it should be, and octet for octet."""
        found = find(self.maildir(user), sent, seconds, times)
        expect(len(found), times, f"mails in the Maildir of {user}")
        for text in found:
            expect_mail(text, sent, sender, protocol, hops)

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        if self.running:
            self.running.__exit__()
