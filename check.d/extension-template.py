#!/usr/bin/python3 -B
"""Makes an extension of the template by its one command, builds it, and drops it into an installation."""

import os
import pathlib
import re
import shutil
import smtplib

from lib import step
from lib.installed import installed
from lib.mailserver import DOMAIN, MailServer, launcher, listener
from lib.messages import mail
from lib.processes import call, succeed
from lib.step import expect, expect_in, expect_true

CHECKOUT = pathlib.Path(__file__).resolve().parents[1]
COMMAND = CHECKOUT / "new-extension"
NAME, KEY = "X-CHECK-LEVEL", "x-check-level"
SENDER, USER = "sender@example.org", f"user1@{DOMAIN}"


def cases(check):
    folder = check.logs / KEY
    with check.case("one command makes it; a second one does not write over it, and a wrong name is told"):
        done = succeed(check, [COMMAND, NAME, folder, "com.vendor.mail"])
        expect_in("CheckLevelExtension", done.out.decode(), "told")
        for file in folder.rglob("*"):
            expect_true(file.is_dir() or not re.search(r"@[A-Za-z.-]+@", file.read_text()), f"{file} is not filled in")
        expect(call(check, [COMMAND, NAME, folder]).status, 64, "status of the second time")
        expect(call(check, [COMMAND, "NOT/ONE", check.logs / "no"]).status, 64, "status with a wrong name")
        expect_true(not (check.logs / "no").exists(), "something was written for a wrong name")
    with check.case("it builds, and its tests pass"):
        repository = f"-Dmaven.repo.local={_repository(check)}"
        java = succeed(check, [CHECKOUT / "config/java-home"]).out.decode().strip()
        done = succeed(check, [CHECKOUT / "config/maven", "--batch-mode", "--offline", repository,
                               "-f", folder / "pom.xml", "package"],
                       env=dict(os.environ, JAVA_HOME=java), timeout=300)
        result = done.out.decode().rsplit("Results", 1)[-1]
        run = re.search(r"Tests run: (\d+), Failures: 0, Errors: 0, Skipped: 0", result)
        expect_true(run and int(run.group(1)) >= 10, "fewer than 10 tests were run")
    with check.case("dropped into an installation: listed, offered, taken, and refused where the value is wrong"):
        installation = check.logs / "installation"
        shutil.copytree(pathlib.Path(launcher()).parents[1], installation)
        os.environ["MAILWRIGHT"] = str(installation / "bin/mailwright")
        shutil.copy(next((folder / "target").glob(f"{KEY}-extension-*.jar")), installation / "lib/ext")
        _works(check)


def _works(check):
    one = installed(check)[NAME]
    expect((one.keywords, one.verbs, one.mail), ((NAME,), ("XCHECKLEVEL",), (NAME,)), "listed")
    server = MailServer(check, "server", listener("mx", "mx"),
                        f'[queue]\nstore = "none"\n[extension.{NAME}]\nmost = 7\n')
    server.add_users()
    with server, smtplib.SMTP("127.0.0.1", server.port("mx"), timeout=30) as client:
        client.ehlo()
        expect(client.esmtp_features.get(KEY), "7", "parameters of the keyword")
        expect(client.docmd("XCHECKLEVEL"), (250, b"2.0.0 7 at most"), "verb")
        sent = mail()
        expect(client.sendmail(SENDER, [USER], sent, [f"{NAME}=7"]), {}, "refused recipients")
        server.expect_arrived(sent, "ESMTP")
        expect(client.docmd(f"MAIL FROM:<{SENDER}> {NAME}=8")[0], 501, "more than the most")


def _repository(check):
    """Maven's local repository as this user has it, but with the modules of this checkout."""
    usual = pathlib.Path.home() / ".m2/repository"
    own = check.logs / "repository"
    for folder, besides in ((usual, "org"), (usual / "org", "mailwright")):
        target = own / folder.relative_to(usual)
        target.mkdir(parents=True, exist_ok=True)
        for entry in folder.iterdir():
            if entry.name != besides:
                (target / entry.name).symlink_to(entry)
    version = re.search(r"<version>(.*)</version>", (CHECKOUT / "pom.xml").read_text()).group(1)
    for pom in (CHECKOUT / "pom.xml", *CHECKOUT.glob("smtp-*/pom.xml")):
        artifact = "mailwright" if pom.parent == CHECKOUT else pom.parent.name
        target = own / "org/mailwright" / artifact / version
        target.mkdir(parents=True)
        shutil.copy(pom, target / f"{artifact}-{version}.pom")
        jar = pom.parent / "target" / f"{artifact}-{version}.jar"
        if jar.exists():
            shutil.copy(jar, target)
    return own


if __name__ == "__main__":
    step.run("extension-template", "An extension made of the template builds and works.", cases)
