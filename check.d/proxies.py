#!/usr/bin/python3 -B
"""Hosts that speak for others: HAProxy before us (PROXY), Postfix and swaks with us (XCLIENT, XFORWARD)."""

import contextlib
import re
import smtplib
import socket
import ssl
import time

from lib import speaking_for, step
from lib.certificates import Authority
from lib.haproxy import HaProxy
from lib.mailserver import DOMAIN, MailServer, listener
from lib.messages import expect_mail, find, mail, split_trace, wire_form
from lib.step import expect, expect_in, expect_true, until

SENDER, USER = "sender@example.org", f"user1@{DOMAIN}"
CLIENT = "127.0.0.2"  # who comes through HAProxy, which comes from 127.0.0.1
STRANGER = "127.0.0.3"
USUAL = '"PIPELINING", "ENHANCEDSTATUSCODES", "SIZE", "8BITMIME", "CHUNKING", "STARTTLS", "AUTH"'


def cases(check):
    certificate = Authority(check, "haproxy-tls").issue("localhost")
    with check.unbroken():
        _haproxy(check, certificate)
    with check.unbroken():
        speaking_for.cases(check, certificate)


def _haproxy(check, certificate):
    pem = check.logs / "haproxy.pem"
    pem.write_bytes(b"".join(file.read_bytes() for file in certificate))
    extensions = f"extensions = [{USUAL}, \"PROXY\"]\n"
    server = MailServer(
        check, "behind-haproxy",
        listener("mx", "mx", more=extensions) + listener("submissions", "submission", "implicit", more=extensions),
        '[extension.PROXY]\ntrusted = ["127.0.0.1/32"]\ntimeout = "500ms"\n'
        '[extension.AUTH]\nfailure-delay = "100ms"\n')
    server.add_users()
    with contextlib.ExitStack() as stack:
        stack.enter_context(server)
        mx, submissions = server.port("mx"), server.port("submissions")
        proxy = stack.enter_context(HaProxy(check, {
            "v1": (mx, "send-proxy check check-send-proxy"),
            "v2": (mx, "send-proxy-v2 check check-send-proxy"),
            "ssl": (mx, "send-proxy-v2-ssl-cn proxy-v2-options crc32c,unique-id,authority,ssl-cipher,cert-key,cert-sig"
                    " check check-send-proxy", f"ssl crt {pem}"),
            "implicit": (submissions, "send-proxy-v2 check check-send-proxy check-ssl verify none"),
            "bare": (mx, ""),
            "bare-check": (mx, "check"),
            "stranger": (mx, f"source {STRANGER} send-proxy"),
            "stranger-v2": (mx, f"source {STRANGER} send-proxy-v2"),
        }))
        _through(check, server, proxy)
        _past(check, server, proxy)
        _checked(check, server, proxy)


def _from(host, port, secure=False):
    """A session whose client has this address."""
    if not secure:
        return smtplib.SMTP("127.0.0.1", port, "client.example.org", 30, (host, 0))
    return smtplib.SMTP_SSL("127.0.0.1", port, "client.example.org", timeout=30, source_address=(host, 0),
                            context=_trusting())


def _trusting():
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _came(server, sent, host, protocol):
    """The mail is there, octet for octet, and its trace names that client."""
    found = find(server.maildir(), sent, 15)
    expect(len(found), 1, "mails")
    expect_mail(found[0], sent, SENDER, protocol)
    received = split_trace(found[0])[0][-1].decode()
    expect(re.findall(r"\[([0-9.]+)\]", received.split(" by ")[0]), [host], f"clients in {received}")


def _through(check, server, proxy):
    for way in ("v1", "v2"):
        with check.case(f"HAProxy, {way}: the client's own address is in Received"):
            sent = mail(SENDER, USER)
            with _from(CLIENT, proxy.ports[way]) as client:
                port = client.sock.getsockname()[1]
                expect(client.sendmail(SENDER, [USER], sent), {}, "refused recipients")
            _came(server, sent, CLIENT, "ESMTP")
            until(lambda: f"{CLIENT}:{port} [" in proxy.said(), 10, f"HAProxy's log does not name {CLIENT}:{port}")
        with check.case(f"HAProxy, {way}: header, then STARTTLS, and a mail of 1 MB in the pipeline"):
            sent = mail(SENDER, USER, octets=1_000_000)
            with _from(CLIENT, proxy.ports[way]) as client:
                expect(client.starttls(context=_trusting())[0], 220, "STARTTLS")
                expect(client.sendmail(SENDER, [USER], sent), {}, "refused recipients")
            _came(server, sent, CLIENT, "ESMTPS")
    with check.case("HAProxy, v2 with what it knows of TLS that ends there: addresses are found among the rest"):
        sent = mail(SENDER, USER)
        with _from(CLIENT, proxy.ports["ssl"], secure=True) as client:
            expect(client.sendmail(SENDER, [USER], sent), {}, "refused recipients")
        _came(server, sent, CLIENT, "ESMTP")
    with check.case("HAProxy, v2 in front of TLS that goes through to us: who fails to log in is named in the log"):
        sent = mail(SENDER, USER)
        with _from(CLIENT, proxy.ports["implicit"], secure=True) as client:
            with contextlib.suppress(smtplib.SMTPAuthenticationError):
                client.login(USER, "wrong")
            client.login(USER, "secret1")
            expect(client.sendmail(SENDER, [USER], sent), {}, "refused recipients")
        _came(server, sent, CLIENT, "ESMTPSA")
        until(lambda: re.search(rf"login with PLAIN from /?{CLIENT}:\d+ failed", server.running.said()), 10,
              "our log does not say who failed to log in")


def _read(host, port, said=b""):
    """All that somebody is told who says this at once, and nothing more."""
    with socket.create_connection(("127.0.0.1", port), 10, (host, 0)) as client:
        client.sendall(said)
        with contextlib.suppress(ConnectionResetError):
            client.shutdown(socket.SHUT_WR)
        told = b""
        with contextlib.suppress(ConnectionResetError):
            while more := client.recv(4096):
                told += more
    return told


def _silent(host, port):
    """How long somebody who says nothing was left alone, and what he was told."""
    begin = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), 10, (host, 0)) as client:
        told = b""
        with contextlib.suppress(ConnectionResetError):
            while more := client.recv(4096):
                told += more
    return time.monotonic() - begin, told


def _past(check, server, proxy):
    mx = server.port("mx")
    for name, host, port in (("past HAProxy from a trusted host", "127.0.0.1", mx),
                             ("through HAProxy, which sends no header", CLIENT, proxy.ports["bare"])):
        with check.case(f"{name}: cut without a word, after the time, or at the first command"):
            seconds, told = _silent(host, port)
            expect(told, b"", "what was said")
            expect_true(0.4 < seconds < 5, f"cut after {seconds:.2f} s, not after 0.5 s")
            expect(_read(host, port, b"EHLO client.example.org\r\n"), b"", "what was said")
    with check.case("past HAProxy from elsewhere: served as who it is, and PROXY is no command"):
        sent = mail(SENDER, USER)
        with _from(STRANGER, mx) as client:
            said = client.docmd(f"PROXY TCP4 {CLIENT} 127.0.0.1 1234 25")
            expect(said[0], 500, f"reply to PROXY ({said})")
            expect(client.sendmail(SENDER, [USER], sent), {}, "refused recipients")
        _came(server, sent, STRANGER, "ESMTP")
    for way in ("stranger", "stranger-v2"):
        with check.case(f"a HAProxy that is not trusted ({way}): its header changes nobody's address"):
            sent = mail(SENDER, USER)
            with socket.create_connection(("127.0.0.1", proxy.ports[way]), 10, (CLIENT, 0)) as client:
                lines = client.makefile("rb")

                def answer():
                    while (line := lines.readline())[3:4] == b"-":
                        pass
                    return line[:3].decode()

                expect(answer(), "220", "greeting")
                # What is left of a binary header, which ends without a line end, is the beginning of the first line.
                client.sendall(b"NOOP\r\nEHLO client.example.org\r\n")
                told = [answer()]
                wanted = 2 if way == "stranger" else 1
                while told.count("250") < wanted:
                    told.append(answer())
                expect_in("500", told, "what is said to the header")
                for line in (f"MAIL FROM:<{SENDER}>", f"RCPT TO:<{USER}>", "DATA"):
                    client.sendall(f"{line}\r\n".encode())
                    expect_in(answer(), ("250", "354"), f"reply to {line}")
                client.sendall(wire_form(sent) + b".\r\n")
                expect(answer(), "250", "reply to the mail")
            _came(server, sent, STRANGER, "ESMTP")


def _checked(check, server, proxy):
    with check.case("HAProxy asks how we are (smtpchk; PROXY UNKNOWN, LOCAL, within TLS): up, and our log has no error"):
        for way in ("v1", "v2", "ssl", "implicit"):
            proxy.wait_state(way, "UP")
            until(lambda way=way: proxy.state(way)[1] == "L7OK", 10, f"check of {way}: {proxy.state(way)}")
        expect_true(not re.search(r"Server (v1|v2|ssl|implicit)/ours is DOWN", proxy.said()),
                    f"a check failed: {proxy.said()[-800:]}")
        expect_true(" ERROR " not in server.running.said(), f"an error in our log: {server.running.said()[-800:]}")
    with check.case("HAProxy asks without a header: it takes the server out, and we go on"):
        proxy.wait_state("bare-check", "DOWN")
        expect_true("L7OK" not in proxy.state("bare-check")[1], f"state {proxy.state('bare-check')}")
        expect(proxy.state("v2")[0], "UP", "state of a server that is asked as it should be")
    with check.case("HAProxy is gone: no session of its checks and clients is left"):
        proxy.running.stop()
        ports = {server.port("mx"), server.port("submissions")}
        until(lambda: not _open(ports), 10, f"connections that are still open: {_open(ports)}")


def _open(ports):
    """The connections at these ports of this host that somebody has not closed yet."""
    with open("/proc/net/tcp", encoding="ascii") as table:
        lines = [line.split() for line in list(table)[1:]]
    established, close_wait = "01", "08"
    return [line[1:4] for line in lines
            if int(line[1].split(":")[1], 16) in ports and line[3] in (established, close_wait)]


if __name__ == "__main__":
    step.run("proxies", "Hosts that speak for others: HAProxy, Postfix, swaks.", cases)
