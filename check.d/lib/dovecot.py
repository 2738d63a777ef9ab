"""A Dovecot of the step's own: takes mail by LMTP, and reads mailboxes by IMAP and POP3."""

import contextlib
import imaplib
import os
import pathlib
import poplib
import re
import shutil
import tempfile

from .processes import Own, call, free_port
from .step import Failure, expect

# Dovecot gives nobody's mail to root; whoever else writes to a mailbox that it reads has to be this one, too.
OWNER = 65534
PASSWORD = "sesame"


def version(step):
    return call(step, ["dovecot", "--version"]).text.split()[0]


class Dovecot(Own):
    """`mailboxes` are the names of users and what is said of each in Dovecot's own words: where his mail is, his quota."""

    def __init__(self, step, mailboxes):
        if os.geteuid() != 0:
            raise Failure("Dovecot reads the mail of others only when root starts it")
        # Its processes are other users: they must be able to reach it, and socket names must stay short.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mailwright-dovecot-"))
        self.folder.chmod(0o755)
        self.mail = self.folder / "mail"
        self.mail.mkdir()
        shutil.chown(self.mail, OWNER, OWNER)
        self.socket = self.folder / "run/lmtp"
        self.lmtp, self.imap_port, self.pop3_port = free_port(), free_port(), free_port()
        self.log = step.logs / "dovecot.log"
        (self.folder / "users").write_text("".join(
            f"{user}:{{PLAIN}}{PASSWORD}:{OWNER}:{OWNER}::{self.mail}/{user}::{more}\n"
            for user, more in mailboxes.items()))
        self.config = self.folder / "dovecot.conf"
        self.config.write_text(f"""
base_dir = {self.folder}/run
state_dir = {self.folder}/state
instance_name = mailwright-check
log_path = {self.log}
protocols = imap pop3 lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = {OWNER}
mail_location = maildir:~/Maildir
mail_plugins = quota
plugin {{
  quota = maildir:User quota
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
    port = {self.imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service pop3-login {{
  inet_listener pop3 {{
    port = {self.pop3_port}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {self.lmtp}
  }}
  unix_listener lmtp {{
    mode = 0666
  }}
}}
""")
        self.command, self.printed = ["dovecot", "-F", "-c", self.config], step.logs / "dovecot.out"
        self.ports_to_wait_for = (self.lmtp, self.imap_port, self.pop3_port)

    @contextlib.contextmanager
    def imap(self, user):
        """The user's INBOX, open to be changed."""
        client = imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=30)
        try:
            client.login(user, PASSWORD)
            _ok(client.select("INBOX"))
            yield client
            client.close()
        finally:
            client.logout()

    def imap_mails(self, user):
        """The mails of the INBOX by their UIDs, with CRLF line ends; each as long as Dovecot says."""
        with self.imap(user) as client:
            return fetch(client)

    def pop3_mails(self, user):
        """The mails, with CRLF line ends; each as long as Dovecot says."""
        client = poplib.POP3("127.0.0.1", self.pop3_port, timeout=30)
        try:
            client.user(user)
            client.pass_(PASSWORD)
            mails = []
            for line in client.list()[1]:
                number, size = line.split()
                text = b"".join(line + b"\r\n" for line in client.retr(int(number))[1])
                expect(len(text), int(size), f"octets of mail {number} by POP3")
                mails.append(text)
            return mails
        finally:
            client.quit()


def fetch(client):
    """The mails of the mailbox that is open, by their UIDs."""
    mails = {}
    # an empty mailbox has no message that "1:*" could name
    for part in _ok(client.uid("FETCH", "1:*", "(UID RFC822.SIZE BODY.PEEK[])")):
        if isinstance(part, tuple):
            uid, size = (int(re.search(rb"%s (\d+)" % name, part[0])[1]) for name in (b"UID", b"RFC822.SIZE"))
            expect(len(part[1]), size, f"octets of the mail with UID {uid} by IMAP")
            mails[uid] = part[1]
    return mails


def _ok(answer):
    expect(answer[0], "OK", f"answer of IMAP ({answer[1]!r})")
    return answer[1]


def store(client, uid, flags):
    _ok(client.uid("STORE", str(uid), "+FLAGS", flags))


def expunge(client):
    _ok(client.expunge())
