#!/usr/bin/python3 -B
"""Looks at what is shipped: the archives, the systemd unit and the Dockerfile, without installing any of it."""

import pathlib
import re
import shutil
import tarfile
import zipfile

from lib import step
from lib.mailserver import launcher
from lib.processes import call, succeed
from lib.step import Failure, expect, expect_in, expect_true

CHECKOUT = pathlib.Path(__file__).resolve().parents[1]
NEEDED = ("bin/mailwright", "bin/mailwright-prepare", "conf/mailwright.toml", "lib/ext/", "Dockerfile", "LICENSE",
          "README.md", "share/systemd/mailwright.service")


def cases(check):
    installation = pathlib.Path(launcher()).parents[1]
    target = CHECKOUT / "distribution/target"
    for kind in ("tar.gz", "zip"):
        with check.case(f"the {kind} unpacks into one folder that runs"):
            _archive(check, target, kind)
    with check.case("the configuration that is shipped is right"):
        done = succeed(check, [launcher(), "check-config", "--config", installation / "conf/mailwright.toml"])
        expect(done.err, b"", "standard error")
    _unit(check, installation / "share/systemd/mailwright.service")
    _dockerfile(check, installation)


def _archive(check, target, kind):
    found = list(target.glob(f"mailwright-*.{kind}"))
    expect(len(found), 1, f"archives in {target}")
    folder = check.logs / kind
    if kind == "zip":
        with zipfile.ZipFile(found[0]) as archive:
            archive.extractall(folder)
            for entry in archive.infolist():
                # What unzip does, and Python does not.
                mode = entry.external_attr >> 16
                if mode and not entry.is_dir():
                    (folder / entry.filename).chmod(mode & 0o777)
    else:
        with tarfile.open(found[0]) as archive:
            archive.extractall(folder)
    tops = list(folder.iterdir())
    expect(len(tops), 1, "folders at the top")
    for name in NEEDED:
        file = tops[0] / name
        expect_true(file.is_dir() if name.endswith("/") else file.is_file(), f"there is no {name}")
    for program in (tops[0] / "bin").iterdir():
        expect_true(program.stat().st_mode & 0o111 == 0o111, f"{program.name} is not executable")
    expect_true(not list(tops[0].glob("lib/*.archive")), "an archive of this machine's classes is in it")
    expect_true(list((tops[0] / "lib").glob("smtp-core-*.jar")), "no smtp-core in lib")
    done = succeed(check, [tops[0] / "bin/mailwright", "version"])
    expect_in("mailwright ", done.out.decode(), "version")
    expect(done.err, b"", "standard error")


def _unit(check, unit):
    name = "the systemd unit: systemd-analyze verify"
    if shutil.which("systemd-analyze"):
        with check.case(name):
            # It looks for the programs, which are installed elsewhere here.
            text = unit.read_text().replace("/opt/mailwright", str(unit.parents[2]))
            copy = check.logs / unit.name
            copy.write_text(text)
            done = call(check, ["systemd-analyze", "verify", "--man=no", copy])
            complaints = [line for line in done.text.splitlines() if unit.name in line]
            expect(complaints, [], "complaints")
            expect(done.status, 0, f"status ({done.text})")
    else:
        check.skip(name, "systemd-analyze is not here")
    with check.case("the systemd unit: hardened, and its commands are those of the command line"):
        text = unit.read_text()
        for key, value in {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes",
                           "PrivateTmp": "yes", "PrivateDevices": "yes", "RestrictNamespaces": "yes",
                           "CapabilityBoundingSet": "CAP_NET_BIND_SERVICE", "SystemCallArchitectures": "native",
                           "Restart": "on-failure"}.items():
            expect_true(re.search(rf"^{key}={value}$", text, re.MULTILINE), f"no {key}={value}")
        for words in re.findall(r"^ExecStart(?:Pre)?=/opt/mailwright/bin/mailwright (.*)$", text, re.MULTILINE):
            expect_in("Usage: mailwright", call(check, [launcher(), words.split()[0], "--help"]).out.decode(), words)


def _dockerfile(check, installation):
    with check.case("the Dockerfile: known instructions, files that are there, and not as root"):
        text = (installation / "Dockerfile").read_text()
        joined = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
        found = [line.split(None, 1) for line in joined.splitlines() if line.strip()]
        known = {"FROM", "ARG", "ENV", "RUN", "COPY", "USER", "WORKDIR", "VOLUME", "EXPOSE", "STOPSIGNAL",
                 "ENTRYPOINT", "CMD", "LABEL", "HEALTHCHECK"}
        unknown = [words[0] for words in found if words[0] not in known or len(words) != 2]
        expect(unknown, [], "unknown instructions")
        expect_true(found[0][0] in ("FROM", "ARG"), "it does not begin with FROM")
        for verb, rest in found:
            if verb == "COPY" and "--from=" not in rest:
                for source in [word for word in rest.split()[:-1] if not word.startswith("--")]:
                    expect_true((installation / source).exists(), f"COPY {source}: there is no such file")
        users = [rest for verb, rest in found if verb == "USER"]
        if not users or users[-1] in ("root", "0"):
            raise Failure("it runs as root")
        expect_true(any(verb == "ENTRYPOINT" and "bin/mailwright" in rest for verb, rest in found), "ENTRYPOINT")
        expect(dict(found).get("STOPSIGNAL", "SIGTERM"), "SIGTERM", "STOPSIGNAL")


if __name__ == "__main__":
    step.run("packaging", "What is shipped is complete and right.", cases)
