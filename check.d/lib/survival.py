"""The server is killed at random moments while clients send, and nothing that it answered for is lost."""

import collections
import random
import time

from .mailserver import DOMAIN, listener
from .processes import free_port
from .senders import Arrivals, Senders, name_of, named
from .sinkpeer import SinkPeer
from .step import expect, expect_true
from .store_forward import PASSWORD, SENDER, Relay, queue, relay, route

REMOTE = "remote.example.net"

# What may come twice: mails on their way to the recipient when a server breaks off, and those whose settlement was still
# gathered then, for at most 100 ms. How many that are depends on how fast they go out just then, so it is the time that
# is bounded: seconds from the first arrival to the kill, with what a commit takes on a busy machine.
UNSETTLED = 0.5


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
                killed = []
                for _ in range(kills):
                    senders.wait_for(chance.randint(*mails))
                    node.kill()
                    killed.append(time.time())
                    node.start()
                senders.wait_for(mails[0])
            arrivals = Arrivals([node.maildir()], [peer])
            there = arrivals.wait_for(senders, seconds, f"{name}, {kills} kills", again=None)
            worst = max(there.values(), default=0)
            expect_true(worst <= 1 + kills, f"a mail arrived {worst} times after {kills} kills")
            _tell_duplicates(there, senders)
            _expect_unsettled(there, peer, killed)
            node.wait_empty(seconds)
        finally:
            node.__exit__()


def _tell_duplicates(there, senders):
    ways = collections.Counter()
    for name, times in there.items():
        to = senders.accepted.get(name) or senders.open.get(name, "")
        ways["Maildir" if to.endswith(f"@{DOMAIN}") else "peer"] += times - 1
    print(f"      duplicates by way: {dict(ways)}", flush=True)


def _expect_unsettled(there, peer, killed):
    """Whatever came more than once came to a peer, a short while before a kill: a Maildir keeps one copy."""
    came = collections.defaultdict(list)
    for taken in peer.came():
        came[name_of(taken.content)].append(taken.time)
    twice = [name for name, times in there.items() if times > 1]
    local = [name for name in twice if len(came[name]) < there[name]]
    expect(local, [], "mails that came more than once to the Maildir")
    waits = [_until_kill(time, killed) for name in twice for time in sorted(came[name])[:-1]]
    print(f"      the first copies came at most {1000 * max(waits, default=0):.0f} ms before a kill", flush=True)
    expect_true(max(waits, default=0) <= UNSETTLED,
                f"a mail that came {max(waits, default=0):.2f} s before the next kill came again, and at most {UNSETTLED} s"
                " are what is under way or not settled")


def _until_kill(time, killed):
    """Seconds until the next kill; what a connection still held when the server was gone came with the kill before."""
    return min((max(0, kill - time) for kill in killed if kill - time > -UNSETTLED), default=float("inf"))
