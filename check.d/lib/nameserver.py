"""NSD with zones of the step's own."""

import pathlib

from .processes import Running, free_port
from .step import Failure, until

CONFIGURATION = """
server:
  ip-address: 127.0.0.1@{port}
  username: ""
  chroot: ""
  zonesdir: "{folder}"
  zonelistfile: "{folder}/zone.list"
  xfrdfile: ""
  pidfile: "{folder}/nsd.pid"
  xfrdir: "{folder}"
  database: ""
  server-count: 1
remote-control:
  control-enable: no
"""
SOA = "$TTL 5\n@ IN SOA ns.{zone}. postmaster.{zone}. 1 60 60 600 5\n@ IN NS ns.{zone}.\nns IN A 127.0.0.1\n"


class NameServer:
    """A name server on a free port of 127.0.0.1; `zones` are records (RFC 1035) by the names of their zones."""

    def __init__(self, step, zones, name="nsd"):
        self.folder = pathlib.Path(step.logs) / name
        self.folder.mkdir()
        self.port = free_port()
        self.address = f"127.0.0.1:{self.port}"
        text = CONFIGURATION.format(folder=self.folder, port=self.port)
        for zone, records in zones.items():
            (self.folder / f"{zone}.zone").write_text(SOA.format(zone=zone) + records + "\n")
            text += f'zone:\n  name: "{zone}"\n  zonefile: "{zone}.zone"\n'
        (self.folder / "nsd.conf").write_text(text)
        self.running = None

    def __enter__(self):
        self.running = Running(["nsd", "-d", "-c", self.folder / "nsd.conf"], self.folder / "log")
        try:
            self.running.wait_for(self.port)
            until(lambda: "nsd started" in self.running.said(), 20, "NSD did not start")
        except Failure:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.running:
            self.running.__exit__()
