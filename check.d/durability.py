#!/usr/bin/python3 -B
"""What was answered with 250 arrives: through SIGKILL, a database that stops, a full disk and connections that break.

The same at length: benchmarks/soak --all.
"""

import contextlib
import threading
import time

from lib import step
from lib.mailserver import DOMAIN
from lib.messages import mail, subject
from lib.postgres import Postgres
from lib.processes import succeed
from lib.senders import Arrivals, Senders, named
from lib.sinkpeer import SinkPeer
from lib.step import expect, expect_true, until
from lib.store_forward import PASSWORD, SENDER, queue, relay, route
from lib.survival import REMOTE, Node, postgres_store, survives

LOGIN = (SENDER, PASSWORD)
MIB = 1 << 20


def cases(check):
    with check.case("SIGKILL four times while clients send, SQLite"):
        survives(check, "sqlite", queue(), 4, seed=1)
    with Postgres(check) as database:
        with check.case("SIGKILL twice while clients send, PostgreSQL"):
            survives(check, "postgres", postgres_store(check, database), 2, seed=2)
        other_failures(check, database)


def other_failures(check, database):
    """All but SIGKILL at random moments."""
    store = postgres_store(check, database)
    with check.case("a delivery is cut before the final dot: tried again, delivered once"):
        _cut(check, "half", times=1)
    with check.case("a delivery is cut after the final dot: delivered at most twice"):
        _cut(check, "dot", times=2)
    with check.case("the disk is full: 452 4.3.1, and all is well again when it is not"):
        _full_disk(check)
    with check.case("three servers on one PostgreSQL, one is killed while they deliver: the others go on for it"):
        database.create()
        _takes_over(check, store)
    with check.case("PostgreSQL stops and starts: mail is put off meanwhile, and taken again"):
        database.create()
        _database_stops(check, database, store)


def _cut(check, stage, times):
    cut = set()
    seen = []

    def script(at, session, text):
        if at == "dot":
            seen.append(text)
        if at == stage and session.recipients[0] not in cut:
            cut.add(session.recipients[0])
            return SinkPeer.CUT
        return None

    with SinkPeer(script=script) as peer, Node(
            check, f"cut-{stage}", queue() + relay() + route(REMOTE, peer.port)) as node:
        sent = mail(SENDER, f"someone@{REMOTE}", octets=50_000)
        node.submit(sent, f"someone@{REMOTE}")
        until(lambda: peer.taken(subject(sent)), 30, f"not delivered; the peer saw {dict(peer.stages)}")
        node.wait_empty()
        expect(len(peer.taken(subject(sent))), 1, "deliveries that were answered with 250")
        expect(len(seen), times, "times that the whole mail came")
        expect_true(all(text.endswith(sent) for text in seen), "the mail changed on its way")


def _full_disk(check):
    node = Node(check, "full", queue() + '[extension.SIZE]\nlimit = "2MiB"\n')
    data = node.folder / "var"
    data.mkdir(exist_ok=True)
    succeed(check, ["mount", "-t", "tmpfs", "-o", "size=400m,mode=755", "tmpfs", data])
    try:
        node.start()
        filler = _fill(data)
        with Senders([node.submissions], [SENDER], LOGIN, threads=4, octets=200_000) as senders:
            until(lambda: senders.refused, 60, "nothing was refused on a full disk")
            refused = dict(senders.refused)
            expect_true(all(reply.startswith("452 4.3.1") for reply in refused), f"replies on a full disk: {refused}")
            expect_true(node.running.alive(), "the server ended")
            filler.unlink()
            senders.wait_for(20)
        Arrivals([node.maildir()], []).wait_for(senders, 60, "full disk")
    finally:
        node.__exit__()
        succeed(check, ["umount", data])


def _fill(folder):
    """A file that takes all the room there is."""
    filler = folder / "filler"
    with open(filler, "wb", buffering=0) as out, contextlib.suppress(OSError):
        while out.write(bytes(MIB)):
            pass
    with open(filler, "ab", buffering=0) as out, contextlib.suppress(OSError):
        while out.write(bytes(512)):
            pass
    return filler


# On a machine that is busy with other things: to see that a lease has ended, to connect, and to deliver.
LATE = 4
# Part of all that may come twice when one of the servers is killed: what it had under way or not settled.
AGAIN = 0.05


def _takes_over(check, store, nodes=3, domains=40, mails=800, lease=4):
    opened = threading.Event()
    came = []  # when, from which server, to which domain

    def script(stage, session, text):
        if stage == "dot":
            came.append((time.monotonic(), session.hello.split()[1], session.recipients[0].split("@")[1]))
        return None if opened.is_set() or stage != "connect" else "421 4.3.2 not yet"

    with SinkPeer(script=script, keep=named) as peer, contextlib.ExitStack() as stack:
        routes = "".join(route(f"d{n}.example.net", peer.port, "concurrency = 1\n")
                         for n in range(domains))
        store = store.replace("[queue]\n", f'[queue]\nlease = "{lease}s"\n')
        servers = [stack.enter_context(_named_node(check, f"node-{n}", store + relay() + routes)) for n in range(nodes)]
        recipients = [f"someone@d{n}.example.net" for n in range(domains)]
        with Senders([server.submissions for server in servers], recipients, LOGIN, threads=6, octets=2_000) as senders:
            senders.wait_for(mails)
        opened.set()
        until(lambda: peer.count() >= mails // 20 and any(who == "node-0.test" for _, who, _ in came), 60,
              "nothing is delivered, or nothing by the server that is to be killed")
        servers[0].kill()
        killed = time.monotonic()
        left = len(senders.accepted) - peer.count()
        expect_true(left > 0, "all was delivered before the kill: this shows nothing")
        print(f"      {left} deliveries were left when one of {nodes} servers was killed", flush=True)
        Arrivals([], [peer]).wait_for(senders, 60, "take-over", again=AGAIN)
        _expect_in_time(came, killed, lease)
        servers[1].wait_empty(30)


def _named_node(check, name, more):
    """A server that the peer knows by its name."""
    node = Node(check, name, more)
    node.config.write_text(node.config.read_text().replace(f'hostname = "mx.{DOMAIN}"', f'hostname = "{name}.test"'))
    return node


def _expect_in_time(came, killed, lease):
    """The lanes that the killed server was delivering are delivered by others within the lease, all of them."""
    dead = "node-0.test"
    last = {domain: who for when, who, domain in came if when <= killed}
    first = {}
    for when, who, domain in came:
        if when > killed and who != dead and last.get(domain) == dead:
            first.setdefault(domain, when - killed)
    expect_true(first, "nothing was left in any lane of the killed server: this shows nothing")
    print(f"      the others deliver in {len(first)} lanes that it had: in the first {min(first.values()):.1f} s after the"
          f" kill, in the last {max(first.values()):.1f} s, with a lease of {lease} s", flush=True)
    expect_true(max(first.values()) <= lease + LATE,
                f"lanes of the killed server were taken over {max(first.values()):.1f} s after the kill, with a lease of"
                f" {lease} s: {first}")


def _database_stops(check, database, store):
    with Node(check, "database-stops", store) as node:
        threads = 4
        with Senders([node.submissions], [SENDER], LOGIN, threads=threads, octets=2_000) as senders:
            senders.wait_for(50)
            database.stop()
            until(lambda: senders.refused, 60, "no mail was put off while PostgreSQL was stopped")
            expect_true(all(reply.startswith(("451 4.3.", "452 4.3.", "421 4.3.")) for reply in senders.refused),
                        f"replies while PostgreSQL was stopped: {dict(senders.refused)}")
            expect_true(node.running.alive(), "the server ended")
            database.start()
            senders.wait_for(50)
        Arrivals([node.maildir()], []).wait_for(senders, 60, "PostgreSQL was stopped", under_way=threads)


if __name__ == "__main__":
    step.run("durability", "What was answered with 250 arrives, whatever happens.", cases)
