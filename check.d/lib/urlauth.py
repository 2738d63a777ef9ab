"""A Dovecot of the step's own that authorizes URLs (RFC 4467), and whose submission server fetches them (RFC 4468)."""

import imaplib
import os
import pathlib
import shutil
import tempfile

from .processes import Own, free_port
from .step import Failure, expect

# Dovecot gives nobody's mail to root.
OWNER = 65534
PASSWORD, SUBMIT, SUBMIT_PASSWORD = "secret1", "submit", "sesame"
HOST = "imap.example.test"

imaplib.Commands["GENURLAUTH"] = ("AUTH", "SELECTED")


class UrlauthDovecot(Own):
    """`users` have a mailbox each; whoever is SUBMIT acts for them. TLS is STARTTLS, with this certificate.

    Mail that is submitted goes to the port `onward` of this host; `more` and, behind what it
    knows of users, `last` are lines of its configuration.
    """

    def __init__(self, step, certificate, users, onward, more="", last=""):
        if os.geteuid() != 0:
            raise Failure("Dovecot reads the mail of others only when root starts it")
        # Its processes are other users: they must be able to reach it, and socket names must stay short.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mailwright-urlauth-"))
        self.folder.chmod(0o755)
        mail = self.folder / "mail"
        mail.mkdir()
        shutil.chown(mail, OWNER, OWNER)
        self.imap, self.submission = free_port(), free_port()
        self.log = step.logs / "dovecot.log"
        for name, known in (("users", {user: PASSWORD for user in users}), ("masters", {SUBMIT: SUBMIT_PASSWORD})):
            (self.folder / name).write_text("".join(
                f"{user}:{{PLAIN}}{password}:{OWNER}:{OWNER}::{mail}/{user}::\n" for user, password in known.items()))
        chain, key = certificate
        self.config = self.folder / "dovecot.conf"
        self.config.write_text(f"""
base_dir = {self.folder}/run
state_dir = {self.folder}/state
instance_name = mailwright-urlauth
log_path = {self.log}
protocols = imap submission
listen = 127.0.0.1
ssl = yes
ssl_cert = <{chain}
ssl_key = <{key}
disable_plaintext_auth = no
first_valid_uid = {OWNER}
mail_location = maildir:~/Maildir
mail_attribute_dict = file:%h/attributes
imap_urlauth_host = {HOST}
hostname = {HOST}
submission_relay_host = 127.0.0.1
submission_relay_port = {onward}
{more}passdb {{
  driver = passwd-file
  args = {self.folder}/masters
  master = yes
}}
passdb {{
  driver = passwd-file
  args = {self.folder}/users
}}
userdb {{
  driver = passwd-file
  args = {self.folder}/users
}}
service imap-login {{
  inet_listener imap {{
    port = {self.imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service submission-login {{
  inet_listener submission {{
    port = {self.submission}
  }}
}}
{last}""")
        self.command, self.printed = ["dovecot", "-F", "-c", self.config], step.logs / "dovecot.out"
        self.ports_to_wait_for = (self.imap, self.submission)

    def store(self, user, text, part=""):
        """Puts a mail into the user's INBOX, and gives a function that has a URL of it authorized."""
        with imaplib.IMAP4("127.0.0.1", self.imap, timeout=30) as client:
            expect(client.login(user, PASSWORD)[0], "OK", "LOGIN")
            status, said = client.append("INBOX", None, None, text)
            expect(status, "OK", "APPEND")
            validity, uid = said[0].decode().split("]")[0].split()[1:3]
        path = f"imap://{user.replace('@', '%40')}@{HOST}/INBOX;UIDVALIDITY={validity}/;UID={uid}{part}"
        return lambda access: self._authorized(user, f"{path};URLAUTH={access}")

    def _authorized(self, user, url):
        with imaplib.IMAP4("127.0.0.1", self.imap, timeout=30) as client:
            expect(client.login(user, PASSWORD)[0], "OK", "LOGIN")
            status, said = client._simple_command("GENURLAUTH", f'"{url}" INTERNAL')
            expect(status, "OK", f"GENURLAUTH ({said})")
            return client.untagged_responses["GENURLAUTH"][0].decode().strip('"')
