"""Postfix relays to the server under test: the mail server of another host, of a user, and of the same host."""

import re

from .mailserver import DOMAIN
from .messages import find, mail, subject, unix
from .postfix import Postfix
from .step import Failure, expect, until

SENDER = f"user1@{DOMAIN}"

# Each way in is a transport of its own, and one detail of the recipient's address chooses it.
WAYS = {
    "plain": ("mx", "ESMTP", "smtp", "-o smtp_tls_security_level=none"),
    "starttls": ("mx", "ESMTPS", "smtp", "-o smtp_tls_security_level=encrypt"),
    "verify": ("mx", "ESMTPS", "smtp",
               "-o smtp_tls_security_level=secure -o smtp_tls_secure_cert_match=mx.example.test"),
    "auth-plain": ("submission", "ESMTPSA", "smtp", "-o smtp_tls_security_level=encrypt"
                   " -o smtp_sasl_auth_enable=yes -o smtp_sasl_mechanism_filter=plain"),
    "auth-scram": ("submission", "ESMTPSA", "smtp", "-o smtp_tls_security_level=encrypt"
                   " -o smtp_sasl_auth_enable=yes -o smtp_sasl_mechanism_filter=scram-sha-256,scram-sha-512"),
    "implicit": ("submissions", "ESMTPSA", "smtp", "-o smtp_tls_security_level=encrypt -o smtp_tls_wrappermode=yes"
                 " -o smtp_sasl_auth_enable=yes"),
    "lmtp": ("lmtp", "LMTP", "lmtp", "-o lmtp_tls_security_level=none"),
    "lmtp-starttls": ("lmtps", "LMTPS", "lmtp", "-o lmtp_tls_security_level=encrypt"),
}


def cases(check, server, authority):
    services = "".join(f"{way} unix - - n - - {program}\n  {options}\n"
                       for way, (_, _, program, options) in WAYS.items())
    routes = " ".join(
        f"{{ user1+{way}@{DOMAIN} = {way}:inet:[127.0.0.1]:{server.port(listener)} }}" if program == "lmtp" else
        f"{{ user1+{way}@{DOMAIN} = {way}:[127.0.0.1]:{server.port(listener)} }}"
        for way, (listener, _, program, _) in WAYS.items())
    settings = {
        "transport_maps": f"inline:{{ {routes} }}",
        "default_transport": "error:only the test's recipients",
        "smtp_tls_CAfile": authority,
        "lmtp_tls_CAfile": authority,
        "smtp_sasl_password_maps": f"static:{SENDER}:secret1",
        "smtp_sasl_security_options": "noanonymous",
        "smtp_sasl_tls_security_options": "noanonymous",
        "smtp_host_lookup": "native",
        "smtp_dns_support_level": "disabled",
        "message_size_limit": "40000000",
    }
    try:
        postfix = Postfix(check, "relay", settings, services)
        with postfix:
            for way, (_, protocol, _, _) in WAYS.items():
                with check.case(f"Postfix relays, {way}"):
                    _relay(server, postfix, way, protocol)
            with check.case("Postfix relays, SIZE: it does not even begin a mail that is too large for us"):
                text = mail(SENDER, f"user1+starttls@{DOMAIN}", octets=22_000_000)
                postfix.sendmail(SENDER, f"user1+starttls@{DOMAIN}", unix(text))
                until(lambda: re.search(r"dsn=5\.3\.4, status=bounced \(message size \d+ exceeds size limit \d+ of server",
                                        postfix.said()), 30, "Postfix sent it, or says nothing")
                expect(find(server.maildir(), text), [], "mails")
            with check.case("Postfix relays, 50 mails at once"):
                mails = [mail(SENDER, f"user1+starttls@{DOMAIN}") for _ in range(50)]
                for text in mails:
                    postfix.sendmail(SENDER, f"user1+starttls@{DOMAIN}", unix(text))
                for text in mails:
                    server.expect_arrived(text, "ESMTPS", SENDER, hops=2, seconds=60)
    except Failure as e:
        with check.case("Postfix as a relaying client"):
            raise e


def _relay(server, postfix, way, protocol):
    recipient = f"user1+{way}@{DOMAIN}"
    text = mail(SENDER, recipient)
    postfix.sendmail(SENDER, recipient, unix(text))

    def settled():
        lines = [line for line in postfix.said().splitlines() if f"to=<{recipient}>" in line]
        if any("status=sent" in line for line in lines):
            return True
        if lines:
            raise Failure(f"Postfix: {lines[-1]}")
        return False

    until(settled, 30, f"Postfix says nothing about {subject(text).decode()}")
    server.expect_arrived(text, protocol, SENDER, hops=2)
