"""The mail servers of others relay to us: what they pass on reaches a user of ours, octet for octet."""

import smtplib

from .exim import Exim
from .mailserver import DOMAIN
from .messages import mail, unix, wait_got
from .opensmtpd import OpenSmtpd
from .peers import AioSmtpd, Haraka
from .postfix_peer import PostfixPeer
from .step import expect_in

OUTSIDE = "sender@example.org"
USER = f"user1@{DOMAIN}"


def cases(check, server, certificate):
    port = server.port("mx")

    def inbox():
        return [file.read_bytes() for file in server.maildir().glob("new/*")]

    def arrives(sent, by):
        top = wait_got(inbox, sent)[0]
        expect_in(f"Return-Path: <{OUTSIDE}>", top, "fields on top")
        expect_in(by, top, "Received fields")

    def by_smtp(name, at, **more):
        with check.case(f"from {name}"):
            sent = mail(OUTSIDE, USER, **more)
            with smtplib.SMTP("127.0.0.1", at, timeout=60) as client:
                client.sendmail(OUTSIDE, [USER], sent)
            arrives(sent, f"by mx.{DOMAIN}")

    with PostfixPeer(check, certificate, "from-postfix.test", onward=f"smtp:[127.0.0.1]:{port}") as postfix:
        by_smtp("Postfix", postfix.port)
        with check.case("from Postfix, 50 mails in its queue at once"):
            mails = [mail(OUTSIDE, USER) for _ in range(50)]
            for sent in mails:
                postfix.sendmail(OUTSIDE, USER, unix(sent))
            for sent in mails:
                wait_got(inbox, sent, 60)
    for chunking in (True, False):
        how = "by BDAT where it may" if chunking else "by DATA"
        with Exim(check, certificate, f"from-exim-{chunking}.test".lower(), onward=port, chunking=chunking) as exim:
            by_smtp(f"Exim, {how}", exim.port)
            by_smtp(f"Exim, {how}, 1 MB", exim.port, octets=1_000_000)
            with check.case(f"from Exim, {how}: a recipient that we do not know"):
                sent = mail(OUTSIDE, f"unknown@{DOMAIN}")
                exim.sendmail(OUTSIDE, f"unknown@{DOMAIN}", unix(sent))
                expect_in("550 5.1.1", exim.said(), "log of Exim")
    with OpenSmtpd(check, "from-opensmtpd.test", onward=port) as opensmtpd:
        by_smtp("OpenSMTPD", opensmtpd.port)
    with AioSmtpd(check, certificate, "aiosmtpd-onward", "--onward", str(port)) as aiosmtpd:
        by_smtp("aiosmtpd", aiosmtpd.ports["plain"])
    with Haraka(check, certificate, domain=DOMAIN, onward=port, name="haraka-onward") as haraka:
        by_smtp("Haraka", haraka.port, longest=980)
