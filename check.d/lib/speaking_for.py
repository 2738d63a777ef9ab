"""XCLIENT and XFORWARD: Postfix, Dovecot and swaks tell us for whom they speak, and we tell Postfix."""

import re
import smtplib

from . import java
from .mailserver import ALL_ROLES, DOMAIN
from .messages import expect_mail, find, mail, split_trace, unix, wait_got
from .postfix_peer import PostfixPeer
from .processes import call, free_port
from .step import expect, expect_in, expect_true, until
from .store_forward import PEER, Relay, queue, relay, route
from .urlauth import HOST, PASSWORD, UrlauthDovecot

SENDER, USER = "sender@example.org", f"user1@{DOMAIN}"
POSTFIX = "postfix.test"
HERE = f"user1@{POSTFIX}"
ORIGIN = "127.0.0.5"  # who gives Postfix a mail


def cases(check, certificate):
    port = free_port()
    more = queue() + relay() + route(POSTFIX, port) + f'[aliases]\nfile = "{check.logs}/aliases"\n'
    more += "".join(f'[extension.{name}]\ntrusted = ["127.0.0.1/32"]\n' for name in ("XCLIENT", "XFORWARD"))
    (check.logs / "aliases").write_text(f"there@{DOMAIN}: {HERE}\n")
    server = Relay(check, "spoken-for", more, ALL_ROLES)
    settings = {"smtpd_authorized_xclient_hosts": "127.0.0.0/8", "smtpd_authorized_xforward_hosts": "127.0.0.0/8",
                "smtp_send_xforward_command": "yes"}
    with server:
        with PostfixPeer(check, certificate, POSTFIX, PEER, port, f"smtp:[127.0.0.1]:{server.port('mx')}",
                         settings) as postfix:
            _postfix(check, server, postfix)
        _swaks(check, server)
        _dovecot(check, server, certificate)


def _postfix(check, server, postfix):
    def mails():
        return postfix.mails("user1")

    def sent_for(what):
        sent = mail(SENDER, HERE)
        file = check.logs / f"{what}.eml"
        file.write_bytes(sent)
        said = java.run(check, "SendForAnother", what, PEER, postfix.port, SENDER, HERE, file)
        expect_in("250 2.0.0", said, "reply of Postfix")
        return wait_got(mails, sent)[0]

    with check.case("XCLIENT to Postfix: it takes our client for the other one"):
        top = sent_for("XCLIENT")
        expect_in("(spike.example.org [192.0.2.7])", top, "Received of Postfix")
        expect_in("client=spike.example.org[192.0.2.7]", postfix.said(), "Postfix's log")
    with check.case("XFORWARD to Postfix: its log names the origin, its Received us"):
        top = sent_for("XFORWARD")
        expect_in("[127.0.0.1]", top, "Received of Postfix")
        expect_true(re.search(r"client=\S*\[127\.0\.0\.1\], .*orig_client=origin\.example\.org\[192\.0\.2\.8\]",
                              postfix.said()), f"Postfix's log names no origin: {postfix.said()[-800:]}")
    with check.case("XFORWARD from Postfix, through our queue, to Postfix: it hears of its own client again"):
        sent = mail(SENDER, f"there@{DOMAIN}")
        with smtplib.SMTP(PEER, postfix.port, "origin.example.org", 60, (ORIGIN, 0)) as client:
            expect(client.sendmail(SENDER, [f"there@{DOMAIN}"], sent), {}, "refused recipients")
        wait_got(mails, sent)
        pattern = rf"client=\S*\[127\.0\.0\.1\], .*orig_client=\S+\[{re.escape(ORIGIN)}\]"
        expect_true(re.search(pattern, postfix.said()), f"Postfix's log names no origin: {postfix.said()[-1500:]}")


def _came(server, sent, protocol, host, hello, user="user1"):
    found = find(server.maildir(user), sent, 20)
    expect(len(found), 1, "mails")
    expect_mail(found[0], sent, SENDER, protocol)
    received = split_trace(found[0])[0][-1].decode()
    expect_in(f"from {hello} ", received, "Received")
    expect_in(f"[{host}]", received, "Received")
    expect_true("127.0.0.1" not in received.split(" by ")[0], f"{received} names the host that spoke")


def _swaks(check, server):
    def swaks(sent, *more):
        file = check.logs / "swaks.eml"
        file.write_bytes(unix(sent)[:-1])
        return call(check, ["swaks", "--server", "127.0.0.1", "--port", server.port("mx"), "--helo", "proxy.example.org",
                            "--from", SENDER, "--to", USER, "--data", f"@{file}", *more])

    told = ["--xclient-addr", "192.0.2.7", "--xclient-name", "spike.example.org", "--xclient-port", "2500"]
    with check.case("XCLIENT from swaks: the session is the other client's"):
        sent = mail(SENDER, USER)
        done = swaks(sent, *told)
        expect(done.status, 0, f"status ({done.text[-600:]})")
        _came(server, sent, "ESMTP", "192.0.2.7", "proxy.example.org")
    with check.case("XCLIENT from swaks, in two groups and within TLS"):
        sent = mail(SENDER, USER)
        done = swaks(sent, "--tls", *told[:2], "--xclient-delim", *told[2:])
        expect(done.status, 0, f"status ({done.text[-600:]})")
        _came(server, sent, "ESMTPS", "192.0.2.7", "proxy.example.org")
    with check.case("XCLIENT from a host that is not trusted: not offered, and refused"):
        sent = mail(SENDER, USER)
        done = swaks(sent, "--local-interface", "127.0.0.3", *told)
        expect_in("XCLIENT", done.text.split(" -> EHLO", 1)[1].split("250 ", 1)[1], "why swaks gave up")
        expect_true(done.status != 0, f"it was taken: {done.text[-600:]}")
        with smtplib.SMTP("127.0.0.1", server.port("mx"), "proxy.example.org", 60, ("127.0.0.3", 0)) as client:
            client.ehlo()
            expect_true(not client.has_extn("xclient"), "XCLIENT is offered")
            said = client.docmd("XCLIENT ADDR=192.0.2.7")
            expect((said[0], said[1][:5]), (550, b"5.7.0"), "reply")
        expect(find(server.maildir(), sent), [], "mails")


def _received(found):
    fields = [field.decode() for field in split_trace(found)[0]]
    return [field for field in fields if field.startswith("Received:")]


def _dovecot(check, server, certificate):
    lmtp = free_port()
    # Whom it has no user for, it passes on by LMTP.
    more = f"""
submission_relay_trusted = yes
login_trusted_networks = 127.0.0.0/8
protocols = imap submission lmtp
lmtp_proxy = yes
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""
    behind = f"""
passdb {{
  driver = static
  args = nopassword=y proxy=y host=127.0.0.1 port={server.port("lmtp")} protocol=lmtp
}}
"""
    user = f"user2@{DOMAIN}"
    with UrlauthDovecot(check, certificate, (user,), server.port("mx"), more, behind) as dovecot:
        with check.case("XCLIENT from Dovecot's submission server: the session is that of its client, and logged in"):
            sent = mail(SENDER, user)
            with smtplib.SMTP("127.0.0.1", dovecot.submission, "laptop.example.org", 60, (ORIGIN, 0)) as client:
                client.login(user, PASSWORD)
                expect(client.sendmail(SENDER, [user], sent), {}, "refused recipients")
            found = find(server.maildir("user2"), sent, 20)
            expect(len(found), 1, "mails")
            expect_in(f"from {HOST} ([{ORIGIN}]) by mx.{DOMAIN} with ESMTPA ", _received(found[0])[0], "our Received")
        with check.case("LMTP from Dovecot as a proxy: our answer for each recipient goes through"):
            sent = mail(SENDER, USER)
            with smtplib.LMTP("127.0.0.1", lmtp, "laptop.example.org", (ORIGIN, 0)) as client:
                refused = client.sendmail(SENDER, [f"unknown@{DOMAIN}", USER], sent)
            expect([(to, code) for to, (code, _) in refused.items()], [(f"unknown@{DOMAIN}", 550)], "who was refused")
            found = find(server.maildir(), sent, 20)
            expect(len(found), 1, "mails")
            expect(split_trace(found[0])[1], unix(sent), "the mail below its trace")
            expect_in(f"by mx.{DOMAIN} with LMTP ", _received(found[0])[0], "our Received")
