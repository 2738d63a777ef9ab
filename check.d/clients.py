#!/usr/bin/python3 -B
"""Sends mail with the mail programs of others to our server, and compares what arrives in the Maildir."""

from lib import client_openssl, client_postfix, client_programs, client_smtplib, refused_early, step
from lib.certificates import Authority
from lib.mailserver import ALL_ROLES, MailServer, listener

MORE = """
[tls]
certificate = "{chain}"
key = "{key}"
[[tls.sni]]
certificate = "{other_chain}"
key = "{other_key}"
[extension.AUTH]
mechanisms = ["SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN"]
[extension.SIZE]
limit = "20MiB"
"""


def cases(check):
    authority = Authority(check)
    chain, key = authority.issue("mx.example.test")
    other_chain, other_key = authority.issue("other.example.test", "ec", "DNS:third.example.test")
    more = MORE.format(chain=chain, key=key, other_chain=other_chain, other_key=other_key)
    listeners = ALL_ROLES + listener("lmtps", "lmtp", "starttls")
    server = MailServer(check, listeners=listeners, more=more)
    server.add_users()
    _client_certificates(check, authority, chain, key)
    refused_early.cases(check)
    with server:
        for program in (client_programs.curl, client_programs.swaks, client_programs.msmtp, client_smtplib.cases,
                        client_programs.nodemailer, client_openssl.cases, client_postfix.cases):
            program(check, server, authority.certificate)
        with check.case("the server ends with status 0 when it is told to"):
            step.expect(server.running.stop(), 0, "status")
    with check.case("the server's log tells of no failure and no password"):
        said = server.running.said()
        for word in ("secret1", "Exception", "ERROR"):
            step.expect_true(word not in said, f"{word} is in the log {server.running.log}")


def _client_certificates(check, authority, chain, key):
    """AUTH EXTERNAL: who has a certificate needs no password, and who has none is not even offered the mechanism."""
    more = (f'[tls]\ncertificate = "{chain}"\nkey = "{key}"\nclient-auth = "request"\n'
            f'client-ca = "{authority.certificate}"\n[extension.AUTH]\nmechanisms = ["EXTERNAL", "PLAIN"]\n')
    server = MailServer(check, "client-certificates", more=more)
    server.add_users()
    own = authority.issue("user1@example.test")
    stranger = Authority(check, "stranger").issue("user1@example.test")
    with server:
        client_programs.external(check, server, authority.certificate, own, stranger)


if __name__ == "__main__":
    step.run("clients", "Mail programs of others send to our server.", cases)
