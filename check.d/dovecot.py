#!/usr/bin/python3 -B
"""Mail is delivered to Dovecot by LMTP, and Dovecot reads what we deliver to Maildir and mbox, while both work."""

import re
import shutil
import smtplib
import threading

from lib import step
from lib.dovecot import OWNER, Dovecot, expunge, fetch, store, version
from lib.mailserver import DOMAIN, MailServer, listener
from lib.messages import mail, subject
from lib.reports import expect_report, wait_for_report
from lib.step import Failure, expect, expect_in, expect_true, until

SENDER = f"sender@{DOMAIN}"
MANY = 40


def cases(check):
    if not version(check).startswith("2.3."):
        check.skip("Dovecot", "the configuration is written for 2.3, and this one has another")
        return
    folder = check.logs
    mailboxes = {
        f"{user}@{DOMAIN}": "" for user in ("sender", "bob")
    } | {
        f"full@{DOMAIN}": "userdb_quota_rule=*:bytes=1000",
        "maildir": f"userdb_mail=maildir:{folder}/maildir/var/mail/{DOMAIN}/user1",
        "mbox": f"userdb_mail=mbox:~/mbox:INBOX={folder}/mbox/var/mbox/user1",
    }
    with Dovecot(check, mailboxes) as dovecot:
        for name, target in (("port", f"lmtp:127.0.0.1:{dovecot.lmtp}"), ("socket", f"lmtp:{dovecot.socket}")):
            with check.unbroken():
                _lmtp(check, dovecot, name, target)
        for name, more, quoted in (("maildir", "", False), ("mbox", 'local = "mbox"\nmbox = "var/mbox/{user}"\n', True)):
            with check.unbroken():
                _read(check, dovecot, name, more, mboxrd if quoted else lambda text: text)


def _mail(to):
    """A mail with octets that need 8BITMIME, and with lines that an mbox has to quote."""
    return mail(SENDER, to) + (
        b"From here on\r\n>From there\r\n>>From far away\r\nFrom\r\n From\r\n"
        b"8 bits: \xe4 \xc3\xa9 \xff\r\n\r\nFrom MAILER-DAEMON Mon Mar  2 10:00:00 2026\r\n")


def mboxrd(text):
    """What stands in an mbox file: a reader that knows mboxrd takes one `>` away; Dovecot shows it."""
    return re.sub(rb"^(>*From )", rb">\1", text, flags=re.MULTILINE)


def _send(server, text, *to):
    with smtplib.SMTP(*server.addresses["mx"]) as client:
        return client.sendmail(SENDER, to, text, mail_options=["BODY=8BITMIME"])


def _expect_once(mails, sent):
    """The mail is there once, octet for octet below what was put on top."""
    found = [text for text in mails if b"\r\n" + subject(sent) + b"\r\n" in text.split(b"\r\n\r\n", 1)[0] + b"\r\n"]
    expect(len(found), 1, f"mails with {subject(sent).decode()}")
    top = found[0].removesuffix(sent)
    if len(top) == len(found[0]):
        raise Failure(f"the mail changed on its way: sent {sent[-300:]!r}, read {found[0][-300:]!r}")
    return top.decode()


def _lmtp(check, dovecot, name, target):
    server = MailServer(check, name, listener("mx", "mx", "none"), f'local = "{target}"\n')
    server.config.write_text(server.config.read_text().replace(
        "[users]\n", '[users]\nunknown-recipients = "accept"\n', 1))
    with server:
        with check.case(f"{target.split(str(dovecot.folder))[-1]}: each recipient has a result of its own"):
            text = _mail(f"bob@{DOMAIN}")
            users = [f"{user}@{DOMAIN}" for user in ("unknown", "bob", "full")]
            expect(_send(server, text, *users), {}, "recipients that were refused at RCPT")
            until(lambda: any(subject(text) in found for found in dovecot.imap_mails(users[1]).values()), 20, "no mail")
            top = _expect_once(dovecot.imap_mails(users[1]).values(), text)
            expect_in(f"Return-Path: <{SENDER}>", top, "on top")
            expect_in("with LMTP", top, "Received of Dovecot")
            _expect_once(dovecot.pop3_mails(users[1]), text)
            expect(dovecot.imap_mails(users[2]), {}, "mails of a user whose mailbox is full")
        with check.case(f"{name}: the sender hears of the unknown and of the full one, and of nobody else"):
            report = wait_for_report(dovecot.mail / SENDER / "Maildir", subject(text))
            expect_report(report, users[0], "5.1.1", f"mx.{DOMAIN}", says="550 5.1.1")
            expect_report(report, users[2], "5.2.2", f"mx.{DOMAIN}", says="552 5.2.2")
            expect_true(users[1] not in list(report.iter_parts())[1].as_string(), "it speaks of the one who has the mail")


def _read(check, dovecot, name, more, stored):
    server = MailServer(check, name, listener("mx", "mx", "none"), more)
    server.add_users()
    for path in (server.folder, *server.folder.rglob("*")):
        shutil.chown(path, OWNER, OWNER)
    server.prefix = ["setpriv", f"--reuid={OWNER}", f"--regid={OWNER}", "--clear-groups"]
    to = f"user1@{DOMAIN}"
    with server:
        with check.case(f"{name}: Dovecot reads it by IMAP and by POP3, octet for octet"):
            texts = [_mail(to) for _ in range(3)]
            for text in texts:
                _send(server, text, to)
            until(lambda: len(dovecot.imap_mails(name)) == len(texts), 20, "the mails did not come")
            for text in texts:
                top = _expect_once(dovecot.imap_mails(name).values(), stored(text))
                expect_in(f"Return-Path: <{SENDER}>\r\nDelivered-To: {to}\r\nReceived: ", top, "on top")
                _expect_once(dovecot.pop3_mails(name), stored(text))
        with check.case(f"{name}: {MANY} mails come while Dovecot marks and removes others"):
            _both_write(dovecot, server, name, to, stored)


def _both_write(dovecot, server, name, to, stored):
    """Nothing is lost, doubled or changed: all that was ever seen are the mails that were sent."""
    texts = [_mail(to) for _ in range(MANY)]
    failures = []

    def send(part):
        try:
            for text in part:
                _send(server, text, to)
        except (smtplib.SMTPException, OSError) as e:
            failures.append(e)

    senders = [threading.Thread(target=send, args=(texts[first::2],)) for first in (0, 1)]
    seen, removed = {}, set()
    with dovecot.imap(name) as client:
        before = fetch(client)
        for sender in senders:
            sender.start()

        def all_came():
            now = fetch(client)
            for uid, text in now.items():
                expect(text, seen.setdefault(uid, text), f"mail with UID {uid}, read again")
            expect_true(not removed & set(now), f"{removed & set(now)} are there again")
            for uid in set(now) - set(before):
                store(client, uid, "(\\Seen)" if uid % 2 else "(\\Seen \\Deleted)")
            removed.update(uid for uid in set(now) - set(before) if uid % 2 == 0)
            expunge(client)
            client.noop()
            return len(set(seen) - set(before)) >= MANY or failures

        until(all_came, 60, f"{len(seen)} mails came")
    for sender in senders:
        sender.join()
    expect(failures, [], "failures of sending")
    for text in texts:
        _expect_once(seen.values(), stored(text))
    left = dovecot.imap_mails(name)
    expect(set(left), set(seen) - removed, "UIDs that are left")
    for uid, text in left.items():
        expect(text, seen[uid], f"mail with UID {uid}, at the end")
    log = dovecot.log.read_text(errors="replace")
    expect_true(not re.search(r"Error|Panic|Fatal", log), f"Dovecot complains: {log[-600:]}")


if __name__ == "__main__":
    step.run("dovecot", "Mail goes to Dovecot by LMTP, and Dovecot reads our Maildirs and mbox files.", cases)
