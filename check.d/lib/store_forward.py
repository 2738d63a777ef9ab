"""Our server as a mail transfer agent: its configuration with a queue, and how mail is given to it and asked about."""

import json
import smtplib
import ssl
import time

from .mailserver import ALL_ROLES, DOMAIN, MailServer, mailwright
from .step import Failure, expect, until

SENDER = f"user1@{DOMAIN}"
PASSWORD = "secret1"
RETRY = '["1s", "1s", "1s", "2s", "2s", "2s"]'


def queue(store="sqlite", retry=RETRY, more=""):
    return f'[queue]\nstore = "{store}"\nretry = {retry}\n{more}'


# The hosts of the checks have addresses of the loopback network, to which the DNS leads nobody else.
NEAR = "private-addresses = true\n"
# Where the peers of the steps are: not the address that the server itself listens on.
PEER = "127.0.0.2"


def relay(more=""):
    return f"[relay]\n{NEAR}{more}"


def route(domain, port, more="", host=PEER):
    """Mail for the domain goes to that host itself; brackets say that no MX is looked up."""
    return f'[[route]]\ndomain = "{domain}"\nto = "[{host}]:{port}"\n{more}'


class Relay(MailServer):
    """`mailwright serve` that takes mail from users who log in, and sends it on from its queue."""

    def __init__(self, step, name, more="", listeners=ALL_ROLES, env=None):
        super().__init__(step, name, listeners, more, env)
        self.add_users()

    def submit(self, text, *recipients, sender=SENDER):
        """Gives it a mail over TLS, logged in."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with smtplib.SMTP_SSL("127.0.0.1", self.port("submissions"), context=context, timeout=60) as client:
            client.login(SENDER, PASSWORD)
            refused = client.sendmail(sender, recipients, text)
        expect(refused, {}, "recipients that were refused")

    def queue(self, *words, status=0):
        """Runs `mailwright queue …` and gives what it printed."""
        done = mailwright(self.step, "queue", *words, "--config", self.config)
        expect(done.status, status, f"status of queue {' '.join(words)} ({done.text.strip()[-300:]})")
        return done.out.decode()

    def waiting(self):
        """What `queue list` tells of all that waits."""
        told = json.loads(self.queue("list", "--json"))
        return told if isinstance(told, list) else next(v for v in told.values() if isinstance(v, list))

    def wait_empty(self, seconds=30):
        """Waits until nothing is in the queue any more. Each look starts a program, so it looks seldom."""
        end = time.monotonic() + seconds
        while left := self.waiting():
            if time.monotonic() > end:
                raise Failure(f"still in the queue after {seconds} s: {json.dumps(left)[:600]}")

    def wait_log(self, text, seconds=30):
        until(lambda: text in self.running.said(), seconds, f"the log does not say {text!r}")
