"""What the scripts need of the machine: a JDK, free ports, processes and what /proc says of them. Linux only."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
TARGET = HERE / "target"
HOST = "127.0.0.1"
TICKS = os.sysconf("SC_CLK_TCK")


def fail(message):
    sys.exit("error: " + message)


def java(tool="java"):
    """The java (or jcmd) of the JDK that the build uses."""
    found = subprocess.run([HERE.parent / "config" / "java-home"], stdout=subprocess.PIPE, text=True, check=False)
    return f"{found.stdout.strip()}/bin/{tool}" if found.returncode == 0 else sys.exit(1)


def benchmarks_class_path():
    listed = TARGET / "class-path.txt"
    if not listed.is_file():
        fail(f"not built yet: run {HERE}/prepare")
    return f"{TARGET / 'classes'}:{listed.read_text().strip()}"


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def greeting(port, seconds=60, process=None):
    """Waits until a server says 220; gives the time at which it did. The last connection is closed with QUIT."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process is not None and process.poll() is not None:
            fail(f"the server ended with status {process.returncode} before it answered")
        try:
            with socket.create_connection((HOST, port), timeout=seconds) as line:
                if line.recv(512).startswith(b"220"):
                    answered = time.monotonic()
                    line.sendall(b"QUIT\r\n")
                    line.recv(512)
                    return answered
        except OSError:
            time.sleep(0.002)
    fail(f"no 220 from port {port} within {seconds} s")


def descendants(pid):
    """The process and all that it started, as far as they live."""
    found, left = [], [pid]
    while left:
        one = left.pop()
        found.append(one)
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                left += [int(p) for p in Path(f"/proc/{one}/task/{task}/children").read_text().split()]
        except OSError:
            pass
    return found


def cpu_seconds(pid):
    """User and system time of a process tree: all threads, children that live and children that were waited for."""
    ticks = 0
    for one in descendants(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += sum(int(f) for f in fields[11:15])
        except OSError:
            pass
    return ticks / TICKS


def memory_kib(pid, key="VmRSS"):
    """Resident memory of a process tree in KiB: VmRSS now, VmHWM the peak since the last reset."""
    total = 0
    for one in descendants(pid):
        try:
            found = re.search(rf"^{key}:\s+(\d+)", Path(f"/proc/{one}/status").read_text(), re.M)
            total += int(found.group(1)) if found else 0
        except OSError:
            pass
    return total


def reset_peak(pid):
    for one in descendants(pid):
        try:
            Path(f"/proc/{one}/clear_refs").write_text("5")
        except OSError:
            pass


def settle(folder, seconds=30):
    """Waits until the disk of a folder has done what was left to it, such as giving up the blocks of removed files."""
    os.sync()
    device = os.stat(folder).st_dev
    counts = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}/stat")
    end = time.monotonic() + seconds
    before = None
    if not counts.is_file():
        print(f"nothing tells whether the disk of {folder} is at rest", file=sys.stderr)
        return
    while counts.read_text() != before:
        if time.monotonic() > end:
            print(f"the disk of {folder} is not at rest after {seconds} s", file=sys.stderr)
            return
        before = counts.read_text()
        time.sleep(1)


def stop(process, seconds=20):
    """Ends a process that we started: SIGTERM to its own process group, SIGKILL if it does not listen."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return process.returncode


def start(command, log, env=None, cwd=None):
    """Starts a server in a process group of its own; what it prints goes to the file log."""
    with open(log, "ab") as out:
        return subprocess.Popen([str(c) for c in command], stdout=out, stderr=out, stdin=subprocess.DEVNULL,
                                env={**os.environ, **(env or {})}, cwd=cwd, start_new_session=True)


def timed(command, log):
    """Runs a command to its end; gives (seconds, CPU-seconds of it and its children, output)."""
    before = os.times()
    began = time.monotonic()
    with open(log, "ab") as errors:
        done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, stderr=errors, check=False)
    took = time.monotonic() - began
    after = os.times()
    cpu = (after.children_user + after.children_system) - (before.children_user + before.children_system)
    if done.returncode != 0:
        fail(f"{' '.join(map(str, command))}\nended with status {done.returncode}; see {log}\n{done.stdout.decode(errors='replace')}")
    return took, cpu, done.stdout.decode()
