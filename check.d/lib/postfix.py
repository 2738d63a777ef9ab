"""A Postfix of the step's own: it receives mail, or relays it to the server under test."""

import contextlib
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile

from .processes import Running, free_port, succeed
from .step import Failure, until

SERVICES = """
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """An instance with its own configuration, queue and ports, in the foreground of its own session."""

    def __init__(self, step, name, settings, services):
        if os.geteuid() != 0:
            raise Failure("Postfix runs only when root starts it")
        self.step = step
        # Its processes are other users: they must be able to reach it, and socket names must stay short.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mailwright-postfix-"))
        self.folder.chmod(0o755)
        self.log = step.logs / f"{name}.log"
        for sub in ("etc", "queue", "data", "mail"):
            (self.folder / sub).mkdir()
        postfix = pwd.getpwnam("postfix")
        os.chown(self.folder / "data", postfix.pw_uid, postfix.pw_gid)
        os.chown(self.folder / "mail", 65534, 65534)
        main = {
            "compatibility_level": "3.6",
            "queue_directory": self.folder / "queue",
            "data_directory": self.folder / "data",
            "maillog_file": "/dev/stdout",
            "myhostname": f"{name}.check.example.org",
            "mydestination": "",
            "inet_interfaces": "127.0.0.1",
            "inet_protocols": "ipv4",
            "alias_maps": "",
            "alias_database": "",
            "local_recipient_maps": "",
            "recipient_delimiter": "",
            "smtputf8_enable": "no",
            "biff": "no",
            **settings,
        }
        text = "".join(f"{key} = {value}\n" for key, value in main.items())
        (self.folder / "etc/main.cf").write_text(text)
        (self.folder / "etc/master.cf").write_text(SERVICES.lstrip() + services)
        self.running = None

    def said(self):
        return self.running.said() if self.running else ""

    def sendmail(self, sender, recipient, text):
        """Puts a mail into the queue."""
        succeed(self.step, ["sendmail", "-C", self.folder / "etc", "-G", "-i", "-f", sender, recipient], stdin=text)

    def __enter__(self):
        try:
            self.running = Running(["postfix", "-c", self.folder / "etc", "start-fg"], self.log)
            until(self._started, 30, "Postfix did not start")
        except BaseException:
            self.__exit__()
            raise
        return self

    def _started(self):
        if not self.running.alive():
            raise Failure(f"Postfix ended: {self.said()[-600:]}")
        return "daemon started" in self.said()

    def __exit__(self, *_):
        if self.running:
            # The master is a child of what was started, in a session of its own; when it ends, so does its parent.
            for file in self.folder.glob("queue/pid/master.pid"):
                with contextlib.suppress(ProcessLookupError, ValueError):
                    os.kill(int(file.read_text()), signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.running.process.wait(20)
            self.running.__exit__()
        shutil.rmtree(self.folder, ignore_errors=True)


class PostfixServer(Postfix):
    """A Postfix that takes mail for one domain into Maildirs: plain with STARTTLS, implicit TLS, and AUTH."""

    USER, PASSWORD = "user1@example.test", "secret1"
    MECHANISMS = ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512")

    def __init__(self, step, certificate, domain="example.test"):
        self.plain, self.implicit = free_port(), free_port()
        self.submission = {mechanism: free_port() for mechanism in self.MECHANISMS}
        chain, key = certificate
        services = f"127.0.0.1:{self.plain} inet n - n - - smtpd\n"
        services += f"127.0.0.1:{self.implicit} inet n - n - - smtpd\n  -o smtpd_tls_wrappermode=yes\n"
        for mechanism, port in self.submission.items():
            services += (
                f"127.0.0.1:{port} inet n - n - - smtpd\n  -o smtpd_tls_security_level=encrypt\n"
                "  -o smtpd_sasl_auth_enable=yes -o smtpd_tls_auth_only=yes\n"
                "  -o { smtpd_client_restrictions = permit_sasl_authenticated, reject }\n"
                f"  -o smtpd_sasl_path=smtpd-{mechanism.lower()}\n")
        super().__init__(step, "postfix" if domain == "example.test" else domain.replace(".", "-"), {
            "virtual_mailbox_domains": domain,
            "virtual_mailbox_base": "$queue_directory/../mail",
            "virtual_mailbox_maps": f"inline:{{ {{user1@{domain} = user1/}}, {{user2@{domain} = user2/}} }}",
            "virtual_uid_maps": "static:65534",
            "virtual_gid_maps": "static:65534",
            "smtpd_tls_security_level": "may",
            "smtpd_tls_chain_files": f"{key}, {chain}",
            "smtpd_relay_restrictions": "reject_unauth_destination",
            "smtpd_sasl_type": "cyrus",
        }, services)
        # Its virtual(8) wants a path without "..".
        self._settle_paths()
        self._add_user()

    def _settle_paths(self):
        main = self.folder / "etc/main.cf"
        main.write_text(main.read_text().replace("$queue_directory/..", str(self.folder)))

    def _add_user(self):
        sasl = self.folder / "etc/sasl"  # where Debian's Postfix looks, whatever cyrus_sasl_config_path says
        sasl.mkdir()
        user, realm = self.USER.split("@")
        succeed(self.step, ["saslpasswd2", "-p", "-c", "-f", sasl / "users", "-u", realm, user],
                stdin=self.PASSWORD.encode())
        shutil.chown(sasl / "users", "postfix", "postfix")
        for mechanism in self.MECHANISMS:
            (sasl / f"smtpd-{mechanism.lower()}.conf").write_text(
                "pwcheck_method: auxprop\nauxprop_plugin: sasldb\n"
                f"sasldb_path: {sasl}/users\nmech_list: {mechanism}\n")

    def mails(self, user="user1"):
        return [file.read_bytes() for file in sorted((self.folder / "mail" / user).glob("new/*"))]
