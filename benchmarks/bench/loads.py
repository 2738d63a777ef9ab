"""The loads: what is sent in one measurement, by Postfix' smtp-source or by our own generator."""

import json
from dataclasses import dataclass

from machine import HERE, HOST, timed
from servers import tool

KIB = 1024
FROM, TO = "load@example.test", "sink@example.test"


@dataclass(frozen=True)
class Load:
    size: int
    sessions: int
    keep: bool
    messages: int

    @property
    def name(self):
        size = f"{self.size // KIB // KIB} MiB" if self.size >= KIB * KIB else f"{self.size // KIB} KiB"
        return f"{size}, {self.sessions}, {'keep' if self.keep else 'one'}"

    def scaled(self, factor):
        return Load(self.size, self.sessions, self.keep, max(self.sessions, round(self.messages * factor)))


LOADS = {
    "10k-20-keep": Load(10 * KIB, 20, True, 40_000),
    "10k-200-keep": Load(10 * KIB, 200, True, 40_000),
    "10k-20-one": Load(10 * KIB, 20, False, 20_000),
    "1k-20-keep": Load(KIB, 20, True, 50_000),
    "1m-20-keep": Load(KIB * KIB, 20, True, 800),
    "1m-200-keep": Load(KIB * KIB, 200, True, 800),
}


def smtp_source(load, port, log):
    """Messages per second with Postfix' generator: one thread, no pipelining; it ends badly if any mail is refused."""
    command = [tool("smtp-source"), "-4", "-s", load.sessions, "-m", load.messages, "-l", load.size,
               "-f", FROM, "-t", TO, *(["-d"] if load.keep else []), f"{HOST}:{port}"]
    seconds, cpu, _ = timed(command, log)
    return {"rate": load.messages / seconds, "generator_cpu": cpu * 1000 / load.messages}


def own_generator(load, port, log, *more):
    command = [HERE / "load", f"{HOST}:{port}", "-s", load.sessions, "-m", load.messages, "-l", load.size,
               "--keep" if load.keep else "--one", "--json", *more]
    _, _, output = timed(command, log)
    found = json.loads(output)
    return {"rate": found["messages_per_second"], "generator_cpu": found["generator_cpu_per_1000"],
            "mail_ms": found["mail_ms"]}


GENERATORS = {
    "smtp-source": smtp_source,
    "own": own_generator,
    "own-pipelined": lambda load, port, log: own_generator(load, port, log, "--pipelining"),
}
