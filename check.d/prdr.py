#!/usr/bin/python3 -B
"""PRDR with Exim and swaks: each recipient of a mail has an answer of his own behind its content."""

import contextlib
import re
import smtplib

from lib import step
from lib.certificates import Authority
from lib.exim import Exim
from lib.mailserver import DOMAIN, MailServer, listener
from lib.messages import expect_got, find, mail, subject, unix, wait_got
from lib.processes import call, free_port
from lib.reports import expect_report, reports, status_groups, wait_for_report
from lib.step import expect, expect_in, expect_true, until
from lib.store_forward import PEER, SENDER, Relay, queue, relay, route

EXIM = "exim.test"
USERS = [f"user{number}@{EXIM}" for number in (1, 2, 3)]
OURS = [f"{user}@{DOMAIN}" for user in ("user1", "user2")]
OUTSIDE = "sender@example.org"
LARGE = 1_500_000  # more than from where on our client sends in chunks


def cases(check):
    certificate = Authority(check, "prdr-tls").issue("localhost")
    port = free_port()
    with contextlib.ExitStack() as stack:
        ours = MailServer(check, "direct", listener("mx", "mx", "none"), '[queue]\nstore = "none"\n')
        ours.add_users()
        stack.enter_context(ours)
        exim = stack.enter_context(Exim(check, certificate, EXIM, PEER, port, onward=ours.port("mx"), prdr=True))
        server = stack.enter_context(Relay(check, "relaying", queue() + relay() + route(EXIM, port)))
        with check.unbroken():
            _to_exim(check, server, exim)
        with check.unbroken():
            _from_exim(check, ours, exim)
        with check.unbroken():
            _swaks(check, ours)


def _saying(head, recipient, octets=0):
    """A mail whose header says who takes it."""
    return head.encode() + b"\r\n" + mail(SENDER, recipient, octets=octets)


def _to_exim(check, server, exim):
    def taken(user, sent):
        return wait_got(lambda: exim.mails(user), sent, 60)

    def logged(sent, prdr):
        """How Exim took it; its line has PRDR where it was asked, and heard of more than one."""
        message_id = sent.split(b"Message-ID: <", 1)[1].split(b">", 1)[0].decode()
        lines = until(lambda: re.findall(rf".* <= .*id={re.escape(message_id)}.*", exim.said()), 10, "Exim logs nothing")
        for line in lines[-1:]:
            expect(" PRDR" in line, prdr, f"whether PRDR is in {line}")
        return lines

    for name, octets in (("by DATA", 0), ("in chunks", LARGE)):
        with check.case(f"to Exim, {name}: one takes it, one refuses it, one takes it later; nobody has it twice"):
            sent = _saying("X-Refuse: user2\r\nX-Later: user3", USERS[0], octets)
            server.submit(sent, *USERS)
            taken("user1", sent)
            expect_in(" K " if octets else " ", logged(sent, True)[-1], "Exim's log")
            report = wait_for_report(server.maildir(), subject(sent))
            expect_report(report, USERS[1], "5.7.1", f"mx.{DOMAIN}", says="550 5.7.1 user2 refuses it")
            expect(len(status_groups(report)), 2, "groups of the report: the mail, and the one who refused")
            waits = [one for one in server.waiting() if one["recipient"].strip("<>") == USERS[2]]
            expect(len(waits), 1, f"deliveries that wait for the third in {server.waiting()}")
            exim.take_all()
            taken("user3", sent)
            server.wait_empty()
            for user, times in (("user1", 1), ("user2", 0), ("user3", 1)):
                expect_got(lambda user=user: exim.mails(user), sent, times)
            (exim.folder / "open").unlink()
    with check.case("to Exim: all refuse it, each in words of his own"):
        sent = _saying("X-Refuse: user1:user2", USERS[0])
        server.submit(sent, *USERS[:2])
        report = wait_for_report(server.maildir(), subject(sent))
        for user in USERS[:2]:
            expect_report(report, user, "5.7.1", f"mx.{DOMAIN}", says="550 ")
        server.wait_empty()
        expect(len(reports(server.maildir(), subject(sent))), 1, "reports")
    with check.case("to Exim: each would take it, and the last reply refuses it for all"):
        sent = _saying("X-Whole: refuse", USERS[0])
        server.submit(sent, *USERS[:2])
        report = wait_for_report(server.maildir(), subject(sent))
        for user in USERS[:2]:
            expect_report(report, user, "5.6.0", f"mx.{DOMAIN}", says="550 5.6.0 nobody takes it")
        for user in ("user1", "user2"):
            expect_got(lambda user=user: exim.mails(user), sent, 0)
    with check.case("to Exim: one recipient, of two that were named, and the usual answer"):
        sent = _saying("X-Refuse: user2", USERS[0])
        server.submit(sent, USERS[0], f"unknown@{EXIM}")
        taken("user1", sent)
        logged(sent, False)
        expect_report(wait_for_report(server.maildir(), subject(sent)), f"unknown@{EXIM}", "5.1.1", f"mx.{DOMAIN}",
                      says="550 5.1.1")


def _blocked(server, user):
    """Where the mails of the user should be is a file: nobody can deliver there."""
    folder = server.maildir(user)
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = folder.with_name(f"{user}-aside")
    if folder.exists():
        folder.rename(aside)
    folder.write_text("no mailbox")

    def undo():
        folder.unlink()
        if aside.exists():
            aside.rename(folder)

    return undo


def _from_exim(check, server, exim):
    def submit(sent):
        with smtplib.SMTP(PEER, exim.port, timeout=60) as client:
            expect(client.sendmail(OUTSIDE, OURS, sent), {}, "refused recipients")

    def said(pattern):
        return until(lambda: re.findall(pattern, exim.said()), 30, f"Exim's log does not say {pattern}: "
                     + exim.said()[-800:])[-1]

    for octets in (0, LARGE):
        size = ", 1.5 MB" if octets else ""
        with check.case(f"from Exim{size}: one gets it and one cannot; Exim tries again for that one alone"):
            sent = mail(OUTSIDE, OURS[0], octets=octets)
            undo = _blocked(server, "user2")
            try:
                submit(sent)
                server.expect_arrived(sent, "ESMTP", OUTSIDE, "user1", hops=2)
                line = said(rf"=> {re.escape(OURS[0])} .*")
                expect_in(" PRDR", line, "what Exim says of who got it")
                line = said(rf"== {re.escape(OURS[1])} .*")
                expect_in("PRDR error after", line, "what Exim says of who did not")
                expect_in("451 4.3.0", line, "what Exim says of who did not")
            finally:
                undo()
            exim.retry()
            server.expect_arrived(sent, "ESMTP", OUTSIDE, "user2", hops=2)
            server.expect_arrived(sent, "ESMTP", OUTSIDE, "user1", hops=2)
    with check.case("from Exim: one of two is refused at RCPT, and the other alone is answered behind 353"):
        sent = mail(OUTSIDE, OURS[0])
        with smtplib.SMTP(PEER, exim.port, timeout=60) as client:
            expect(client.sendmail(OUTSIDE, [f"unknown@{DOMAIN}", OURS[0]], sent), {}, "refused recipients")
        server.expect_arrived(sent, "ESMTP", OUTSIDE, "user1", hops=2)
        expect_in("550 5.1.1", said(rf"\*\* unknown@{re.escape(DOMAIN)} .*"), "what Exim says of the unknown one")
        expect_in(" PRDR", said(rf"=> {re.escape(OURS[0])} .*"), "what Exim says of the other")
    with check.case("from Exim: both get it"):
        sent = mail(OUTSIDE, OURS[0])
        submit(sent)
        for user in ("user1", "user2"):
            server.expect_arrived(sent, "ESMTP", OUTSIDE, user, hops=2)
        for address in OURS:
            expect_in(" PRDR", said(rf"[=-]> {re.escape(address)} .*"), "Exim's log")


def _swaks(check, server):
    def send(sent, *more):
        file = check.logs / "swaks.eml"
        file.write_bytes(unix(sent)[:-1])
        return call(check, ["swaks", "--server", "127.0.0.1", "--port", server.port("mx"), "--helo", "client.example",
                            "--from", OUTSIDE, "--to", ",".join(OURS), "--data", f"@{file}", *more])

    with check.case("swaks --prdr: 353, an answer for each, and one for all"):
        sent = mail(OUTSIDE, OURS[0])
        undo = _blocked(server, "user2")
        try:
            done = send(sent, "--prdr")
        finally:
            undo()
        replies = re.findall(r"^<[-~*]\S* +(\d{3}) ", done.text.split(" -> .\n", 1)[1], re.MULTILINE)
        expect(replies[:4], ["353", "250", "451", "250"], f"replies ({done.text[-600:]})")
        server.expect_arrived(sent, "ESMTP", OUTSIDE, "user1")
        expect(find(server.maildir("user2"), sent), [], "mails of the other")
    with check.case("swaks without --prdr: nobody gets what one cannot get"):
        sent = mail(OUTSIDE, OURS[0])
        undo = _blocked(server, "user2")
        try:
            done = send(sent)
        finally:
            undo()
        expect_in("451 4.3.0", done.text, "reply")
        expect_true(" 353 " not in done.text, "353 without PRDR")
        for user in ("user1", "user2"):
            expect(find(server.maildir(user), sent), [], f"mails of {user}")


if __name__ == "__main__":
    step.run("prdr", "PRDR with Exim and swaks.", cases)
