"""Mail servers of others that our client sends to, each with the mails that it got."""

import os
import pathlib
import shutil
import sys

from .processes import Running, free_port, succeed
from .step import Failure, until

HERE = pathlib.Path(__file__).parent


class SmtpSink(Running):
    """Postfix's smtp-sink: takes all, or misbehaves as its switches say; keeps each mail in a file."""

    _count = 0

    def __init__(self, step, *switches):
        SmtpSink._count += 1
        self.folder = step.logs / f"smtp-sink-{SmtpSink._count}"
        self.folder.mkdir()
        self.port = free_port()
        account = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody")
            account = ["-u", "nobody"]
        super().__init__(["smtp-sink", *account, "-d", "mail.", *switches, f"127.0.0.1:{self.port}", "100"],
                         self.folder / "log", cwd=self.folder)
        try:
            self.wait_for(self.port)
        except Failure:
            self.__exit__()
            raise

    def mails(self):
        """The mails that it took, below some fields of its own; LF line ends."""
        return [file.read_bytes() for file in sorted(self.folder.glob("mail.*"))]


class AioSmtpd(Running):
    """aiosmtpd: plain with STARTTLS, implicit TLS, STARTTLS with AUTH that is required, and LMTP."""

    def __init__(self, step, certificate, name="aiosmtpd", *options):
        """Options: `--plain HOST:PORT`, where the plain listener is; `--onward PORT`, which gets each mail."""
        self.folder = step.logs / name
        self.folder.mkdir()
        chain, key = certificate
        super().__init__([sys.executable, "-B", HERE / "aiosmtpd_server.py", self.folder, chain, key, *options],
                         self.folder / "log")
        try:
            until(lambda: "ready" in self.said() or not self.alive(), 30, "aiosmtpd did not start")
            lines = [line.split() for line in self.said().splitlines() if line.startswith("listening ")]
            self.ports = {name: int(port) for _, name, port in lines}
            if not self.ports:
                raise Failure(f"aiosmtpd did not start: {self.said()[-600:]}")
        except Failure:
            self.__exit__()
            raise

    def mails(self):
        return [file.read_bytes() for file in sorted(self.folder.glob("*.eml"))]


class Haraka(Running):
    """Haraka: STARTTLS and AUTH, and a second listener with implicit TLS."""

    USER, PASSWORD = "user1@example.test", "secret1"

    def __init__(self, step, certificate, host="127.0.0.1", port=None, domain="example.test", onward=None,
                 name="haraka"):
        """With `onward`, a port of 127.0.0.1, it passes each mail on to there before it answers."""
        self.folder = step.logs / name
        config = self.folder / "config"
        self.folder.mkdir()
        # Without its own files as a base it fails on settings that are not there.
        shutil.copytree(HERE.parent / "node_modules/Haraka/config", config)
        chain, key = certificate
        self.port, self.implicit = port or free_port(), free_port()
        (config / "smtp.ini").write_text(
            f"listen={host}:{self.port},{host}:{self.implicit}\nsmtps_port={self.implicit}\nnodes=0\n")
        (config / "plugins").write_text(
            "tls\nauth/flat_file\nrcpt_to.in_host_list\n" + ("queue/smtp_forward\n" if onward else "keep\n"))
        if onward:
            (config / "smtp_forward.ini").write_text(f"host=127.0.0.1\nport={onward}\nenable_tls=false\n")
        (self.folder / "plugins").mkdir()
        shutil.copy(HERE / "haraka_keep.js", self.folder / "plugins/keep.js")
        (config / "host_list").write_text(f"{domain}\n")
        (config / "me").write_text("haraka.check.example.org\n")
        # Else it starts a program that looks for safe primes for half a minute, and lives on without it.
        succeed(step, ["openssl", "dhparam", "-dsaparam", "-out", config / "dhparams.pem", "2048"])
        (config / "tls.ini").write_text(f"key={key}\ncert={chain}\n")
        (config / "auth_flat_file.ini").write_text(
            "[core]\nmethods=CRAM-MD5,PLAIN,LOGIN\nconstrain_sender=false\n"
            f"[users]\n{self.USER}={self.PASSWORD}\n")
        super().__init__(["haraka", "-c", self.folder], self.folder / "log",
                         env=dict(os.environ, HARAKA_MAILS=str(self.folder)))
        try:
            self.wait_for(self.port, 60, host)
            self.wait_for(self.implicit, 60, host)
        except Failure:
            self.__exit__()
            raise

    def mails(self):
        return [file.read_bytes() for file in sorted(self.folder.glob("mail_*.eml"))]
