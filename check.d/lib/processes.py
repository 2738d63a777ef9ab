"""Programs that a step runs, and those it starts and ends by their process id."""

import contextlib
import shlex
import shutil
import signal
import socket
import subprocess

from .step import Failure, until


class Done:
    """A program that has ended."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def text(self):
        """All that it wrote."""
        return (self.out + self.err).decode("utf-8", "replace")


def call(step, command, stdin=b"", timeout=60, env=None, cwd=None):
    """Runs a program to its end, and notes command and result in the step's log."""
    command = [str(word) for word in command]
    try:
        ended = subprocess.run(command, input=stdin, capture_output=True, timeout=timeout, env=env, cwd=cwd, check=False)
    except subprocess.TimeoutExpired as e:
        _note(step, command, "time-out", e.stdout or b"", e.stderr or b"")
        raise Failure(f"{command[0]} still ran after {timeout} s") from e
    _note(step, command, ended.returncode, ended.stdout, ended.stderr)
    return Done(ended.returncode, ended.stdout, ended.stderr)


def succeed(step, command, **options):
    """Runs a program, and fails when it does."""
    done = call(step, command, **options)
    if done.status != 0:
        raise Failure(f"{command[0]} ended with status {done.status}: {done.text.strip()[-600:]}")
    return done


def _note(step, command, status, out, err):
    with open(step.logs / "commands", "ab") as log:
        log.write(f"$ {shlex.join(command)}\n".encode())
        log.write(out[-20_000:] + err[-20_000:] + f"[{status}]\n\n".encode())


class Running:
    """A program in the background. Leaving the with-block ends it."""

    def __init__(self, command, log, cwd=None, env=None):
        self.log = log
        with open(log, "wb") as out:
            self.process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, cwd=cwd, env=env,
                start_new_session=True)

    def said(self):
        return self.log.read_text(encoding="utf-8", errors="replace")

    def alive(self):
        return self.process.poll() is None

    def wait_for(self, port, seconds=30, host="127.0.0.1"):
        """Waits until the program takes connections on a port."""

        def open_or_ended():
            if not self.alive():
                raise Failure(f"the server ended: {self.said()[-600:]}")
            return listens(port, host)

        until(open_or_ended, seconds, f"nothing listens on port {port}: {self.said()[-600:]}")

    def stop(self, number=signal.SIGTERM, seconds=30):
        """Ends it and gives its status; kills it when it does not end."""
        if self.alive():
            self.process.send_signal(number)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise Failure(f"did not end within {seconds} s of signal {number}") from None
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.alive():
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Own:
    """A program with a folder of its own, which goes with it. What a subclass says of it: `folder`; the `command` that
    starts it; the `ports_to_wait_for`; and `printed`, the file for what it writes."""

    running = None

    def __enter__(self):
        try:
            self.running = Running(self.command, self.printed)
            for port in self.ports_to_wait_for:
                self.running.wait_for(port)
            return self
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        if self.running:
            self.running.__exit__()
        shutil.rmtree(self.folder, ignore_errors=True)


def free_port():
    """A port of 127.0.0.1 that was free a moment ago; for programs that cannot choose one themselves."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port, host="127.0.0.1"):
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex((host, port)) == 0


def free_host(port=25):
    """An address of this host's loopback network whose port is free: mail goes to port 25 of an MX, to no other."""
    for last in range(11, 250):
        host = f"127.0.0.{last}"
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind((host, port))
            return host
    raise Failure(f"port {port} of no address 127.0.0.x can be had")
