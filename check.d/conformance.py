#!/usr/bin/python3 -B
"""Runs the protocol cases against our server, and a misbehaving server against our client.

The cases are no part of this project. They are looked for in the folder that MAILWRIGHT_CONFORMANCE names, else in
../shared/conformance beside the checkout; where there are none, the step says so and holds.
"""

import os
import pathlib
import re
import subprocess
import sys

from lib import step
from lib.mailserver import ALL_ROLES, DOMAIN, MailServer, launcher, listener
from lib.step import Failure

CHECKOUT = pathlib.Path(__file__).resolve().parents[1]
MORE = """
[extension.SIZE]
limit = "1MiB"
[extension.AUTH]
failures-per-address = 100000
failure-delay = "100ms"
"""
USER, PASSWORD = f"user1@{DOMAIN}", "secret1"
IN_SUBMISSION = ["--submission", "--feature", "auth-needs-tls"]
PROFILES = {
    "mx": ["--jobs", "8"],
    "submission": ["--jobs", "8", *IN_SUBMISSION, "--starttls"],
    "submissions": ["--jobs", "8", *IN_SUBMISSION, "--implicit-tls"],
    "lmtp": ["--jobs", "8", "--lmtp"],
}
MAIL = b"From: <a@example.org>\r\nTo: <b@example.test>\r\nSubject: check\r\n\r\n.dot\r\n..dots\r\n%s\r\nend\r\n"
# name: (options of the misbehaving server, recipient, more options of our client, what stands in the mail)
CLIENTS = {
    "plain": ([], "rcpt@example.test", [], b""),
    "tls": (["--tls"], "rcpt@example.test", ["--tls", "starttls", "--insecure"], b""),
    "auth": (["--auth"], "rcpt@example.test", ["--user", "user"], b""),
    "8bit": (["--tag", "8bit"], "rcpt@example.test", [], "Gr\u00fc\u00dfe".encode()),
    "utf8": (["--tag", "utf8"], "gr\u00fc\u00dfe@example.test", [], b""),
}


def cases(check):
    folder = _folder(check)
    if folder is None:
        return
    server = MailServer(check, listeners=ALL_ROLES + listener("lmtps", "lmtp"), more=MORE)
    server.add_users()
    with server:
        # One after the other: they measure time.
        for name, options in PROFILES.items():
            with check.case(f"protocol cases, {name}"):
                _server_cases(check, folder, server, name, options)
    running = {name: _client_cases(check, folder, name, *options) for name, options in CLIENTS.items()}
    for name, process in running.items():
        with check.case(f"misbehaving server, {name}"):
            _judge(check, f"client-{name}", process)


def _folder(check):
    named = os.environ.get("MAILWRIGHT_CONFORMANCE")
    folder = pathlib.Path(named) if named else CHECKOUT.parent / "shared/conformance"
    if (folder / "run_cases.py").is_file():
        print(f"the cases are those of {folder}")
        return folder
    if named:
        raise Failure(f"MAILWRIGHT_CONFORMANCE names {folder}, and there is no run_cases.py")
    check.skip("protocol cases", f"there are none in {folder}; MAILWRIGHT_CONFORMANCE can name another folder")
    return None


def _start(check, name, command, **options):
    with open(check.logs / f"{name}.log", "wb") as log:
        return subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log,
                                stderr=subprocess.STDOUT, **options)


def _server_cases(check, folder, server, name, options):
    process = _start(check, f"server-{name}", [
        sys.executable, "-B", folder / "run_cases.py", server.at(name), "--domain", DOMAIN, "--rcpt", USER,
        "--rcpt2", f"user2@{DOMAIN}", "--user", USER, "--pass", PASSWORD, "--maildir", server.folder / "var/mail",
        "--json", check.logs / f"server-{name}.json", "-v", *options])
    _judge(check, f"server-{name}", process)


def _client_cases(check, folder, name, options, recipient, more, content):
    mail = check.logs / f"{name}.eml"
    mail.write_bytes(MAIL % content)
    command = [launcher(), "send", "--server", "{host}:{port}", "--from", "sender@example.org", "--to", recipient,
               *more, mail]
    return _start(check, f"client-{name}", [sys.executable, "-B", folder / "fake_server.py", "run", *options, "-v",
                                            "--", *command],
                  env=dict(os.environ, MAILWRIGHT_PASSWORD="pass", LC_ALL="C.UTF-8"))


def _judge(check, name, process):
    try:
        status = process.wait(400)
    except subprocess.TimeoutExpired as e:
        raise Failure("not done after 400 s") from e
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    said = (check.logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")
    print("\n".join(f"      {line}" for line in said.splitlines()[-3:]))
    if status != 0:
        failed = re.findall(r"^FAIL.*$", said, re.MULTILINE)
        raise Failure("\n      " + "\n      ".join(failed or said.splitlines()[-5:]))


if __name__ == "__main__":
    step.run("conformance", "Protocol cases against our server and our client.", cases)
