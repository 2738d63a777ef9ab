#!/usr/bin/python3 -B
"""Extensions between our server and the mail programs of others: Postfix, Exim, msmtp, curl and smtplib."""

import contextlib
import email.message
import email.policy
import re
import smtplib
import ssl

from lib import step
from lib.certificates import Authority
from lib.exim import Exim
from lib.mailserver import ALL_ROLES, DOMAIN
from lib.messages import find, mail, subject, unix, wait_got
from lib.postfix_peer import PostfixPeer
from lib.processes import free_port, succeed
from lib.reports import expect_report, reports, status_groups, wait_for_report
from lib.sinkpeer import SinkPeer
from lib.step import expect, expect_in, expect_true, until
from lib.store_forward import PEER, SENDER, Relay, queue, relay, route

POSTFIX, EXIM, ELSEWHERE = "postfix.test", "exim.test", "elsewhere.test"
OTHER = f"user2@{DOMAIN}"
ENVID, ORCPT = "interop+2B1", "rfc822;first+2Btag@example.org"
EIGHT_BIT = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
LARGE = 1_500_000  # more than from where on our client sends in chunks


def cases(check):
    certificate = Authority(check, "interop-tls").issue("localhost", names="IP:127.0.0.1,DNS:*.test")
    postfix, exim, sink = free_port(), free_port(), free_port()
    more = queue() + relay() + route(POSTFIX, postfix) + route(EXIM, exim) + route(ELSEWHERE, sink)
    with Relay(check, "interop", more, ALL_ROLES) as server, contextlib.ExitStack() as stack:
        with check.unbroken():
            _postfix(check, server, stack.enter_context(_postfix_peer(check, server, certificate, postfix)))
        with check.unbroken():
            _exim(check, server, stack.enter_context(Exim(
                check, certificate, EXIM, PEER, exim, onward=server.port("mx"))))
        with SinkPeer(port=sink) as peer:
            _clients(check, server, peer)


def _postfix_peer(check, server, certificate, port):
    users = f"{{user1@{POSTFIX} = user1/}}, {{user2@{POSTFIX} = user2/}}, {{jörg@{POSTFIX} = user1/}}"
    return PostfixPeer(check, certificate, POSTFIX, PEER, port, f"smtp:[127.0.0.1]:{server.port('mx')}", {
        "virtual_mailbox_maps": f"inline:{{ {users} }}",
        "smtputf8_enable": "yes",
        "smtpd_forbid_unauth_pipelining": "yes",
        "message_size_limit": "3000000",
        "virtual_mailbox_limit": "0",
    })


def _submit(server, text, recipient, mail_options=(), rcpt_options=(), sender=SENDER):
    """Gives it a mail with parameters, logged in."""
    with _login(server) as client:
        client.ehlo_or_helo_if_needed()
        refused = client.sendmail(sender, [recipient], text, list(mail_options), list(rcpt_options))
    expect(refused, {}, "refused recipients")


def _login(server):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    client = smtplib.SMTP_SSL("127.0.0.1", server.port("submissions"), context=context, timeout=60)
    client.login(SENDER, "secret1")
    return client


def _dsn(server, text, recipient):
    _submit(server, text, recipient, ["RET=HDRS", f"ENVID={ENVID}"], ["NOTIFY=SUCCESS", f"ORCPT={ORCPT}"])


def _delivered(folder, sent, recipient, by):
    """One report says that the mail was delivered, by that host, and names what the sender named."""
    report = wait_for_report(folder, subject(sent), 60)
    expect_report(report, recipient, "2.", by, "delivered", remote=False)
    groups = status_groups(report)
    # Exim repeats both as they came, in xtext.
    expect(groups[0].get("Original-Envelope-Id", "").replace("+2B", "+"), "interop+1", "Original-Envelope-Id")
    expect(re.sub(r"\s", "", groups[1].get("Original-Recipient", "")).replace("+2B", "+"),
           "rfc822;first+tag@example.org", "Original-Recipient")
    return report


def _eight_bit(text="Grüße\r\n", head=""):
    top = mail(SENDER, "someone@example.net").split(b"\r\n\r\n", 1)[0]
    return top + b"\r\n" + (EIGHT_BIT + head + "\r\n" + text).encode()


def _postfix(check, server, postfix):
    to = f"user1@{POSTFIX}"

    def mails():
        return postfix.mails("user1")

    with check.case("to Postfix: DSN goes on, and Postfix alone tells of the delivery"):
        sent = mail(SENDER, to)
        _dsn(server, sent, to)
        wait_got(mails, sent)
        _delivered(server.maildir(), sent, to, f"{POSTFIX.replace('.', '-')}.check.example.org")
    with check.case("to Postfix: 8BITMIME and SMTPUTF8, address and header beyond US-ASCII"):
        sent = _eight_bit(head="X-Who: Jörg\r\n")
        with _login(server) as client:
            client.command_encoding = "utf-8"
            for line in (f"MAIL FROM:<{SENDER}> SMTPUTF8 BODY=8BITMIME", f"RCPT TO:<jörg@{POSTFIX}>"):
                expect(client.docmd(line)[0], 250, line)
            expect(client.data(sent)[0], 250, "the mail")
        tops = wait_got(mails, sent)
        expect_in("with UTF8SMTP", tops[0], "Received fields")
    with check.case("to Postfix: CHUNKING, a large mail goes by BDAT"):
        sent = mail(SENDER, to, octets=LARGE)
        server.submit(sent, to)
        wait_got(mails, sent, 60)
        # Postfix counts the commands of a session at its end.
        until(lambda: re.search(r"disconnect from .*\bbdat=[1-9]", postfix.said()), 30, "Postfix took no BDAT")
    with check.case("to Postfix: SIZE, a mail that is too large is not even begun"):
        sent = mail(SENDER, to, octets=4_000_000)
        server.submit(sent, to)
        report = wait_for_report(server.maildir(), subject(sent))
        expect_report(report, to, "5.3.4", f"mx.{DOMAIN}", remote=False)
        expect_true("Queue file size limit exceeded" not in postfix.said() and "Message size exceeds" not in
                    postfix.said(), "Postfix had to refuse it")
    with check.case("to Postfix: PIPELINING, 10 mails, and none of our groups is refused"):
        mails_sent = [mail(SENDER, to) for _ in range(10)]
        for sent in mails_sent:
            server.submit(sent, to, f"user2@{POSTFIX}")
        for sent in mails_sent:
            wait_got(mails, sent, 60)
        expect_true("improper command pipelining" not in postfix.said(), "Postfix refused a group")
    with check.case("from Postfix: DSN and SMTPUTF8, and we tell of the delivery"):
        sent = _eight_bit(head="X-Who: Jörg\r\n")
        with smtplib.SMTP(PEER, postfix.port, timeout=60) as client:
            client.sendmail(OTHER, [SENDER], sent, ["SMTPUTF8", "BODY=8BITMIME", "RET=HDRS", f"ENVID={ENVID}"],
                            ["NOTIFY=SUCCESS", f"ORCPT={ORCPT}"])
        tops = wait_got(lambda: [file.read_bytes() for file in server.maildir().glob("new/*")], sent)
        expect_in("UTF8SMTP", tops[0], "Received fields")
        _delivered(server.maildir("user2"), sent, SENDER, f"mx.{DOMAIN}")


def _exim(check, server, exim):
    to = f"user1@{EXIM}"

    def mails():
        return exim.mails("user1")

    with check.case("to Exim: DSN goes on, and Exim alone tells of the delivery"):
        sent = mail(SENDER, to)
        _dsn(server, sent, to)
        wait_got(mails, sent)
        _delivered(server.maildir(), sent, to, "exim.check.example.org")
    with check.case("to Exim: CHUNKING, a large mail goes by BDAT"):
        sent = mail(SENDER, to, octets=LARGE)
        server.submit(sent, to)
        wait_got(mails, sent, 60)
        until(lambda: re.search(r"<= \S+ .* K ", exim.said()), 10, "Exim took no BDAT")
    for size in (0, LARGE):
        with check.case(f"from Exim: CHUNKING, DSN, no PRDR{', 1.5 MB' if size else ''}; we tell of the delivery"):
            sent = mail(OTHER, SENDER, octets=size)
            with smtplib.SMTP(PEER, exim.port, timeout=60) as client:
                client.ehlo()
                expect_true(client.has_extn("dsn"), "Exim does not offer DSN")
                client.sendmail(OTHER, [SENDER], sent, ["RET=HDRS", f"ENVID={ENVID}"],
                                ["NOTIFY=SUCCESS", f"ORCPT={ORCPT}"])
            wait_got(lambda: [file.read_bytes() for file in server.maildir().glob("new/*")], sent, 60)
            _delivered(server.maildir("user2"), sent, SENDER, f"mx.{DOMAIN}")
            # K: sent by BDAT. PRDR would be a word of that line.
            lines = until(lambda: re.findall(rf"=> {re.escape(SENDER)}.*", exim.said()), 10, "Exim delivered nothing")
            line = lines[-1]
            expect_in(" K ", line, "Exim's log")
            expect_true("PRDR" not in line, line)


def _clients(check, server, peer):
    with check.case("smtplib: DSN to a mailbox of ours: delivered, with the header alone"):
        sent = mail(SENDER, OTHER)
        _dsn(server, sent, OTHER)
        report = _delivered(server.maildir(), sent, OTHER, f"mx.{DOMAIN}")
        expect(list(report.iter_parts())[2].get_content_type(), "text/rfc822-headers", "what RET=HDRS returns")
    with check.case("smtplib: NOTIFY=SUCCESS to a host without DSN: relayed"):
        sent = mail(SENDER, f"someone@{ELSEWHERE}")
        _dsn(server, sent, f"someone@{ELSEWHERE}")
        until(lambda: peer.came(subject(sent)), 30, "no mail arrived")
        report = wait_for_report(server.maildir(), subject(sent))
        expect_report(report, f"someone@{ELSEWHERE}", "2.", f"mx.{DOMAIN}", "relayed", remote=False)
    with check.case("smtplib: NOTIFY=NEVER, nobody hears of a mail that fails"):
        sent = mail(SENDER, f"unknown@{POSTFIX}")
        _submit(server, sent, f"unknown@{POSTFIX}", (), ["NOTIFY=NEVER"])
        server.wait_empty()
        expect(reports(server.maildir(), subject(sent)), [], "reports")
    with check.case("smtplib, send_message with UTF-8: SMTPUTF8 and 8BITMIME of its own accord"):
        text = email.message.EmailMessage(policy=email.policy.SMTPUTF8)
        sent = mail()
        text["From"], text["To"], text["Subject"] = SENDER, OTHER, subject(sent).decode().removeprefix("Subject: ")
        text["X-Who"] = "Jörg"
        text.set_content("Grüße\n", cte="8bit")
        with _login(server) as client:
            expect(client.send_message(text, "jörg@example.org", [OTHER]), {}, "refused recipients")
        found = find(server.maildir("user2"), sent, 30)
        expect_in("Return-Path: <jörg@example.org>\n".encode(), found[0], "mail")
        expect_in("\nX-Who: Jörg\n".encode(), found[0], "mail")
    with check.case("msmtp: --dsn-notify and --dsn-return"):
        sent = mail(SENDER, OTHER)
        succeed(check, ["msmtp", "--host=127.0.0.1", f"--port={server.port('mx')}", f"--from={SENDER}",
                        "--dsn-notify=success", "--dsn-return=headers", "--", OTHER], stdin=unix(sent))
        report = wait_for_report(server.maildir(), subject(sent))
        expect_report(report, OTHER, "2.", f"mx.{DOMAIN}", "delivered", remote=False)
    with check.case("curl: SMTPUTF8 for a sender beyond US-ASCII"):
        sent = mail()
        file = check.logs / "curl-utf8.eml"
        file.write_bytes(sent)
        url = f"smtp://{server.at('mx')}/client.example.org"
        succeed(check, ["env", "LC_ALL=C.UTF-8", "curl", "-sS", "-4", "--url", url,
                        "--mail-from", "jörg@example.org", "--mail-rcpt", OTHER, "-T", file])
        expect_in("Return-Path: <jörg@example.org>\n".encode(), find(server.maildir("user2"), sent, 30)[0], "mail")
    with check.case("smtplib: LMTP with NOTIFY=SUCCESS"):
        sent = mail(SENDER, OTHER)
        with smtplib.LMTP("127.0.0.1", server.port("lmtp")) as client:
            expect(client.sendmail(SENDER, [OTHER], sent, ["RET=HDRS", f"ENVID={ENVID}"],
                                   ["NOTIFY=SUCCESS", f"ORCPT={ORCPT}"]), {}, "refused recipients")
        _delivered(server.maildir(), sent, OTHER, f"mx.{DOMAIN}")


if __name__ == "__main__":
    step.run("extension-peers", "Extensions between our server and the mail programs of others.", cases)
