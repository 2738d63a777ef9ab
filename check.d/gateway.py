#!/usr/bin/python3 -B
"""Mail comes and goes by other ways than SMTP: programs, webhooks, batch files, HTTP, and a content filter."""

import json
import smtplib

from lib import step
from lib.gateways import SECRET, SPAM, Webhook, content_filter
from lib.mailserver import DOMAIN, MailServer, listener, mailwright
from lib.messages import expect_got, find, mail, unix, wait_got
from lib.processes import call, listens
from lib.step import expect, expect_in, expect_true, until

USER = f"user1@{DOMAIN}"
LOGIN = f"{USER}:secret1"
# in a file of its own first: whoever looks must not see half a mail
KEEP = """to = 'pipe:["/bin/sh", "-c", "cat >$0/$1.part && mv $0/$1.part $0/$1.$$.eml", "{folder}", "{{user}}"]'"""


def cases(check):
    _placeholders(check)
    with Webhook() as hook:
        _ways(check, hook)
    for when in ("before", "after"):
        _filter(check, when)


def _placeholders(check):
    with check.case("check-config, a placeholder that nobody knows"):
        file = check.logs / "wrong.toml"
        file.write_text("""[delivery]\nlocal = 'pipe:["/bin/cat", "{usr}"]'\n""")
        done = mailwright(check, "check-config", "--config", file)
        expect(done.status, 78, f"status ({done.text})")
        expect_in(f"{file}:2: delivery.local: expected one of", done.text, "told")
        expect_in("no placeholder is called {usr}", done.text, "told")


def _ways(check, hook):
    spool = check.logs / "spool"
    programs = check.logs / "programs"
    programs.mkdir()
    server = MailServer(check, "ways", listener("mx", "mx", "none"))
    server.config.write_text(server.config.read_text() + _routes(hook, spool, programs))
    (server.folder / "secret").write_bytes(SECRET + b"\n")
    server.add_users()
    with server:
        with check.case("mail of local users goes to a program"):
            text = _send(server, f"user1+tag@{DOMAIN}")
            wait_got(lambda: _files(programs, "user1.*"), text)
        with check.case("a route leads to a program, and its exit status decides"):
            text = _send(server, "queue@tickets.example.org")
            wait_got(lambda: _files(programs, "queue.*"), text)
        with check.case("a route leads to a webhook, with a right signature"):
            text = _send(server, "someone@app.example.org")
            wait_got(hook.mails, text)
            expect(hook.posts[-1][:2], (True, "someone@app.example.org"), "post")
        with check.case("a webhook refuses: the sender has a report"):
            _send(server, "gone@app.example.org", sender=USER)
            until(lambda: [text for text in _files(programs, "user1.*") if b"Status: 5." in text and b"410" in text], 20,
                  "no report")
        with check.case("a route leads to batch files, and the command batch sends one to a server"):
            text = _send(server, "someone@far.uucp.example.org")
            files = until(lambda: list(spool.glob("*.bsmtp")), 20, "no batch")
            expect(len(files), 1, "files")
            batch = files[0].read_bytes().replace(b"RCPT TO:<someone@far.uucp.example.org>",
                                                  f"RCPT TO:<user2@{DOMAIN}>".encode())
            done = mailwright(check, "batch", "--server", server.at("mx"), "-", stdin=batch)
            expect(done.status, 0, f"status ({done.text})")
            expect_in("FROM:<sender@example.org>", done.text, "printed")
            expect_in(" 250 2.0.0 ", done.text, "printed")
            wait_got(lambda: _files(programs, "user2.*"), text)
            done = mailwright(check, "batch", "--server", server.at("mx"), "-", stdin=files[0].read_bytes().replace(
                b"RCPT TO:<someone@far.uucp.example.org>", b"RCPT TO:<someone@elsewhere.example.org>"))
            expect(done.status, 69, f"status of one that is refused ({done.text})")
            expect_in(" 550 5.7.1 ", done.text, "printed")
        with check.case("who may not send to a route is refused"):
            with smtplib.SMTP(*server.addresses["mx"]) as client:
                client.ehlo()
                client.mail("sender@example.org")
                expect(client.rcpt("someone@closed.example.org")[0], 550, "reply to RCPT")
        _http(check, server, programs)


def _routes(hook, spool, programs):
    keep = KEEP.format(folder=programs)
    return (
        keep.replace("to =", "local =", 1)  # the table [delivery] is the last one that the configuration has
        + '\n[[http]]\nname = "post"\naddress = "127.0.0.1:0"\ntls = "none"\n'
        '[[http]]\nname = "posts"\naddress = "127.0.0.1:0"\n'
        f'[[route]]\ndomain = "tickets.example.org"\ninbound = true\n{keep}\n'
        f'[[route]]\ndomain = "app.example.org"\ninbound = true\nto = "{hook.url}"\nsecret-file = "secret"\n'
        f'[[route]]\ndomain = ".uucp.example.org"\ninbound = true\nto = "bsmtp:{spool}"\n'
        f'[[route]]\ndomain = "closed.example.org"\nto = "bsmtp:{spool}/closed"\n'
        '[extension.AUTH]\nfailure-delay = "0s"\n')


def _http(check, server, programs):
    with check.case("curl posts a mail, in clear on this host and by HTTPS"):
        for name, scheme in (("post", "http"), ("posts", "https")):
            text = mail(USER, f"user2@{DOMAIN}")
            answer = _post(check, f"{scheme}://{server.at(name)}", text)
            expect(answer["status"], 202, f"status ({answer})")
            expect_true(answer["id"], f"no id in {answer}")
            top = wait_got(lambda: _files(programs, "user2.*"), text)[0]
            expect_in(" with ESMTP" + ("SA " if scheme == "https" else "A "), top, "Received")
    with check.case("a wrong password, no mail, and a recipient that is unknown, by HTTP"):
        url = f"http://{server.at('post')}"
        expect(_post(check, url, mail(), login=f"{USER}:wrong")["status"], 401, "status, wrong password")
        expect(_post(check, url, b"")["status"], 400, "status, no mail")
        answer = _post(check, url, mail(), to=f"nobody@{DOMAIN}")
        expect(answer["status"], 422, f"status, unknown recipient ({answer})")
        expect_in("550 5.1.1", json.dumps(answer), "answer")
    with check.case("a reload closes the inlet, and the rest goes on"):
        port = server.port("post")
        text = server.config.read_text()
        server.config.write_text(text.replace('[[http]]\nname = "post"\naddress = "127.0.0.1:0"\ntls = "none"\n', ""))
        expect(mailwright(check, "reload", "--config", server.config).status, 0, "status of reload")
        until(lambda: not listens(port), 20, "it still listens")
        text = mail(USER, f"user2@{DOMAIN}")
        expect(_post(check, f"https://{server.at('posts')}", text)["status"], 202, "status, by HTTPS")
        wait_got(lambda: _files(programs, "user2.*"), text)


def _post(check, server, text, login=LOGIN, to=f"user2@{DOMAIN}"):
    """The answer's members, and its status."""
    done = call(check, [
        "curl", "--silent", "--insecure", "--max-time", "20", "--user", login, "--data-binary", "@-",
        "--header", "Content-Type: message/rfc822", "--write-out", "\n%{http_code}",
        f"{server}/v1/mail?from={USER}&to={to}"], stdin=text)
    expect(done.status, 0, f"status of curl ({done.text})")
    body, status = done.out.decode().rsplit("\n", 1)
    found = json.loads(body)
    expect_true(isinstance(found, dict), f"no object: {body}")
    return {**found, "status": int(status)}


def _filter(check, when):
    with content_filter() as filter:
        server = MailServer(
            check, when, listener("mx", "mx", "none") + listener("submissions", "submission", "implicit")
            + listener("back", "mx", "none", more='filtered = false\ntrusted = ["127.0.0.1/32"]\n'),
            f'[filter]\n{when} = "127.0.0.1:{filter.port}"\n'
            f'[[route]]\ndomain = "elsewhere.example.org"\nto = "bsmtp:spool"\n')
        server.add_users()
        with server:
            filter.back = server.addresses["back"]
            with check.case(f"a content filter {when} the queue sees each mail once, and gives it back"):
                text = _send(server, USER)
                found = until(lambda: find(server.maildir(), text), 20, "no mail")
                expect(len(found), 1, "mails")
                expect(found[0].count(b"X-Seen: by the filter\n"), 1, "fields of the filter")
                expect_true(found[0].endswith(unix(text)), "the mail changed on its way")
                expect(filter.seen, 1, "mails that the filter saw")
            with check.case(f"a filter {when} the queue: mail of a user goes on to another host"):
                text = mail(USER, "someone@elsewhere.example.org")
                with smtplib.SMTP_SSL(*server.addresses["submissions"]) as client:
                    client.login(USER, "secret1")
                    client.sendmail(USER, ["someone@elsewhere.example.org"], text)
                expect_in("X-Seen", wait_got(lambda: _batches(server.folder / "spool"), text)[0], "on top")
            with check.case(f"a filter {when} the queue refuses a mail"):
                text = mail(USER) + SPAM + b"\r\n"
                with smtplib.SMTP(*server.addresses["mx"]) as client:
                    client.ehlo()
                    client.mail(USER)
                    client.rcpt(f"user2@{DOMAIN}")
                    reply = client.data(text)
                if when == "before":
                    expect(reply, (554, b"5.7.1 it is spam"), "reply")
                else:
                    expect(reply[0], 250, "reply")
                    until(lambda: [report for report in map(lambda file: file.read_bytes(), server.maildir().glob(
                        "new/*")) if b"it is spam" in report], 20, "no report")
                expect(find(server.maildir("user2"), text), [], "mails")


def _send(server, to, sender="sender@example.org"):
    text = mail(sender, to)
    with smtplib.SMTP(*server.addresses["mx"]) as client:
        client.sendmail(sender, [to], text)
    return text


def _files(folder, pattern):
    return [file.read_bytes() for file in sorted(folder.glob(pattern)) if file.suffix == ".eml"]


def _batches(folder):
    """The contents of batches, without what stands before and after them."""
    found = []
    for file in folder.glob("*.bsmtp"):
        text = file.read_bytes().split(b"\r\nDATA\r\n", 1)[1].rsplit(b"\r\n.\r\nQUIT", 1)[0] + b"\r\n"
        found.append(b"".join(line[1:] if line.startswith(b".") else line for line in text.splitlines(True)))
    return found


if __name__ == "__main__":
    step.run("gateway", "Mail comes and goes by other ways than SMTP.", cases)
