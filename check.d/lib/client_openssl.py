"""`openssl s_client` speaks with the server under test: versions, certificates, names, and a whole mail."""

import subprocess

from .mailserver import DOMAIN
from .messages import mail, wire_form
from .processes import call
from .step import Failure, expect, expect_in, expect_true

USER = f"user1@{DOMAIN}"


def cases(check, server, authority):
    starttls = {"mx": "smtp", "submission": "smtp", "lmtps": "lmtp"}
    for listener in ("mx", "submission", "submissions", "lmtps"):
        upgrade = ["-starttls", starttls[listener]] if listener in starttls else []
        for version in ("-tls1_2", "-tls1_3"):
            with check.case(f"openssl, {listener}, {version[1:]}, the certificate is verified"):
                done = _look(check, server, listener, *upgrade, version, "-CAfile", authority,
                             "-verify_return_error", "-verify_hostname", f"mx.{DOMAIN}")
                expect(done.status, 0, f"status ({done.text[-400:]})")
                expect_in("Verify return code: 0 (ok)", done.text, "certificate")
    for version in ("-tls1", "-tls1_1"):
        with check.case(f"openssl, {version[1:]} is refused"):
            done = _look(check, server, "submissions", version, "-cipher", "ALL:@SECLEVEL=0")
            expect_true(done.status != 0 and "Cipher is (NONE)" in done.text, f"it was taken: {done.text[-400:]}")
    for name, subject in ((f"mx.{DOMAIN}", f"mx.{DOMAIN}"), ("other.example.test", "other.example.test"),
                          ("third.example.test", "other.example.test"), ("unknown.example.net", f"mx.{DOMAIN}")):
        with check.case(f"openssl, the certificate for the name {name}"):
            done = _look(check, server, "submissions", "-servername", name)
            expect_in(f"subject=CN = {subject}\n", done.text, "certificate")
    with check.case("openssl, the server closes TLS with a close_notify after QUIT"):
        done = call(check, ["openssl", "s_client", "-connect", server.at("submissions"), "-crlf", "-quiet", "-msg"],
                    stdin=b"EHLO x.example.org\nQUIT\n")
        expect_in("221 2.0.0", done.text, "reply to QUIT")
        expect_in("<<< TLS 1.3, Alert", done.text, "last message of the server")
    with check.case("openssl, a whole mail by hand over STARTTLS, with commands in one segment"):
        sent = mail()
        with Dialogue(["openssl", "s_client", "-connect", server.at("mx"), "-starttls", "smtp", "-quiet",
                       "-CAfile", str(authority), "-verify_return_error"]) as session:
            expect_in("250 ", session.say(b"EHLO x.example.org\r\n", 1), "EHLO")
            session.say(b"MAIL FROM:<sender@example.org>\r\nRCPT TO:<%s>\r\nDATA\r\n" % USER.encode(), 3)
            expect_in("250 2", session.say(wire_form(sent) + b".\r\nNOOP\r\n", 2), "mail, NOOP")
            expect_in("221 ", session.say(b"QUIT\r\n", 1), "QUIT")
        server.expect_arrived(sent, "ESMTPS")


def _look(check, server, listener, *options):
    return call(check, ["openssl", "s_client", "-connect", server.at(listener), *options], timeout=30)


class Dialogue:
    """A session in which the next command waits for the replies to the last."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL)

    def say(self, octets, replies):
        """Sends octets and gives the replies to them."""
        self.process.stdin.write(octets)
        self.process.stdin.flush()
        said = ""
        while replies:
            line = self.process.stdout.readline().decode()
            if not line:
                raise Failure(f"the session ended after {said!r}")
            said += line
            replies -= line[3:4] == " "
        return said

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
