#!/usr/bin/python3 -B
"""Mail for hundreds of domains whose host does not answer waits, and keeps no other mail from going out."""

import time

from lib import step
from lib.mailserver import DOMAIN
from lib.messages import mail, subject, wait_got
from lib.senders import Senders
from lib.silent import Silent
from lib.sinkpeer import SinkPeer
from lib.step import expect_true, until
from lib.store_forward import PASSWORD, SENDER, Relay, queue, relay, route

DOMAINS, EACH = 700, 6
# An attempt takes this long, and whoever had to wait for one would notice.
TIMEOUT, SOON = 30, 5


def cases(check):
    with Silent() as dead, SinkPeer() as live:
        more = queue(retry='["1m"]') + relay(f'connect-timeout = "{TIMEOUT}s"\n') + "".join(
            route(f"d{n}.example.net", dead.port) for n in range(DOMAINS))
        more += route("live.example.net", live.port)
        with Relay(check, "dead-hosts", more) as server:
            recipients = [f"someone@d{n}.example.net" for n in range(DOMAINS)]
            with Senders([server.port("submissions")], recipients, (SENDER, PASSWORD), octets=1000,
                         limit=DOMAINS * EACH) as senders:
                senders.wait_for_all(DOMAINS * EACH, 120)
            # At first, and when the lanes of the dead hosts have been silent for long enough not to count any more.
            for wait in (0, 4):
                time.sleep(wait)
                with check.case(f"mail for us goes out at once beside {DOMAINS} dead domains, after {wait} s"):
                    _soon(server, f"user2@{DOMAIN}",
                          lambda: [file.read_bytes() for file in server.maildir("user2").glob("new/*")])
                with check.case(f"mail for a host that answers goes out at once beside them, after {wait} s"):
                    _soon(server, "someone@live.example.net", lambda: [content for _, _, content in live.taken()])
            with check.case("what waits for them is all in the queue"):
                expect_true(len(server.waiting()) == DOMAINS * EACH, f"{len(server.waiting())} wait")


def _soon(server, recipient, arrived):
    text = mail(SENDER, recipient)
    began = time.monotonic()
    server.submit(text, recipient)
    until(lambda: any(subject(text) == subject(got) for got in arrived()), SOON, f"did not arrive within {SOON} s")
    print(f"    {recipient}: {time.monotonic() - began:.2f} s")
    wait_got(arrived, text)


if __name__ == "__main__":
    step.run("dead-hosts", "Mail for hosts that do not answer keeps no other mail from going out.", cases)
