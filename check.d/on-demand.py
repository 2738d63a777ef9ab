#!/usr/bin/python3 -B
"""Mail that waits until its host asks for it or fetches it: between servers of ours, with Postfix and with fetchmail."""

import os
import smtplib

from lib import step
from lib.certificates import Authority
from lib.mailserver import DOMAIN, MailServer, listener, mailwright
from lib.messages import mail, unix, wait_got
from lib.postfix_peer import PostfixPeer
from lib.processes import call, free_port
from lib.step import expect, expect_in, until
from lib.store_forward import PASSWORD, PEER, SENDER, Relay, queue, relay

FETCHED, CALLED, FAR = "fetched.test", "called.test", "far.test"


class Provider(Relay):
    """Keeps mail for two domains: one whose host fetches it, and one whose host asks for it."""

    def __init__(self, check, branch):
        secret = check.logs / "branch-secret"
        secret.write_text(PASSWORD + "\n")
        secret.chmod(0o600)
        super().__init__(
            check, "provider",
            queue() + relay()
            + f'[[turn]]\ndomains = ["{FETCHED}"]\nuser = "{SENDER}"\nsecret-file = "{secret}"\n'
            + f'[[turn]]\ndomains = ["{CALLED}"]\nhost = "[127.0.0.1]:{branch.port("mx")}"\n'
            + '[extension.ETRN]\ninterval = "1s"\n[extension.AUTH]\nrequire-tls = false\n',
            listener("mx", "mx") + listener("odmr", "submission", "implicit") + listener("clear", "submission", "none")
            + listener("submissions", "submission", "implicit"))

    def kill(self):
        """SIGKILL: it has no time to do anything."""
        self.running.process.kill()
        self.running.process.wait()

    def take(self, text, recipient):
        """Takes a mail from anyone."""
        with smtplib.SMTP("127.0.0.1", self.port("mx"), timeout=60) as client:
            expect(client.sendmail("sender@example.org", [recipient], text), {}, "refused recipients")

    def waits(self, domain, count):
        until(lambda: sum(f"@{domain}" in str(one) for one in self.waiting()) == count, 10,
              f"not {count} mails for {domain} wait: {self.waiting()}")


def cases(check):
    certificate = Authority(check, "on-demand-tls").issue("localhost")
    with Branch(check) as branch, Provider(check, branch) as provider:
        with check.unbroken():
            _ours(check, provider, branch)
        with check.unbroken():
            _fetchmail(check, provider, branch)
        with check.unbroken():
            _postfix(check, certificate)


class Branch(MailServer):
    """A server that takes the mail of all the domains, for anybody in them."""

    def __init__(self, check, name="branch", port=0):
        super().__init__(check, name, listener("mx", "mx", "none", f"127.0.0.1:{port}"))
        text = self.config.read_text(encoding="utf-8")
        for old, new in ((f'local = ["{DOMAIN}"]', f'local = ["branch.test", "{FETCHED}", "{CALLED}", "{FAR}"]'),
                         (f'hostname = "mx.{DOMAIN}"', 'hostname = "mx.branch.test"'),
                         ("[users]\n", '[users]\nunknown-recipients = "accept"\n')):
            text = text.replace(old, new)
        self.config.write_text(text, encoding="utf-8")

    def mails(self, domain):
        return [file.read_bytes() for file in (self.folder / "var/mail" / domain / "joe").glob("new/*")]


def _ours(check, provider, branch):
    def fetch(*words, user=SENDER, password=PASSWORD):
        return mailwright(check, "fetch", "--server", provider.at("odmr"), "--tls", "implicit", "--insecure",
                          "--user", user, "--to", branch.at("mx"), *words,
                          env=dict(os.environ, MAILWRIGHT_PASSWORD=password))

    with check.case("ATRN: mail waits through SIGKILL, and is fetched by command, octet for octet"):
        large, small = mail(recipient=f"joe@{FETCHED}", octets=3_000_000), mail(recipient=f"joe@{FETCHED}")
        for sent in (large, small):
            provider.take(sent, f"joe@{FETCHED}")
        provider.kill()
        provider.start()
        provider.waits(FETCHED, 2)
        expect(branch.mails(FETCHED), [], "mails that were not fetched")
        fetched = fetch()
        expect(fetched.status, 0, f"status ({fetched.text})")
        expect_in("250 2.0.0", fetched.out.decode(), "answer")
        for sent in (large, small):
            wait_got(lambda: branch.mails(FETCHED), sent)
        provider.wait_empty()
    with check.case("ATRN: none waits; not for another; not without the password"):
        expect_in("453 4.2.0", fetch().out.decode(), "answer")
        expect_in("450 4.7.1", fetch(CALLED).out.decode(), "answer for another's domain")
        expect_in("450 4.7.1", fetch(user=f"user2@{DOMAIN}", password="correct horse \u00e9 battery").out.decode(),
                  "answer to a user without mail")
        expect(fetch(password="wrong").status, 69, "status with a wrong password")
    with check.case("TURN: the mail of the domain that the host presents itself by, and no other's"):
        sent = mail(recipient=f"joe@{FETCHED}")
        provider.take(sent, f"joe@{FETCHED}")
        expect_in("502 5.7.1", fetch("--turn", "--helo", CALLED).out.decode(), "answer to another name")
        expect_in("250 2.0.0", fetch("--turn", "--helo", FETCHED).out.decode(), "answer")
        wait_got(lambda: branch.mails(FETCHED), sent)
    with check.case("ETRN by command: waits until somebody asks, then goes to the host; a stranger's domain: 459"):
        sent = mail(recipient=f"joe@{CALLED}")
        provider.take(sent, f"joe@{CALLED}")
        provider.waits(CALLED, 1)
        expect(branch.mails(CALLED), [], "mails that nobody asked for")
        refused = mailwright(check, "etrn", "--server", provider.at("mx"), "elsewhere.example.net")
        expect_in("459", refused.out.decode(), "answer for a strange domain")
        asked = mailwright(check, "etrn", "--server", provider.at("mx"), CALLED)
        expect(asked.status, 0, f"status ({asked.text})")
        expect_in("253 2.0.0", asked.out.decode(), "answer")
        wait_got(lambda: branch.mails(CALLED), sent)


def _fetchmail(check, provider, branch):
    def fetchmail(name, lines):
        control = check.logs / name
        control.write_text(lines, encoding="utf-8")
        control.chmod(0o600)
        return call(check, ["fetchmail", "--nodetach", "--nosyslog", "-v", "-f", control,
                            "--pidfile", check.logs / f"{name}.pid"],
                    env=dict(os.environ, HOME=str(check.logs), FETCHMAILHOME=str(check.logs)))

    with check.case("fetchmail, ETRN: asks, and we send to the host"):
        sent = mail(recipient=f"joe@{CALLED}")
        # What comes while the host is called goes at once; that is over after half a minute without mail.
        provider.kill()
        provider.start()
        provider.take(sent, f"joe@{CALLED}")
        provider.waits(CALLED, 1)
        done = fetchmail("fetchmail-etrn", f"poll 127.0.0.1 protocol ETRN service {provider.port('mx')} "
                         f"no dns fetchdomains {CALLED} sslproto ''\n")
        expect_in("ETRN " + CALLED, done.text, "what fetchmail said")
        wait_got(lambda: branch.mails(CALLED), sent)
    # In clear: within TLS fetchmail waits for octets that it has read already.
    with check.case("fetchmail, ODMR: logs in by CRAM-MD5, and takes the mail over its connection"):
        sent = mail(recipient=f"joe@{FETCHED}")
        provider.take(sent, f"joe@{FETCHED}")
        lines = (f"poll 127.0.0.1 protocol ODMR service {provider.port('clear')} no dns user \"{SENDER}\" "
                 f"password \"{PASSWORD}\" sslproto '' fetchdomains {FETCHED} "
                 f"smtphost 127.0.0.1/{branch.port('mx')}\n")
        done = fetchmail("fetchmail-odmr", lines)
        expect_in("ATRN " + FETCHED, done.text, "what fetchmail said")
        wait_got(lambda: branch.mails(FETCHED), sent)
        provider.wait_empty()
        expect_in("You have no mail", fetchmail("fetchmail-odmr", lines).text, "what fetchmail said when none waits")


def _postfix(check, certificate):
    """Postfix keeps what it cannot deliver, and tries again when it is asked."""
    port = free_port()
    settings = {"fast_flush_domains": FAR}
    with PostfixPeer(check, certificate, "postfix.test", PEER, None, f"smtp:[127.0.0.1]:{port}", settings) as postfix:
        def etrn(domain):
            return mailwright(check, "etrn", "--server", f"{PEER}:{postfix.port}", domain)

        with check.case("our ETRN to Postfix: it sends what it has put off; a stranger's domain: 459"):
            sent = mail(recipient=f"joe@{FAR}")
            postfix.sendmail("sender@example.org", f"joe@{FAR}", unix(sent))
            until(lambda: "status=deferred" in postfix.said(), 30, "Postfix did not put the mail off")
            with Branch(check, "far", port) as far:
                asked = etrn(FAR)
                expect(asked.status, 0, f"status ({asked.text})")
                expect_in(f"{FAR} 250 ", asked.out.decode(), "answer")
                wait_got(lambda: far.mails(FAR), sent, 60)
            expect_in("459", etrn("elsewhere.example.net").out.decode(), "answer for a strange domain")


if __name__ == "__main__":
    step.run("on-demand", "Mail that waits until its host asks for it or fetches it.", cases)
