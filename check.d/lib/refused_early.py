"""What would cost a report later is refused at RCPT: full mailboxes, and aliases that lead nowhere."""

import smtplib

from .mailserver import DOMAIN, MailServer, listener, mailwright
from .messages import mail
from .step import expect, expect_in, expect_true

SENDER = f"user1@{DOMAIN}"
USER = f"user1@{DOMAIN}"
FULL = f"user2@{DOMAIN}"
QUOTA = 40_000
ALIASES = f"""# names
one@{DOMAIN}: user2
team@{DOMAIN}: user1, user2
loopa@{DOMAIN}: loopb
loopb@{DOMAIN}: loopa
"""


def cases(check):
    more = f'quota = {QUOTA}\nwhen-full = "refuse"\n[aliases]\nfile = "aliases"\n'
    server = MailServer(check, "refused-early", listener("mx", "mx", "none"), more)
    (server.folder / "aliases").write_text(ALIASES)
    server.add_users()
    for part in ("cur", "new", "tmp"):
        (server.maildir("user2") / part).mkdir(parents=True)
    (server.maildir("user2") / "cur/1").write_bytes(b"x" * QUOTA)
    with server:
        with check.case("a full mailbox and an alias in a circle are refused at RCPT, and the others get the mail"):
            text = mail(SENDER)
            with smtplib.SMTP(*server.addresses["mx"]) as client:
                refused = client.sendmail(SENDER, [f"loopa@{DOMAIN}", FULL, f"one@{DOMAIN}", USER], text)
            said = {who: (code, told[:5]) for who, (code, told) in refused.items()}
            expect(said, {f"loopa@{DOMAIN}": (554, b"5.4.6"), FULL: (552, b"5.2.2"), f"one@{DOMAIN}": (552, b"5.2.2")},
                   "refused recipients")
            server.expect_arrived(text, "ESMTP", SENDER)
            expect(len(list(server.maildir().glob("new/*"))), 1, "mails in the Maildir: nobody gets a report")
        with check.case("a mail that is declared larger than the room is refused at RCPT"):
            with smtplib.SMTP(*server.addresses["mx"]) as client:
                try:
                    client.sendmail(SENDER, [USER], mail(SENDER, octets=QUOTA))
                    expect_true(False, "the mail was taken")
                except smtplib.SMTPRecipientsRefused as e:
                    expect(e.recipients[USER][0], 552, "reply")
        with check.case("mail to several goes to those who have room"):
            text = mail(SENDER)
            with smtplib.SMTP(*server.addresses["mx"]) as client:
                expect(client.sendmail(SENDER, [f"team@{DOMAIN}"], text), {}, "refused recipients")
            server.expect_arrived(text, "ESMTP", SENDER)
    with check.case("check-config names the line of an alias in a circle"):
        done = mailwright(check, "check-config", "--config", server.config)
        expect(done.status, 78, f"status ({done.text})")
        expect_in(f'{server.folder / "aliases"}:4: ', done.err.decode(), "told")
        expect_in("leads back to itself", done.err.decode(), "told")
