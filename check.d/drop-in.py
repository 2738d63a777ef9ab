#!/usr/bin/python3 -B
"""Drops the example vendor's extension into an installation: it is offered and taken; taken out again: neither."""

import os
import pathlib
import shutil
import smtplib

from lib import step
from lib.mailserver import DOMAIN, MailServer, launcher, listener
from lib.messages import mail
from lib.processes import call, succeed
from lib.step import Failure, expect, expect_in, expect_true

CHECKOUT = pathlib.Path(__file__).resolve().parents[1]
SENDER, USER = "sender@example.org", f"user1@{DOMAIN}"
ID = "X-RETAIN"


def cases(check):
    installation = check.logs / "installation"
    shutil.copytree(pathlib.Path(launcher()).parents[1], installation)
    os.environ["MAILWRIGHT"] = str(installation / "bin/mailwright")
    jars = [jar for jar in (CHECKOUT / "examples/vendor-extension/target").glob("example-vendor-extension-*.jar")
            if not jar.stem.endswith(("-sources", "-javadoc", "-tests"))]
    if len(jars) != 1:
        raise Failure(f"expected one jar in examples/vendor-extension/target, found {jars}: build it first")
    plugins = installation / "lib/ext"

    with check.case("without the jar: not there, neither offered nor taken"):
        _absent(check, "before")
    for name, target in (("the jar in lib/ext", plugins / jars[0].name),
                         ("a folder with the jar in lib/ext", plugins / "vendor" / jars[0].name)):
        target.parent.mkdir(exist_ok=True)
        shutil.copy(jars[0], target)
        with check.case(f"{name}: listed, offered, taken, and turned off per listener"):
            _present(check, name.replace(" ", "-").replace("/", "-"))
        if target.parent == plugins:
            target.unlink()
        else:
            shutil.rmtree(target.parent)
    with check.case("its configuration is read, and what is wrong in it is told"):
        shutil.copy(jars[0], plugins)
        _configured(check)
    with check.case("a jar that is none: named, and no stack trace"):
        broken = plugins / "broken.jar"
        broken.write_bytes(b"not a jar")
        done = call(check, [launcher(), "extensions"], cwd=check.logs)
        expect_in("broken.jar", done.err.decode(), "told")
        expect_true("Exception" not in done.text, f"a stack trace: {done.text}")
        broken.unlink()
    with check.case("the jar taken out again: not there, neither offered nor taken"):
        (plugins / jars[0].name).unlink()
        _absent(check, "after")


def _connect(server, name="mx"):
    client = smtplib.SMTP("127.0.0.1", server.port(name), timeout=30)
    client.ehlo()
    return client


def _listed(check):
    return succeed(check, [launcher(), "extensions"], cwd=check.logs).out.decode()


def _absent(check, name):
    expect_true(ID not in _listed(check), "it is listed")
    server = MailServer(check, name, listener("mx", "mx"))
    server.add_users()
    with server, _connect(server) as client:
        expect_true(ID.lower() not in client.esmtp_features, "it is offered")
        expect(client.docmd("XRETAIN")[0], 500, "verb")
        expect(client.docmd(f"MAIL FROM:<{SENDER}> {ID}=30")[0], 555, "parameter")


def _present(check, name):
    text = _listed(check)
    line = next((line for line in text.splitlines() if line.startswith(ID)), None)
    if line is None:
        raise Failure(f"it is not listed: {text}")
    for word in ("lib/ext/", "XRETAIN"):
        expect_in(word, line, "listed")
    listeners = listener("mx", "mx") + listener("few", "mx", more='extensions = ["SIZE"]\n')
    server = MailServer(check, name, listeners)
    server.add_users()
    with server:
        with _connect(server) as client:
            expect(client.esmtp_features.get(ID.lower()), "3650", "parameters of the keyword")
            expect(client.docmd("XRETAIN")[0], 250, "verb")
            sent = mail()
            expect(client.sendmail(SENDER, [USER], sent, [f"{ID}=30"]), {}, "refused recipients")
            server.expect_arrived(sent, "ESMTP")
            expect(client.docmd(f"MAIL FROM:<{SENDER}> {ID}=never")[0], 501, "a wrong parameter")
        with _connect(server, "few") as client:
            expect_true(ID.lower() not in client.esmtp_features, "it is offered where it is not named")
            expect(client.docmd(f"MAIL FROM:<{SENDER}> {ID}=30")[0], 555, "parameter where it is not named")


def _configured(check):
    server = MailServer(check, "configured", listener("mx", "mx"), f"[extension.{ID}]\nmost-days = 365\n")
    with server, _connect(server) as client:
        expect(client.esmtp_features.get(ID.lower()), "365", "parameters of the keyword")
        expect(client.docmd(f"MAIL FROM:<{SENDER}> {ID}=366")[0], 501, "more than the most")
        expect(client.docmd(f"MAIL FROM:<{SENDER}> {ID}=365")[0], 250, "the most")
    wrong = MailServer(check, "wrong", listener("mx", "mx"), f"[extension.{ID}]\nmost-days = 0\n")
    done = call(check, [launcher(), "check-config", "--config", wrong.config])
    expect(done.status, 78, f"status ({done.text})")
    for word in (str(wrong.config), "most-days", "36500"):
        expect_in(word, done.err.decode(), "told")


if __name__ == "__main__":
    step.run("drop-in", "An extension comes and goes with its jar.", cases)
