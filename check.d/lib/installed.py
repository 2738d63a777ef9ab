"""What `mailwright extensions` tells of the extensions that are installed."""

from .mailserver import mailwright
from .step import Failure, expect

_PARTS = {"keywords": "keywords", "verbs": "verbs", "MAIL parameters": "mail", "RCPT parameters": "rcpt",
          "requires": "requires", "gates at": "gates", "excludes": "excludes"}


class Listed:
    """One extension as it is listed."""

    def __init__(self, line):
        words = line.split(None, 2)
        self.id, self.source = words[0], words[1]
        self.keywords = self.verbs = self.mail = self.rcpt = self.requires = self.gates = self.excludes = ()
        for part in filter(None, words[2].split("; ") if len(words) > 2 else []):
            name = next((name for name in _PARTS if part.startswith(f"{name} ")), None)
            if name is None:
                raise Failure(f"`mailwright extensions` says of {self.id}: {part!r}, and that is not understood")
            setattr(self, _PARTS[name], tuple(part[len(name):].split()))


def installed(check):
    """All that are installed, by their ids."""
    done = mailwright(check, "extensions", cwd=check.logs)
    expect(done.status, 0, f"status ({done.text.strip()[-300:]})")
    table = done.out.decode().split("\n\n", 1)[0]
    listed = [Listed(line) for line in table.splitlines() if line.strip()]
    return {one.id: one for one in listed}


def without(listed, gone):
    """The ids of those that are left when one is taken away, and with it all that require it."""
    away = {gone}
    while more := {one.id for one in listed.values() if away & set(one.requires)} - away:
        away |= more
    return [name for name in listed if name not in away]
