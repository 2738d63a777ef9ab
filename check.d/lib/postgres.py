"""A PostgreSQL of the step's own."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

from .processes import Running, free_port, succeed
from .step import Failure, until

USER, PASSWORD, DATABASE = "mailwright", "secret-of-the-check", "mail"


def programs():
    """The folder of the newest PostgreSQL that Debian installed."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    if not found:
        raise Failure("there is no PostgreSQL below /usr/lib/postgresql: ./check packages")
    return found[-1].parent


class Postgres:
    """A cluster on a free port of 127.0.0.1, which keeps its port when it is stopped and started again."""

    user, password = USER, PASSWORD

    def __init__(self, step, settings=()):
        self.step, self.bin = step, programs()
        # Its user has to reach it.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mailwright-postgres-"))
        self.folder.chmod(0o755)
        self.data = self.folder / "data"
        self.data.mkdir()
        self.port = free_port()
        self.running = None
        self.settings = settings
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        if os.geteuid() == 0:
            for file in (self.data, secret):
                shutil.chown(file, "postgres", "postgres")
        succeed(step, self._as_postgres(
            self.bin / "initdb", "-D", self.data, "-U", USER, "--pwfile", secret, "-A", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C", "--no-instructions", "--no-sync"), cwd=self.folder)

    @property
    def url(self):
        """What the driver of Java connects to."""
        return f"jdbc:postgresql://127.0.0.1:{self.port}/{DATABASE}"

    def _as_postgres(self, *words):
        if os.geteuid() != 0:
            return list(words)
        # setpriv replaces itself by the program, so that its process id is the one that we know.
        return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *words]

    def start(self):
        words = [word for setting in self.settings for word in ("-c", setting)]
        self.running = Running(self._as_postgres(
            self.bin / "postgres", "-D", self.data, "-p", self.port, "-c", "listen_addresses=127.0.0.1",
            "-c", f"unix_socket_directories={self.data}", *words), self.step.logs / "postgres.log", cwd=self.folder)
        until(lambda: self.query("SELECT 1", "postgres", check=False) == "1" or not self.running.alive(), 60,
              "PostgreSQL does not answer")
        if not self.running.alive():
            raise Failure(f"PostgreSQL ended: {self.running.said()[-600:]}")
        return self

    def create(self, database=DATABASE):
        """Makes an empty database; one of that name goes."""
        self.query(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)", "postgres")
        self.query(f"CREATE DATABASE {database}", "postgres")

    def stop(self):
        """Stops it in the fast way: it ends all sessions."""
        self.running.stop(signal.SIGINT)

    def query(self, text, database=DATABASE, check=True):
        """Runs SQL and gives what it printed, bare."""
        done = subprocess.run(["psql", "-XqAt", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER, "-d", database,
                               "-c", text], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
                              env=dict(os.environ, PGPASSWORD=PASSWORD), check=False)
        if check and done.returncode != 0:
            raise Failure(f"psql: {done.stderr.strip()}")
        return done.stdout.strip()

    def __enter__(self):
        try:
            self.start()
            self.create()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.running and self.running.alive():
            self.running.stop(signal.SIGINT)
        shutil.rmtree(self.folder, ignore_errors=True)
