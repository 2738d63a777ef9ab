"""Mails to send, and what has to arrive of them."""

import itertools
import os
import time

from .step import Failure, expect, expect_in, until

_NUMBERS = itertools.count(1)


def mail(sender="sender@example.org", recipient="user1@example.test", octets=0, longest=998):
    """A mail with CRLF line ends whose body has what goes wrong most easily: dots, blanks, long and empty lines.

    It has at least so many octets, and lines of at most so many; RFC 5321 allows 998.
    """
    number = f"{next(_NUMBERS)}.{os.getpid()}"
    lines = [
        f"From: <{sender}>",
        f"To: <{recipient}>",
        f"Subject: check {number}",
        "Date: Mon, 02 Mar 2026 10:00:00 +0000",
        f"Message-ID: <{number}@check.example.org>",
        "X-Folded: a field that",
        "\tis folded",
        "",
        ".",
        "..",
        ".leading dot",
        "...three",
        "",
        "From the start of a line",
        "a tab\tand blanks at the end   ",
        "x" * longest,
        "." + "y" * 900,
        "EHLO not.a.command.example.org",
        "QUIT",
        "",
        ". ",
        ".",
    ]
    text = "\r\n".join(lines).encode() + b"\r\n"
    filler = b"0123456789 abcdefghijklmnopqrstuvwxyz .\r\n"
    text += filler * max(0, (octets - len(text)) // len(filler))
    return text + b"the end\r\n"


def subject(text):
    """What the mail can be found by."""
    return next(line for line in text.replace(b"\r\n", b"\n").split(b"\n") if line.startswith(b"Subject: "))


def unix(text):
    """The mail with the line ends of a file."""
    return text.replace(b"\r\n", b"\n")


def wire_form(text):
    """The mail as DATA carries it: lines that begin with a dot begin with two."""
    return b"".join(b"." + line if line.startswith(b".") else line for line in text.splitlines(True))


def split_trace(found):
    """The Return-Path, the Delivered-To, the Received fields on top, and the mail as it was sent, of a mail that arrived."""
    lines = found.split(b"\n")
    trace = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith((b"Return-Path:", b"Delivered-To:", b"Received:")):
            trace.append(line)
        elif trace and line[:1] in (b" ", b"\t"):
            trace[-1] += b" " + line.strip()
        else:
            break
        at += 1
    return trace, b"\n".join(lines[at:])


def expect_mail(found, sent, sender, protocol, hops=1):
    """The file of a Maildir is what was sent, octet for octet, below Return-Path, Delivered-To and the Received fields."""
    trace, rest = split_trace(found)
    if rest != unix(sent):
        raise Failure(f"the mail changed on its way: {_difference(unix(sent), rest)}")
    text = [line.decode("utf-8", "replace") for line in trace]
    expect(text[0] if text else None, f"Return-Path: <{sender}>", "first line")
    fields = [line for line in text[1:] if not line.startswith("Delivered-To:")]
    # Mail that went through the queue has one; what is delivered before its 250 has none.
    expect(len(text) - 1 - len(fields) in (0, 1), True, "at most one Delivered-To")
    expect([line.split(":")[0] for line in fields], ["Received"] * hops, "fields above the mail")
    expect_in(f" with {protocol} ", fields[0].replace(";", " ;"), "Received")


def _difference(wanted, found):
    if len(wanted) != len(found):
        lengths = f"{len(wanted)} octets were sent, {len(found)} arrived; "
    else:
        lengths = ""
    for at, (a, b) in enumerate(zip(wanted, found)):
        if a != b:
            return f"{lengths}from octet {at}: sent {wanted[at:at + 60]!r}, arrived {found[at:at + 60]!r}"
    at = min(len(wanted), len(found))
    return f"{lengths}sent on {wanted[at:at + 60]!r}, arrived on {found[at:at + 60]!r}"


def find(folder, sent, seconds=0, times=1):
    """The files of a Maildir with the subject of the mail that was sent.

    Mail leaves the queue a moment after its 250: with `seconds` it waits at most so long for as many as there should be;
    without, it looks whether something comes that should not.
    """
    wanted = subject(sent)

    def there():
        found = [file.read_bytes() for file in sorted(folder.glob("new/*"))]
        return [text for text in found if wanted in text.split(b"\n\n", 1)[0].split(b"\n")]

    if seconds:
        until(lambda: len(there()) >= times, seconds, f"no mail with {wanted.decode()} in {folder}")
        return there()
    end = time.monotonic() + 0.3
    while not there() and time.monotonic() < end:
        time.sleep(0.05)
    return there()


def expect_got(mails, sent, times=1):
    """A server has the mail as often as it should, octet for octet below what it put on top; gives what is on top."""
    wanted = subject(sent)
    found = [text for text in map(unix, mails()) if b"\n" + wanted + b"\n" in text.split(b"\n\n", 1)[0] + b"\n"]
    expect(len(found), times, f"mails with {wanted.decode()} that the server has")
    tops = []
    for text in found:
        begin = text.find(unix(sent)[:40])
        if begin < 0:
            raise Failure("the first field of the mail changed")
        if text[begin:].rstrip(b"\n") != unix(sent).rstrip(b"\n"):
            raise Failure(f"the mail changed on its way: {_difference(unix(sent), text[begin:])}")
        tops.append(text[:begin].decode("utf-8", "replace"))
    return tops


def wait_got(mails, sent, seconds=30):
    """Waits for the mail at a server; then it is there once, and unchanged."""
    until(lambda: any(subject(sent) in text for text in mails()), seconds,
          f"no mail with {subject(sent).decode()} arrived")
    return expect_got(mails, sent)
