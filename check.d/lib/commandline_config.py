"""The configuration: what is wrong in it is told with file, line and key, and ends with status 78."""

import re

from .mailserver import MailServer, listener, mailwright
from .processes import free_port, succeed
from .step import expect, expect_in, expect_true

CONFIG = 78

# name: (text, line, key or other words that must be told)
WRONG = {
    "an unknown key": ('data = "var"\nhostnam = "x.example"\n', 2, ["hostnam"]),
    "an unknown table": ('data = "var"\n[quee]\nstore = "none"\n', 2, ["quee"]),
    "a number for a name": ("hostname = 5\n", 1, ["hostname", "5"]),
    "a text for a number": ('[limits]\nrecipients = "many"\n', 2, ["limits.recipients", "many"]),
    "a number out of range": ("\n[limits]\nrecipients = 0\n", 3, ["limits.recipients", "0"]),
    "a number for a list": ("[domains]\nlocal = 5\n", 2, ["domains.local", "5"]),
    "an unknown choice": ('[queue]\n\nstore = "sqlite9"\n', 3, ["queue.store", "none", "sqlite9"]),
    "a role that does not exist": (listener("mx", "mxx"), 3, ["role", "mx", "submission", "lmtp", "mxx"]),
    "a port that does not exist": (listener("mx", "mx", address="127.0.0.1:99999"), 4, ["address", "99999"]),
    "a TLS that does not exist": (listener("mx", "mx", "ssl"), 5, ["tls", "starttls", "implicit", "ssl"]),
    "a listener without a role": ('[[listener]]\nname = "mx"\naddress = "127.0.0.1:0"\n', 1, ["role"]),
    "two listeners of one name": (listener("mx", "mx") + listener("mx", "mx"), 7, ["name", "mx"]),
    "an extension that is not installed": (
        listener("mx", "mx", more='extensions = ["PIPELINING", "X-NOTHING"]\n'), 6, ["extensions", "X-NOTHING"]),
    "a size that is none": ('[extension.SIZE]\nlimit = "50 bananas"\n', 2, ["limit", "bananas"]),
    "an unknown key of an extension": ('[extension.SIZE]\nlimits = "1MiB"\n', 2, ["limits"]),
    "a time that is none": ('[timeouts]\ncommand = "soon"\n', 2, ["timeouts.command", "soon"]),
    "a Maildir without a user": ('[delivery]\nmaildir = "var/mail"\n', 2, ["delivery.maildir", "{user}"]),
    "a text that is not closed": ('data = "var"\nhostname = "x\n', 2, []),
    "a key twice": ('hostname = "a.example"\nhostname = "b.example"\n', 2, ["hostname"]),
    "a certificate without a key": ('[tls]\ncertificate = "cert.pem"\n', 2, ["tls"]),
}


def cases(check):
    folder = check.logs / "config"
    folder.mkdir()
    file = folder / "wrong.toml"
    for name, (text, line, words) in WRONG.items():
        with check.case(f"check-config, {name}"):
            file.write_text(text)
            done = mailwright(check, "check-config", "--config", file)
            expect(done.status, CONFIG, f"status ({done.text})")
            told = done.err.decode()
            expect_in(f"{file}:{line}", told, "told")
            for word in words:
                expect_in(word, told, "told")
            expect_true("Exception" not in told, f"a stack trace: {told}")
    with check.case("check-config tells all that is wrong, not only the first"):
        file.write_text('hostname = 5\n[queue]\nstore = "x"\n[limits]\nrecipients = true\n')
        told = mailwright(check, "check-config", "--config", file).err.decode()
        for word in ("hostname", "queue.store", "limits.recipients"):
            expect_in(word, told, "told")
    with check.case("serve, a wrong configuration"):
        file.write_text('hostname = "x.example"\n[queue]\nstore = "x"\n')
        done = mailwright(check, "serve", "--config", file)
        expect(done.status, CONFIG, f"status ({done.text})")
        expect_in(f"{file}:3", done.err.decode(), "told")
    with check.case("check-config, a file that is not there"):
        done = mailwright(check, "check-config", "--config", folder / "nothing.toml")
        expect_true(done.status in (66, CONFIG), f"status {done.status} ({done.text})")
        expect_in("nothing.toml", done.err.decode(), "told")
    with check.case("check-config, an empty file and the file that is shipped are right"):
        file.write_text("")
        expect(mailwright(check, "check-config", "--config", file).status, 0, "status")
    _defaults(check, folder)
    _unusable(check)


def _defaults(check, folder):
    with check.case("print-defaults is a right configuration, and starts a server"):
        done = mailwright(check, "print-defaults")
        expect(done.status, 0, "status")
        text = done.out.decode()
        file = folder / "defaults.toml"
        file.write_text(text)
        done = mailwright(check, "check-config", "--config", file)
        expect(done.status, 0, f"status of check-config ({done.text})")
        for key in ("hostname", "data", "role", "local", "unknown-recipients", "store", "maildir", "limit",
                    "certificate"):
            expect_true(re.search(rf"^#? ?{key} = ", text, re.MULTILINE), f"no key {key} in {text}")
        server = MailServer(check, "defaults")
        server.config.write_text(re.sub(r'(address = "127\.0\.0\.1):\d+"', r'\1:0"', text))
        with server:
            expect(sorted(server.addresses), ["lmtp", "mx", "submission", "submissions"], "listeners")
    with check.case("print-defaults: one line of help for each key"):
        helped = set()
        table = before = ""
        for line in text.splitlines():
            found = re.match(r"(?:# ?)?(\[+.*\]+|[a-z-]+ = )", line)
            if found and found[1].startswith("["):
                table = found[1]
            elif found and before.startswith("# "):
                helped.add((table, found[1]))
            elif found:
                # The listeners after the first need not say it again.
                expect_true((table, found[1]) in helped, f"no help for {line!r} in {table}")
            before = line


def _unusable(check):
    """What is written rightly, and cannot be used."""
    with check.case("serve, a port in use"):
        port = free_port()
        listeners = listener("mx", "mx", address=f"127.0.0.1:{port}")
        with MailServer(check, "first", listeners):
            second = MailServer(check, "second", listener("other", "mx") + listeners)
            done = mailwright(check, "serve", "--config", second.config)
            expect(done.status, 69, f"status ({done.text})")
            expect_in(f"127.0.0.1 port {port}", done.err.decode(), "told")
            expect_in("in use", done.err.decode(), "told")
            expect_true("ready" not in done.out.decode().split("\n"), "it said that it is ready")
    for name, content in (("is not there", None), ("is none", b"not a key\n"), ("is a folder", "folder")):
        with check.case(f"serve, a TLS key that {name}"):
            server = MailServer(check, f"key-{name.replace(' ', '-')}", listener("mx", "mx"),
                                '[tls]\ncertificate = "cert.pem"\nkey = "the-key.pem"\n')
            made = mailwright(check, "check-config", "--config", server.config)
            expect(made.status, CONFIG, f"status without both files ({made.text})")
            key = server.folder / "the-key.pem"
            if content == "folder":
                key.mkdir()
            elif content:
                key.write_bytes(content)
            _certificate(check, server.folder)
            done = mailwright(check, "serve", "--config", server.config)
            expect(done.status, CONFIG, f"status ({done.text})")
            expect_in(str(key), done.err.decode(), "told")
            expect_true("Exception" not in done.text, f"a stack trace: {done.text}")


def _certificate(check, folder):
    succeed(check, ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=x",
                    "-keyout", folder / "other-key.pem", "-out", folder / "cert.pem"])
