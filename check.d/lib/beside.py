"""Programs of packages that cannot be installed beside Postfix: unpacked, and seen in a mount namespace of their own.

Such a program sees its files where it expects them, below /usr, users of its own in /etc/passwd, and folders of its own
where its package would have had some. Nothing of it is seen from outside; the network is the one that all have.
"""

import os
import pathlib

from .step import Failure

UNPACKED = pathlib.Path(__file__).parents[2] / "target/beside"
ENTER = r"""set -e
mount -t overlay overlay -o "lowerdir=$BESIDE_TREE/usr:/usr" /usr
mount -t overlay overlay -o "lowerdir=$BESIDE_ETC:/etc" /etc
for folder in $BESIDE_FRESH; do
    mount -t tmpfs -o mode=755 tmpfs "${folder%%:*}"
    mkdir -p "${folder%%:*}/${folder#*:}"
    chmod 711 "${folder%%:*}/${folder#*:}"
done
exec "$@"
"""


class Beside:
    """One unpacked program: where it is, who it runs as, and which folders it finds empty."""

    def __init__(self, name, folder, users, fresh=(), etc=None):
        if os.geteuid() != 0:
            raise Failure(f"{name} runs only when root starts it")
        self.tree = UNPACKED / name / "tree"
        if not self.tree.is_dir():
            raise Failure(f"{name} is not unpacked: ./check packages")
        self.etc = pathlib.Path(folder) / "etc"
        self.etc.mkdir()
        self.fresh = fresh
        for file, number, more in (("passwd", "x:{0}:{0}", "::/:/usr/sbin/nologin"), ("group", "x:{0}", ":")):
            known = pathlib.Path("/etc", file).read_text()
            for at, user in enumerate(users):
                if f"\n{user}:" not in known:
                    known += f"{user}:{number.format(60900 + at)}{more}\n"
            (self.etc / file).write_text(known)
        for path, text in (etc or {}).items():
            (self.etc / path).parent.mkdir(parents=True, exist_ok=True)
            (self.etc / path).write_text(text)

    def command(self, *words):
        """The words that start the program so; they replace themselves by it, so that its process id is theirs."""
        return ["unshare", "--mount", "sh", "-c", ENTER, "sh", *words]

    def env(self):
        return dict(os.environ, BESIDE_TREE=str(self.tree), BESIDE_ETC=str(self.etc),
                    BESIDE_FRESH=" ".join(f"{parent}:{inner}" for parent, inner in self.fresh))
