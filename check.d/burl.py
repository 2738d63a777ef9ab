#!/usr/bin/python3 -B
"""BURL with Dovecot: our server fetches from its IMAP server, and its submission server takes what we send by a URL."""

import smtplib
import ssl

from lib import java, step
from lib.certificates import Authority
from lib.mailserver import ALL_ROLES, DOMAIN, MailServer
from lib.messages import mail, subject, unix
from lib.processes import free_port
from lib.sinkpeer import SinkPeer
from lib.step import expect, expect_in, expect_true, until
from lib.urlauth import HOST, PASSWORD, SUBMIT_PASSWORD, UrlauthDovecot

USER, OTHER = f"user1@{DOMAIN}", f"user2@{DOMAIN}"
WHO, WHOSE = USER.replace("@", "%40"), OTHER.replace("@", "%40")


def cases(check):
    authority = Authority(check)
    sink = free_port()
    with check.unbroken(), SinkPeer(port=sink, host="127.0.0.1") as peer:
        with UrlauthDovecot(check, authority.issue(HOST), (USER, OTHER), sink) as dovecot:
            _ours(check, dovecot, authority)
            _theirs(check, dovecot, peer)


def _server(check, name, dovecot, trust, host=HOST):
    pem = f"trust = '''{trust.read_text()}'''\n" if trust else ""
    more = (f'[extension.BURL]\nlargest = "100KiB"\n[extension.BURL.servers."{host}"]\nhost = "127.0.0.1"\n'
            f'port = {dovecot.imap}\npassword = "{SUBMIT_PASSWORD}"\non-behalf = true\n{pem}')
    server = MailServer(check, name, ALL_ROLES, more)
    server.add_users()
    return server


class _Session:
    """A client of our submission server, logged in."""

    def __init__(self, server):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        self.client = smtplib.SMTP_SSL("127.0.0.1", server.port("submissions"), context=context, timeout=60)
        self.client.ehlo()
        expect(self.client.esmtp_features.get("burl"), "", "BURL before AUTH")
        self.client.login(USER, "secret1")
        self.client.ehlo()
        expect(self.client.esmtp_features.get("burl"), "imap", "BURL after AUTH")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.close()

    def begin(self):
        for line in (f"MAIL FROM:<{USER}>", f"RCPT TO:<{OTHER}>"):
            said = self.client.docmd(line)
            expect_true(said[0] == 250, f"{line}: {said}")

    def says(self, line, code, enhanced):
        said = self.client.docmd(line)
        expect_true(said[0] == code and said[1].decode().startswith(enhanced), f"{line}: {said}")


def _ours(check, dovecot, authority):
    text = mail(USER, OTHER)
    url = dovecot.store(USER, text)
    part = dovecot.store(USER, text, "/;SECTION=TEXT")
    large = dovecot.store(USER, mail(USER, OTHER) + b"x" * 70 + b"\r\n" * 60_000)
    with _server(check, "ours", dovecot, authority.certificate) as server:
        with check.case("a whole mail is fetched by its URL, with STARTTLS and SASL, octet for octet"):
            with _Session(server) as session:
                session.begin()
                session.says(f"BURL {url(f'user+{WHO}')} LAST", 250, "2.0.0")
            server.expect_arrived(text, "ESMTPSA", USER, "user2")
        with check.case("a part is fetched between two chunks of BDAT"):
            head = b"Subject: a part\r\n\r\nIn front.\r\n"
            with _Session(server) as session:
                session.begin()
                session.client.send(f"BDAT {len(head)}\r\n".encode() + head)
                expect(session.client.getreply()[0], 250, "BDAT")
                session.says(f"BURL {part(f'user+{WHO}')}", 250, "2.5.0")
                session.client.send(b"BDAT 10 LAST\r\nBehind it.")
                expect(session.client.getreply()[0], 250, "BDAT LAST")
            whole = unix(b"\r\n\r\nIn front.\r\n" + text.split(b"\r\n\r\n", 1)[1] + b"Behind it.\r\n")
            until(lambda: any(file.read_bytes().endswith(whole) for file in server.maildir("user2").glob("new/*")),
                  20, "the mixed mail did not arrive")
        with check.case("refusals: forged, not authorized, of another, elsewhere, too large; each ends its mail"):
            good = url(f"user+{WHO}")
            for line, code, enhanced in (
                    (good[:-8] + "00000000", 554, "5.6.6"),
                    (good.split(";URLAUTH")[0], 554, "5.7.0"),
                    (url(f"user+{WHOSE}"), 554, "5.7.0"),
                    (url("authuser"), 554, "5.7.0"),
                    (good.replace(HOST, "localhost"), 554, "5.7.14"),
                    (good.replace(HOST, f"{HOST}:{dovecot.submission}"), 554, "5.7.14"),
                    (large(f"user+{WHO}"), 554, "5.3.4")):
                with _Session(server) as session:
                    session.begin()
                    session.says(f"BURL {line} LAST", code, enhanced)
                    session.says("DATA", 503, "5.5.1")
        with check.case("on the listener for mail from anyone there is no BURL"):
            with smtplib.SMTP("127.0.0.1", server.port("mx"), timeout=30) as client:
                client.ehlo()
                expect_true(not client.has_extn("burl"), "BURL is offered")
                expect(client.docmd(f"BURL {good} LAST")[0], 500, "BURL")
    with _server(check, "distrusting", dovecot, None) as server:
        with check.case("a certificate of an authority that nobody knows: 451, and no password is sent"):
            with _Session(server) as session:
                session.begin()
                session.says(f"BURL {url(f'user+{WHO}')} LAST", 451, "4.4.1")
    with _server(check, "misnamed", dovecot, authority.certificate, "other.example.test") as server:
        with check.case("a certificate of another name: the same"):
            with _Session(server) as session:
                session.begin()
                session.says(f"BURL {url(f'user+{WHO}').replace(HOST, 'other.example.test')} LAST", 451, "4.4.1")


def _theirs(check, dovecot, peer):
    with check.case("Dovecot's submission server offers BURL as we do, and takes the same line"):
        text = mail(USER, OTHER)
        url = dovecot.store(USER, text)
        with smtplib.SMTP("127.0.0.1", dovecot.submission, timeout=60) as client:
            client.login(USER, PASSWORD)
            client.ehlo()
            expect_true("imap" in client.esmtp_features["burl"].split(), f"BURL {client.esmtp_features['burl']}")
            for line in (f"MAIL FROM:<{USER}>", f"RCPT TO:<{OTHER}>", f"BURL {url(f'submit+{WHO}')} LAST"):
                said = client.docmd(line)
                expect_true(said[0] == 250, f"{line}: {said}")
        until(lambda: peer.came(subject(text)), 20, "the mail did not arrive")
    with check.case("our client gives it a mail by a URL, and hears of one that is forged"):
        text = mail(USER, OTHER)
        url = dovecot.store(USER, text)(f"submit+{WHO}")
        expect_in("250 2.", _sent(check, dovecot, url), "the reply")
        until(lambda: peer.came(subject(text)), 20, "the mail did not arrive")
        expect_in("554 5.6.6", _sent(check, dovecot, url[:-8] + "00000000"), "the reply to a forged URL")


def _sent(check, dovecot, url):
    """What our client was answered."""
    return java.run(check, "SendByUrl", dovecot.submission, USER, PASSWORD, OTHER, url)


if __name__ == "__main__":
    step.run("burl", "BURL with Dovecot as IMAP server and as submission server.", cases)
