"""An OpenSMTPD of the step's own: takes mail for one domain into Maildirs, relays what is for others to one host.

Debian 12 has OpenSMTPD 6.8, built for OpenSSL 1.1 and linked with OpenSSL 3: its TLS fails there, so it is driven in
clear. All else of it works.
"""

import pathlib
import shutil
import tempfile

from .beside import Beside
from .processes import Running, free_port, succeed
from .step import Failure

CONFIGURATION = """
smtp max-message-size "50M"
queue ttl 1h
listen on {host} port {port} hostname smtpd.check.example.org
action "keep" maildir "{folder}/mail/%{{dest.user}}" virtual {{ "@{domain}" = "nobody" }}
action "onward" relay host "smtp://127.0.0.1:{next}"
match from any for domain "{domain}" rcpt-to {{ "unknown@{domain}" }} reject
match from any for domain "{domain}" action "keep"
match from any for any action "onward"
"""


class OpenSmtpd:
    """OpenSMTPD: `port` takes mail for the domain; mail for other domains goes to the port `onward` of 127.0.0.1."""

    def __init__(self, step, domain="opensmtpd.test", host="127.0.0.1", port=None, onward=9):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mailwright-smtpd-"))
        self.folder.chmod(0o755)
        self.step, self.host, self.domain = step, host, domain
        self.port = port or free_port()
        self.running = None
        try:
            self.beside = Beside("opensmtpd", self.folder, ["opensmtpd", "opensmtpq"],
                                 fresh=[("/var/spool", "smtpd"), ("/var/lib", "opensmtpd/empty"), ("/run", "smtpd")])
            (self.folder / "mail").mkdir()
            shutil.chown(self.folder / "mail", 65534, 65534)
            (self.folder / "smtpd.conf").write_text(CONFIGURATION.format(
                folder=self.folder, host=host, port=self.port, domain=domain, next=onward))
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def said(self):
        return self.running.said()

    def mails(self, user):
        """The mails of a user, with LF line ends, the fields that OpenSMTPD put on top included."""
        return [file.read_bytes() for file in sorted((self.folder / "mail" / user).glob("new/*"))]

    def __enter__(self):
        try:
            self.running = Running(self.beside.command("smtpd", "-d", "-v", "-f", self.folder / "smtpd.conf"),
                                   self.step.logs / f"{self.domain}.log", env=self.beside.env())
            self.running.wait_for(self.port, host=self.host)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.running:
            self.running.__exit__()
        shutil.rmtree(self.folder, ignore_errors=True)
