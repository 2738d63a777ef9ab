"""send and sendmail against our own server: statuses, replies, passwords, and what cannot be injected."""

import os

from .mailserver import ALL_ROLES, DOMAIN, MailServer, mailwright
from .messages import find, mail, unix, wire_form
from .processes import free_port
from .step import expect, expect_in, expect_true

SENDER = "sender@example.org"
USER, OTHER = f"user1@{DOMAIN}", f"user2@{DOMAIN}"
OK, USAGE, REFUSED, LATER = 0, 64, 69, 75


def cases(check):
    mx = free_port()
    listeners = ALL_ROLES.replace("127.0.0.1:0", f"127.0.0.1:{mx}", 1)
    server = MailServer(check, "send", listeners)
    server.add_users()
    with server:
        _send(check, server)
        _login(check, server)
        _injection(check, server)
        _sendmail(check, server)


def _send(check, server):
    def send(*words, stdin, status, **options):
        done = mailwright(check, "send", "--server", server.at("mx"), "--from", SENDER, *words, stdin=stdin, **options)
        expect(done.status, status, f"status ({done.text.strip()})")
        return done.out.decode()

    with check.case("send, all accepted: 0, and each recipient's reply"):
        sent = mail()
        said = send("--to", USER, "--to", OTHER, stdin=sent, status=OK)
        expect_true(all(f"{who}" in line and " 250 " in line for who, line in zip((USER, OTHER), said.splitlines())),
                    f"printed {said!r}")
        server.expect_arrived(sent, "ESMTP")
        server.expect_arrived(sent, "ESMTP", user="user2")
    with check.case("send, several recipients behind one --to, and the mail from a file"):
        sent = mail()
        file = check.logs / "file.eml"
        file.write_bytes(sent)
        send("--to", USER, OTHER, "--tls", "starttls", "--insecure", str(file), stdin=b"", status=OK)
        server.expect_arrived(sent, "ESMTPS", user="user2")
    with check.case("send, one of two refused: 69, and the other has the mail"):
        sent = mail()
        said = send("--to", f"unknown@{DOMAIN}", "--to", USER, stdin=sent, status=REFUSED)
        expect_true(" 550 " in said.splitlines()[0] and " 250 " in said.splitlines()[1], f"printed {said!r}")
        server.expect_arrived(sent, "ESMTP")
    with check.case("send, relaying is refused: 69"):
        send("--to", "someone@elsewhere.example.net", stdin=mail(), status=REFUSED)
    with check.case("send, a bare line feed becomes a line end, an empty mail is a mail"):
        sent = mail()
        send("--to", USER, stdin=unix(sent), status=OK)
        server.expect_arrived(sent, "ESMTP")
        send("--to", USER, stdin=b"", status=OK)
    with check.case("send, octets beyond US-ASCII arrive as they are"):
        sent = mail() + "Grüße\r\n".encode()
        send("--to", USER, stdin=sent, status=OK)
        server.expect_arrived(sent, "ESMTP")
    with check.case("send, nobody listens: 75"):
        done = mailwright(check, "send", "--server", f"127.0.0.1:{free_port()}", "--from", SENDER, "--to", USER,
                          stdin=mail())
        expect(done.status, LATER, f"status ({done.text})")
        expect_true(done.text.strip() and "Exception" not in done.text, f"printed {done.text!r}")
    with check.case("send, a host that does not exist"):
        done = mailwright(check, "send", "--server", "no-such-host.invalid:25", "--from", SENDER, "--to", USER,
                          stdin=mail())
        expect_true(done.status in (LATER, REFUSED), f"status {done.status} ({done.text})")
        expect_in("no-such-host.invalid", done.text, "printed")
    with check.case("send, a file that is not there"):
        done = mailwright(check, "send", "--server", server.at("mx"), "--from", SENDER, "--to", USER, "nothing.eml")
        expect_true(done.status not in (OK, 1, 70), f"status {done.status} ({done.text})")
        expect_in("nothing.eml", done.text, "printed")


def _login(check, server):
    base = ["send", "--from", USER, "--to", OTHER]
    secure = {"submission": "starttls", "submissions": "implicit"}
    for name, tls in secure.items():
        for source in ("variable", "standard input"):
            with check.case(f"send --user, {tls}, the password from the {source}"):
                sent = mail(USER)
                file = check.logs / "login.eml"
                file.write_bytes(sent)
                words = [*base, "--server", server.at(name), "--tls", tls, "--insecure", "--user", USER]
                if source == "variable":
                    done = mailwright(check, *words, file, env=dict(os.environ, MAILWRIGHT_PASSWORD="secret1"))
                else:
                    # The first line is the password, the rest the mail.
                    done = mailwright(check, *words, "--password-stdin", "-", stdin=b"secret1\n" + sent)
                expect(done.status, OK, f"status ({done.text})")
                server.expect_arrived(sent, "ESMTPSA", USER, "user2")
    with check.case("send --user uses the strongest mechanism, SCRAM with channel binding"):
        expect_in(f"{USER} logged in as {USER} with SCRAM-SHA-", server.running.said(), "log")
        expect_in("-PLUS\n", server.running.said(), "log")
    with check.case("send --user, a wrong password: 69, and no mail"):
        sent = mail(USER)
        done = mailwright(check, *base, "--server", server.at("submissions"), "--tls", "implicit", "--insecure",
                          "--user", USER, stdin=sent, env=dict(os.environ, MAILWRIGHT_PASSWORD="wrong"))
        expect(done.status, REFUSED, f"status ({done.text})")
        expect_true("wrong" not in done.text, f"the password is printed: {done.text}")
        expect(find(server.maildir("user2"), sent), [], "mails")
    with check.case("send --user without TLS: no password leaves"):
        done = mailwright(check, *base, "--server", server.at("submission"), "--user", USER, stdin=mail(USER),
                          env=dict(os.environ, MAILWRIGHT_PASSWORD="secret1"))
        expect(done.status, USAGE, f"status ({done.text})")
        expect_in("--tls starttls", done.err.decode(), "standard error")
    with check.case("send, a certificate that nobody vouches for, without --insecure"):
        sent = mail()
        done = mailwright(check, "send", "--server", server.at("mx"), "--tls", "starttls", "--from", SENDER,
                          "--to", USER, stdin=sent)
        expect(done.status, REFUSED, f"status ({done.text})")
        expect_true("--ca" in done.err.decode(), f"said {done.text!r}")
        expect(find(server.maildir(), sent), [], "mails")


def _injection(check, server):
    for name, words in {
        "a line end in the recipient": ["--from", SENDER, "--to", f"{USER}>\r\nRCPT TO:<{OTHER}"],
        "a line end in the sender": ["--from", f"{SENDER}>\r\nRCPT TO:<{OTHER}", "--to", USER],
        "a line feed in the name": ["--helo", "x.example.org\nMAIL FROM:<a@b.example>", "--from", SENDER, "--to", USER],
        "a bracket and a parameter": ["--from", f"{SENDER}> SIZE=1 <a@b.example", "--to", USER],
        "no address": ["--from", SENDER, "--to", "user1 example.test"],
    }.items():
        with check.case(f"send, {name}: refused before anything is sent"):
            before = server.running.said()
            done = mailwright(check, "send", "--server", server.at("mx"), *words, stdin=mail())
            expect_true(done.status in (USAGE, 65), f"status {done.status} ({done.text})")
            expect_true(done.err and "Exception" not in done.text, f"printed {done.text!r}")
            expect(server.running.said(), before, "the server's log")


def _sendmail(check, server):
    def sendmail(*words, stdin, status=OK):
        done = mailwright(check, "sendmail", "-C", str(server.config), *words, stdin=stdin)
        expect(done.status, status, f"status ({done.text.strip()})")
        return done

    with check.case("sendmail -f A -i B"):
        sent = mail()
        sendmail("-f", SENDER, "-i", USER, stdin=unix(sent))
        server.expect_arrived(sent, "ESMTP")
    with check.case("sendmail, octets beyond US-ASCII arrive as they are"):
        sent = mail() + "Grüße\r\n".encode()
        sendmail("-f", SENDER, "-i", USER, stdin=unix(sent))
        server.expect_arrived(sent, "ESMTP")
    with check.case("sendmail -t: recipients from To, Cc and Bcc, and Bcc is gone"):
        sent = mail(recipient=USER).replace(b"Subject:", f"Bcc: Other <{OTHER}>\r\nSubject:".encode(), 1)
        sendmail("-t", "-i", f"-f{SENDER}", stdin=unix(sent))
        for user in ("user1", "user2"):
            found = find(server.maildir(user), sent, 15)
            expect(len(found), 1, f"mails of {user}")
            expect_true(b"Bcc" not in found[0], "Bcc is in the mail")
    with check.case("sendmail: a line with a single dot ends the mail, and what is missing is added"):
        text = b"Subject: check of the dot\n\nbefore\n.\nafter\n"
        sendmail("-f", SENDER, USER, stdin=text)
        found = find(server.maildir(), text, 15)
        expect(len(found), 1, "mails")
        expect_true(found[0].endswith(b"\nbefore\n"), f"arrived {found[0]!r}")
        for field in (b"From:", b"Date:", b"Message-ID:"):
            expect_in(b"\n" + field, found[0], "mail")
    with check.case("sendmail -bs speaks SMTP on standard input and output"):
        sent = mail()
        done = sendmail("-bs", stdin=f"EHLO x.example.org\r\nMAIL FROM:<{SENDER}>\r\nRCPT TO:<{USER}>\r\nDATA\r\n".encode()
                        + wire_form(sent) + b".\r\nQUIT\r\n")
        codes = [line[:3] for line in done.out.split(b"\r\n") if line[3:4] == b" "]
        expect(codes, [b"220", b"250", b"250", b"250", b"354", b"250", b"221"], "replies")
        expect(len(find(server.maildir(), sent, 15)), 1, "mails")
    with check.case("sendmail -bp shows the queue, -q tries it, -bi has nothing to do"):
        expect_true("Mail queue is empty" in sendmail("-bp", stdin=b"").text, "what -bp says")
        sendmail("-q", stdin=b"")
        sendmail("-bi", stdin=b"")
    with check.case("sendmail, an unknown recipient"):
        done = mailwright(check, "sendmail", "-C", str(server.config), "-f", SENDER, f"unknown@{DOMAIN}", stdin=mail())
        expect_true(done.status in (67, REFUSED), f"status {done.status} ({done.text})")
        expect_in("550", done.text, "printed")
    with check.case("sendmail, no recipient, and an option that does not exist"):
        sendmail("-f", SENDER, stdin=mail(), status=USAGE)
        sendmail("-f", SENDER, "-Z", USER, stdin=mail(), status=USAGE)
