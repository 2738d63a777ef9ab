"""The operator's commands while mail waits, and a configuration that is read again."""

import json
import os
import signal

from .mailserver import mailwright
from .messages import mail, subject, wait_got
from .processes import free_port
from .sinkpeer import SinkPeer
from .step import expect, expect_in, expect_true, until
from .store_forward import SENDER

DOMAIN = "waits.example.net"


def cases(check, server, dead):
    """`dead` is the port to which mail for waits.example.net is routed; nothing listens there."""
    texts = [mail(SENDER, f"someone{n}@{DOMAIN}") for n in range(3)]
    with check.case("queue list and summary show what waits"):
        for n, text in enumerate(texts):
            server.submit(text, f"someone{n}@{DOMAIN}")
        waiting = until(lambda: _tried(server), 30, "the three mails are not in the queue, tried")
        expect(len(waiting), 3, "mails that wait")
        table = server.queue("list")
        for n in range(3):
            expect_in(f"someone{n}@{DOMAIN}", table, "queue list")
        expect_in(DOMAIN, server.queue("summary"), "queue summary")
        json.loads(server.queue("summary", "--json"))
    with check.case("queue show tells of one mail: sender, recipient, lane, attempts, the last reply"):
        told = server.queue("show", _id(server, 0))
        for part in (SENDER, f"someone0@{DOMAIN}"):
            expect_in(part, told, "queue show")
    with check.case("queue hold keeps it, release lets it go, delete takes it out"):
        held, deleted = _id(server, 0), _id(server, 1)
        server.queue("hold", held)
        expect_true(_entry(server, 0).get("held") in (True, 1, "true"), f"not held: {_entry(server, 0)}")
        server.queue("delete", deleted)
        expect(sorted(_recipients(server)), [f"someone0@{DOMAIN}", f"someone2@{DOMAIN}"], "recipients that wait")
        with SinkPeer(port=dead) as peer:
            server.queue("flush")
            until(lambda: peer.taken(subject(texts[2])), 30, "the flushed mail did not leave")
            wait_got(lambda: [content for _, _, content in peer.taken()], texts[2])
            server.queue("flush")
            until(lambda: len(server.waiting()) == 1, 30, "more than the held mail waits")
            expect(peer.taken(subject(texts[0])), [], "the held mail, at the peer")
            server.queue("release", held)
            until(lambda: peer.taken(subject(texts[0])), 30, "the released mail did not leave")
            expect(peer.taken(subject(texts[1])), [], "the deleted mail, at the peer")
            expect(peer.count(), 2, "mails at the peer")
    with check.case("queue with an id that is not there says so, and fails"):
        done = mailwright(check, "queue", "show", "no-such-id", "--config", server.config)
        expect_true(done.status != 0 and done.text.strip(), f"status {done.status}, {done.text!r}")
    _reload(check, server, dead)


def _reload(check, server, dead):
    config = server.config.read_text()
    other = free_port()
    with check.case("SIGHUP: a configuration that is wrong is told, and the old one is kept"):
        expect_in('store = "sqlite"', config, "the configuration")
        server.config.write_text(config.replace('store = "sqlite"', 'store = "nowhere"'))
        server.running.process.send_signal(signal.SIGHUP)
        until(lambda: _tells_of_failure(server), 20, f"the log tells nothing: {server.running.said()[-400:]}")
        expect_true(server.running.alive(), "the server ended")
        server.config.write_text(config)
    with check.case("SIGHUP: a new route counts from then on, for what waits as well"), SinkPeer(port=other) as peer:
        text = mail(SENDER, f"someone@{DOMAIN}")
        server.submit(text, f"someone@{DOMAIN}")
        until(lambda: _tried(server), 30, "the mail is not in the queue, tried")
        server.config.write_text(config.replace(f'to = "[127.0.0.2]:{dead}"', f'to = "[127.0.0.2]:{other}"'))
        server.running.process.send_signal(signal.SIGHUP)
        until(lambda: peer.taken(subject(text)), 30, "the mail did not leave by the new route")
        pid = server.running.process.pid
        expect_true(os.path.exists(f"/proc/{pid}"), "the process is not the same")
    server.config.write_text(config)
    server.running.process.send_signal(signal.SIGHUP)


def _tells_of_failure(server):
    return any("reload: the configuration is not changed: " in line and " queue.store: " in line and '"nowhere"' in line
               for line in server.running.said().splitlines())


def _tried(server):
    """What waits, when all of it was tried at least once."""
    waiting = server.waiting()
    return waiting if waiting and all(entry.get("attempts", entry.get("attempt", 0)) for entry in waiting) else None


def _recipients(server):
    return [entry["recipient"].strip("<>") for entry in server.waiting()]


def _entry(server, number):
    return next(e for e in server.waiting() if e["recipient"].strip("<>") == f"someone{number}@{DOMAIN}")


def _id(server, number):
    entry = _entry(server, number)
    return str(entry.get("message", entry.get("id")))
