"""The server is killed at random moments while clients send, and nothing that it answered for is lost."""

import collections
import random

from .mailserver import DOMAIN, listener
from .processes import free_port
from .senders import Arrivals, Senders, named
from .sinkpeer import SinkPeer
from .step import expect_true
from .store_forward import PASSWORD, SENDER, Relay, queue, relay, route

REMOTE = "remote.example.net"


def chosen(extensions):
    """The line of a listener that names its extensions; none of none."""
    return f"extensions = {list(extensions)}\n".replace("'", '"') if extensions else ""


def postgres_store(check, database):
    """The lines of configuration of a queue in that database."""
    secret = check.logs / "postgres-password"
    if not secret.exists():
        secret.write_text(database.password + "\n")
        secret.chmod(0o600)
    return queue("postgres", more=f'url = "{database.url}"\nuser = "{database.user}"\npassword-file = "{secret}"\n')


class Node(Relay):
    """A server whose ports stay the same when it is started again; `extensions`: of its submission, if not the usual."""

    def __init__(self, check, name, more, env=None, extensions=()):
        self.submissions = free_port()
        super().__init__(check, name, more, listener("submissions", "submission", "implicit",
                                                     f"127.0.0.1:{self.submissions}",
                                                     chosen(extensions))
                         + listener("mx", "mx", "none"), env)

    def kill(self):
        """SIGKILL: it has no time to do anything."""
        self.running.process.kill()
        self.running.process.wait()


def survives(check, name, store, kills, seed, seconds=90, mails=(40, 400)):
    """Kills the server so often, each time after a random number of mails more; then all that it accepted arrives."""
    chance = random.Random(seed)
    with SinkPeer(keep=named) as peer:
        node = Node(check, name, store + relay() + route(REMOTE, peer.port))
        try:
            node.start()
            with Senders([node.submissions], [SENDER, f"someone@{REMOTE}"], (SENDER, PASSWORD)) as senders:
                for _ in range(kills):
                    senders.wait_for(chance.randint(*mails))
                    node.kill()
                    node.start()
                senders.wait_for(mails[0])
            arrivals = Arrivals([node.maildir()], [peer])
            # Settlements gather for a tenth of a second, in which a few dozen mails go out.
            there = arrivals.wait_for(senders, seconds, f"{name}, {kills} kills", again=60 * kills)
            worst = max(there.values(), default=0)
            expect_true(worst <= 1 + kills, f"a mail arrived {worst} times after {kills} kills")
            _tell_duplicates(there, senders)
            node.wait_empty(seconds)
        finally:
            node.__exit__()


def _tell_duplicates(there, senders):
    ways = collections.Counter()
    for name, times in there.items():
        to = senders.accepted.get(name) or senders.open.get(name, "")
        ways["Maildir" if to.endswith(f"@{DOMAIN}") else "peer"] += times - 1
    print(f"      duplicates by way: {dict(ways)}", flush=True)
