#!/usr/bin/python3 -B
"""Mail goes through our queue to the mail servers of others, by MX and by smarthost, and comes from them to us."""

import contextlib
import socket

from lib import relay_inbound, relay_queue, step
from lib.certificates import Authority
from lib.exim import Exim
from lib.mailserver import DOMAIN
from lib.messages import mail, subject, wait_got
from lib.nameserver import NameServer
from lib.opensmtpd import OpenSmtpd
from lib.peers import AioSmtpd, Haraka
from lib.postfix import PostfixServer
from lib.postfix_peer import PostfixPeer
from lib.processes import free_host, free_port
from lib.reports import expect_report, reports, wait_for_report
from lib.sinkpeer import SinkPeer
from lib.step import expect, expect_in, expect_true, until
from lib.store_forward import SENDER, Relay, queue, relay, route

NAMES = ("postfix", "exim", "opensmtpd", "haraka", "aiosmtpd", "grey", "live", "stiff")


class Peers:
    """The mail servers of others, each at port 25 of an address of its own, and the name server that tells of them."""

    def __init__(self, check, certificate, stack):
        self.hosts, taken = {}, []
        for name in NAMES:
            # Held until each has its own.
            host = free_host()
            self.hosts[name] = host
            taken.append(_hold(host))
        for held in taken:
            held.close()

        def at(name):
            return {"host": self.hosts[name], "port": 25}

        self.mails = {}
        self.postfix = stack.enter_context(PostfixPeer(check, certificate, **at("postfix")))
        self.exim = stack.enter_context(Exim(check, certificate, **at("exim")))
        self.opensmtpd = stack.enter_context(OpenSmtpd(check, **at("opensmtpd")))
        self.haraka = stack.enter_context(Haraka(check, certificate, **at("haraka"), domain="haraka.test"))
        self.aiosmtpd = stack.enter_context(
            AioSmtpd(check, certificate, "aiosmtpd", "--plain", f"{self.hosts['aiosmtpd']}:25"))
        self.mails = {
            "postfix": lambda: self.postfix.mails("user1"), "exim": lambda: self.exim.mails("user1"),
            "opensmtpd": lambda: self.opensmtpd.mails("user1"), "haraka": self.haraka.mails,
            "aiosmtpd": self.aiosmtpd.mails,
        }
        self.tried = set()
        self.grey = stack.enter_context(SinkPeer(**at("grey"), script=self._greylist))
        self.live = stack.enter_context(SinkPeer(**at("live")))
        self.names = stack.enter_context(NameServer(check, {"test": self._zone()}))

    def _greylist(self, stage, session, text):
        if stage == "rcpt" and (session.sender, text) not in self.tried:
            self.tried.add((session.sender, text))
            return "450 4.2.0 greylisted, come back later"
        return None

    def _zone(self):
        lines = [f"{name} IN MX 10 mx.{name}\nmx.{name} IN A {host}" for name, host in self.hosts.items()]
        # Nothing listens at the address of the first host.
        lines.append(f"half IN MX 10 mx.stiff\nhalf IN MX 20 mx.live\nbare IN A {self.hosts['live']}")
        lines.append("null IN MX 0 .\nalias IN CNAME live")
        return "\n".join(lines)


def _hold(host):
    held = socket.socket()
    held.bind((host, 25))
    return held


def cases(check):
    authority = Authority(check)
    certificate = authority.issue("localhost", names="IP:127.0.0.1,DNS:*.test")
    with contextlib.ExitStack() as stack:
        peers = Peers(check, certificate, stack)
        dead = free_port()
        more = (queue() + relay() + f'[dns]\nservers = ["{peers.names.address}"]\n'
                + route("waits.example.net", dead))
        with Relay(check, "relay", more) as server:
            _by_mx(check, server, peers)
            _refusals(check, server, peers)
            _later(check, server, peers)
            relay_queue.cases(check, server, dead)
            relay_inbound.cases(check, server, certificate)
            with check.case("at the end nothing waits in the queue"):
                server.wait_empty()
        _smarthosts(check, peers, authority, certificate)


def _by_mx(check, server, peers):
    for name, mails in peers.mails.items():
        with check.case(f"by MX to {name}"):
            # Haraka breaks lines of more than 990.
            sent = mail(SENDER, f"user1@{name}.test", longest=980 if name == "haraka" else 998)
            server.submit(sent, f"user1@{name}.test")
            tops = wait_got(mails, sent)
            expect_in(f"by mx.{DOMAIN}", " ".join(tops[0].split()), "Received fields")
    for name in ("postfix", "exim"):
        with check.case(f"by MX to {name}, 20 mails of 100 kB to two users each"):
            own = getattr(peers, name)
            mails = [mail(SENDER, f"user1@{name}.test", octets=100_000) for _ in range(20)]
            for sent in mails:
                server.submit(sent, f"user1@{name}.test", f"user2@{name}.test")
            for sent in mails:
                for user in ("user1", "user2"):
                    wait_got(lambda user=user: own.mails(user), sent, 60)
    for name, why in (("bare", "no MX, an address only"), ("alias", "a name that is an alias"),
                      ("half", "the better of two MX is dead")):
        with check.case(f"by MX, {why}"):
            sent = mail(SENDER, f"someone@{name}.test")
            server.submit(sent, f"someone@{name}.test")
            until(lambda: peers.live.taken(subject(sent)), 30, "no mail arrived")
            wait_got(lambda: [content for _, _, content in peers.live.taken()], sent)
    with check.case("one mail to five servers and to a user of our own"):
        to = [f"user1@{name}.test" for name in peers.mails]
        sent = mail(SENDER, ">, <".join(to), longest=980)
        server.submit(sent, *to, f"user2@{DOMAIN}")
        for mails in peers.mails.values():
            wait_got(mails, sent)
        wait_got(lambda: [file.read_bytes() for file in server.maildir("user2").glob("new/*")], sent)


def _refusals(check, server, peers):
    inbox = server.maildir()
    for recipient, status, remote, why in (
        ("unknown@postfix.test", "5.1.1", True, "Postfix knows no such user"),
        ("unknown@exim.test", "5.", True, "Exim knows no such user"),
        ("unknown@opensmtpd.test", "5.", True, "OpenSMTPD knows no such user"),
        ("unknown@aiosmtpd.test", "5.1.1", True, "aiosmtpd knows no such user"),
        ("someone@null.test", "5.1.10", False, "a domain that takes no mail"),
        ("someone@not-there.test", "5.", False, "a domain that does not exist"),
    ):
        with check.case(f"a report comes back: {why}"):
            sent = mail(SENDER, recipient)
            server.submit(sent, recipient)
            report = wait_for_report(inbox, subject(sent))
            expect_report(report, recipient, status, f"mx.{DOMAIN}", remote=remote)
    with check.case("one recipient of two is refused: one mail, one report about the other"):
        sent = mail(SENDER, "user1@exim.test")
        server.submit(sent, "user1@exim.test", "unknown@exim.test")
        wait_got(peers.mails["exim"], sent)
        report = wait_for_report(inbox, subject(sent))
        expect_report(report, "unknown@exim.test", "5.", f"mx.{DOMAIN}")
        expect_true("user1@exim.test" not in str(report.get_payload(1)), "the report speaks of the other recipient")
    with check.case("no report about a mail with the null reverse-path"):
        before = len(server.running.said())
        sent = mail("", "unknown@aiosmtpd.test")
        server.submit(sent, "unknown@aiosmtpd.test", sender="")
        until(lambda: "failed by relay>aiosmtpd.test" in server.running.said()[before:], 30, "nothing became of it")
        server.wait_empty()
        since = server.running.said()[before:]
        expect_true(", told in mail " not in since, f"somebody was told: {since}")


def _later(check, server, peers):
    with check.case("greylisted: tried again, and delivered once"):
        sent = mail(SENDER, "user1@grey.test")
        server.submit(sent, "user1@grey.test", "user2@grey.test")
        wanted = {"user1@grey.test", "user2@grey.test"}

        def delivered():
            got = [one for _, recipients, _ in peers.grey.taken(subject(sent)) for one in recipients]
            return wanted <= set(got) and got

        got = until(delivered, 30, f"not delivered; the peer saw {dict(peers.grey.stages)}")
        expect(sorted(got), sorted(wanted), "recipients that got it")
        expect(reports(server.maildir(), subject(sent)), [], "reports about a delay")


def _smarthosts(check, peers, authority, certificate):
    with check.case("by smarthost in clear, Exim"):
        more = queue() + relay(f'smarthost = "[{peers.hosts["exim"]}]:25"\ntls = "none"\n')
        with Relay(check, "smarthost-exim", more) as server:
            sent = mail(SENDER, "user1@exim.test")
            server.submit(sent, "user1@exim.test")
            wait_got(peers.mails["exim"], sent)
    with PostfixServer(check, certificate, "smarthost.test") as postfix:
        for mechanism, port in postfix.submission.items():
            if mechanism not in ("PLAIN", "SCRAM-SHA-256"):
                continue
            with check.case(f"by smarthost with STARTTLS and AUTH {mechanism}, Postfix"):
                secret = check.logs / "smarthost-password"
                secret.write_text(postfix.PASSWORD + "\n")
                secret.chmod(0o600)
                more = queue() + relay(f'smarthost = "[127.0.0.1]:{port}"\nuser = "{postfix.USER}"\n'
                                       f'password-file = "{secret}"\ntls = "required"\n')
                with Relay(check, f"smarthost-{mechanism}", more) as server:
                    sent = mail(SENDER, "user1@smarthost.test")
                    server.submit(sent, "user1@smarthost.test")
                    wait_got(lambda: postfix.mails("user1"), sent)


if __name__ == "__main__":
    step.run("relay", "Mail through our queue to the mail servers of others, and from them to us.", cases)
