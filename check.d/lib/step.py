"""A step of the check: cases, one line of output each, and the exit status."""

import contextlib
import os
import pathlib
import shutil
import signal
import sys
import tempfile
import time
import traceback


class Failure(Exception):
    """A case does not hold; the text says what was expected and what was found."""


class Step:
    """Runs the cases of a step one after the other: a failed one does not keep the others from running."""

    def __init__(self, name):
        logs = pathlib.Path(os.environ.get("CHECK_LOGS", tempfile.gettempdir()))
        self.logs = logs / name
        shutil.rmtree(self.logs, ignore_errors=True)
        self.logs.mkdir(parents=True)
        self.passed = self.failed = self.skipped = 0

    @contextlib.contextmanager
    def case(self, name):
        """One case: its body raises when it does not hold."""
        begin = time.monotonic()
        try:
            yield
        except Exception as e:  # whatever goes wrong in a case is told as its failure
            self.failed += 1
            reason = str(e) if isinstance(e, Failure) else f"{type(e).__name__}: {e}"
            print(f"FAIL  {name}: {reason}", flush=True)
            with open(self.logs / "failures", "a", encoding="utf-8") as log:
                log.write(f"{name}\n{traceback.format_exc()}\n")
        else:
            self.passed += 1
            print(f"ok    {name}  ({time.monotonic() - begin:.1f} s)", flush=True)

    @contextlib.contextmanager
    def unbroken(self):
        """What stands between the cases, such as starting a server: when it fails, that is a failed case."""
        try:
            yield
        except Exception as e:
            with self.case("what the cases need"):
                raise e

    def skip(self, name, why):
        """A case that cannot run here; says so."""
        self.skipped += 1
        print(f"skip  {name}: {why}", flush=True)

    def end(self):
        print(f"{self.passed} cases hold, {self.failed} do not, {self.skipped} skipped; logs in {self.logs}", flush=True)
        return 1 if self.failed or not self.passed + self.skipped else 0


def run(name, about, cases):
    """Runs cases(step) and ends the program. A signal ends it in good order, so that what was started is stopped."""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    print(about, flush=True)
    step = Step(name)
    with step.unbroken():
        cases(step)
    sys.exit(step.end())


def expect(found, wanted, what):
    """Fails unless the two are equal."""
    if found != wanted:
        raise Failure(f"{what}: expected {wanted!r}, found {found!r}")


def expect_in(part, text, what):
    """Fails unless the part is in the text."""
    if part not in text:
        raise Failure(f"{what}: expected {part!r} in {text!r}")


def expect_true(holds, message):
    """Fails with the message unless it holds."""
    if not holds:
        raise Failure(message)


def until(holds, seconds, message):
    """Waits until holds() gives something, and gives it; fails with the message when the time is over."""
    end = time.monotonic() + seconds
    while True:
        found = holds()
        if found:
            return found
        if time.monotonic() > end:
            raise Failure(f"{message} (waited {seconds} s)")
        time.sleep(0.02)
