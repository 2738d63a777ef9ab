"""An HAProxy of the step's own: frontends at ports of 127.0.0.1, each with a way to reach one server."""

import socket
import tempfile
import pathlib

from .processes import Own, free_port
from .step import Failure, until

HEAD = """
global
  log stdout format raw local0
  stats socket {folder}/stats mode 600
defaults
  mode tcp
  log global
  option tcplog
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  timeout check 1s
"""


class HaProxy(Own):
    """`ways`: name of the frontend: (port of the server, options of its server line, options of its bind line).

    Servers with "check" are asked by `option smtpchk`, every 200 ms; one bad answer takes them out, one good one in.
    """

    def __init__(self, step, ways):
        # Names of sockets must stay short.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mailwright-haproxy-"))
        self.ports = {name: free_port() for name in ways}
        text = HEAD.format(folder=self.folder)
        for name, (port, server, *bind) in ways.items():
            text += (f"listen {name}\n  bind 127.0.0.1:{self.ports[name]} {' '.join(bind)}\n"
                     "  option smtpchk EHLO haproxy.check.example.org\n  default-server inter 200ms fall 1 rise 1\n"
                     f"  server ours 127.0.0.1:{port} {server}\n")
        config = self.folder / "haproxy.cfg"
        config.write_text(text)
        self.command, self.printed = ["haproxy", "-db", "-f", config], step.logs / "haproxy.log"
        self.ports_to_wait_for = list(self.ports.values())

    def said(self):
        return self.running.said()

    def state(self, name):
        """UP, DOWN or "no check" of the server behind a frontend, and what its last check found."""
        with socket.socket(socket.AF_UNIX) as asked:
            asked.settimeout(10)
            asked.connect(str(self.folder / "stats"))
            asked.sendall(b"show stat\n")
            lines = asked.makefile(encoding="utf-8").read().removeprefix("# ").strip().splitlines()
        names = lines[0].split(",")
        for line in lines[1:]:
            one = dict(zip(names, line.split(",")))
            if one["pxname"] == name and one["svname"] == "ours":
                return one["status"], one["check_status"]
        raise Failure(f"HAProxy knows no {name}")

    def wait_state(self, name, status, seconds=10):
        until(lambda: self.state(name)[0] == status, seconds, f"the server of {name} is {self.state(name)}, not {status}")
