"""Clients that send as fast as they can, whatever happens to the server, and know what it has answered for."""

import collections
import hashlib
import smtplib
import ssl
import threading

from .step import Failure, until

FILLER = b"0123456789 abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ\r\n"


class Senders:
    """Threads with a connection each: it is made anew when it breaks, and each mail has a recipient of `recipients`.

    A mail is *accepted* when its 250 was read, *open* when its end was sent and no answer was read, and *refused* with
    the reply otherwise; among those, *unsure* when its end was answered with 451: the store broke off, perhaps after it
    had committed. With a limit no more mails than that are tried.
    """

    def __init__(self, ports, recipients, login, threads=8, octets=10_000, tag="m",
                 limit=10**9):
        self.ports, self.recipients, self.login, self.octets, self.tag = ports, recipients, login, octets, tag
        self.accepted, self.open, self.unsure = {}, {}, {}
        self.refused = collections.Counter()
        self.broken = 0
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._numbers = iter(range(limit))
        self._threads = [threading.Thread(target=self._run, args=(n,), daemon=True) for n in range(threads)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stopped.set()
        for thread in self._threads:
            thread.join(60)

    def count(self):
        with self._lock:
            return len(self.accepted)

    def wait_for(self, more, seconds=60):
        """Waits until so many more mails are accepted."""
        wanted = self.count() + more
        until(lambda: self.count() >= wanted, seconds,
              f"of {more} more mails {more - wanted + self.count()} were accepted; refused: {dict(self.refused)}")

    def wait_for_all(self, count, seconds):
        """Waits until so many mails are accepted, counted from the first."""
        until(lambda: self.count() >= count, seconds, f"fewer than {count} mails were accepted")

    def _run(self, number):
        client = None
        while not self._stopped.is_set():
            try:
                if client is None:
                    client = self._connect(self.ports[number % len(self.ports)])
                self._send(client)
            except (smtplib.SMTPException, OSError, ValueError):
                with self._lock:
                    self.broken += 1
                if client is not None:
                    client.close()
                client = None
                # A server that starts takes a while, and must not be kept from it.
                self._stopped.wait(0.05)
        if client is not None:
            client.close()

    def _connect(self, port):
        if self.login is None:
            client = smtplib.SMTP("127.0.0.1", port, timeout=60)
            client.ehlo()
            return client
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        client = smtplib.SMTP_SSL("127.0.0.1", port, context=context, timeout=60)
        client.login(*self.login)
        return client

    def _send(self, client):
        with self._lock:
            number = next(self._numbers, None)
        if number is None:
            self._stopped.wait()
            return
        sender = self.login[0] if self.login else "sender@example.org"
        recipient = self.recipients[number % len(self.recipients)]
        name = f"{self.tag}{number}"
        body = FILLER * (self.octets // len(FILLER)) + f".\r\nthe end of {name}\r\n".encode()
        text = (f"Subject: {name}\r\nDigest: {_digest(body)}\r\nFrom: <{sender}>\r\nTo: <{recipient}>\r\n\r\n"
                .encode() + body)
        for code, said in (client.mail(sender), client.rcpt(recipient), client.docmd("DATA")):
            if code not in (250, 354):
                self._refuse(client, code, said)
                return
        with self._lock:
            self.open[name] = recipient
        client.send(text.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        code, said = client.getreply()
        with self._lock:
            del self.open[name]
            if code == 250:
                self.accepted[name] = recipient
            elif code == 451:
                self.unsure[name] = recipient
        if code != 250:
            self._refuse(client, code, said)

    def _refuse(self, client, code, said):
        with self._lock:
            self.refused[f"{code} {said.decode('utf-8', 'replace').split(' ')[0]}"] += 1
        if code < 0:
            raise smtplib.SMTPServerDisconnected
        client.rset()
        # A server that wants no mail now is not asked at full speed.
        self._stopped.wait(0.05)


class Arrivals:
    """How often each mail has arrived, whole: in Maildirs, and at a peer."""

    def __init__(self, maildirs, peers):
        self.maildirs, self.peers = maildirs, peers
        self._seen = {}
        self._taken = {}

    def counts(self):
        found = collections.Counter()
        for maildir in self.maildirs:
            for file in maildir.glob("new/*"):
                if file not in self._seen:
                    self._seen[file] = _name(file.read_bytes())
        found.update(self._seen.values())
        for peer in self.peers:
            names = self._taken.setdefault(peer, [])
            mails = peer.taken()
            names += [_name(content) for _, _, content in mails[len(names):]]
            for name, (_, recipients, _) in zip(names, mails):
                found[name] += len(recipients)
        return found

    def wait_for(self, senders, seconds, what, under_way=0, again=0.0):
        """Waits until every accepted mail is there, whole; then tells how it went, and gives the counts.

        At most so many of the unsure mails may be there as were under way when the store broke off; and of all that
        arrived, at most the part `again` may have come more than once (None: whoever asks looks at that).
        """
        def missing():
            there = self.counts()
            return [name for name in senders.accepted if not there[name]]

        try:
            until(lambda: not missing(), seconds, "")
        except Failure:
            lost = missing()
            some = ", ".join(f"{one} to {senders.accepted[one]}" for one in lost[:10])
            raise Failure(f"{what}: {len(lost)} of {len(senders.accepted)} accepted mails did not arrive within"
                          f" {seconds} s: {some}") from None
        there = self.counts()
        twice = {name: times for name, times in there.items() if times > 1}
        bound = len(there) if again is None else int(again * len(there))
        allowed = "" if again is None else f", at most {bound} may"
        unanswered = sum(1 for name in senders.open if there[name])
        print(f"      {what}: {len(senders.accepted)} accepted, all arrived whole; {len(twice)} mails"
              f" ({100 * len(twice) / max(1, len(there)):.1f} %{allowed}) came more than once,"
              f" {sum(there.values()) - len(there)} copies too many; {len(senders.open)} were not answered, {unanswered}"
              f" of them arrived;"
              f" refused: {dict(senders.refused) or 'none'}; {senders.broken} broken connections", flush=True)
        strangers = set(there) - set(senders.accepted) - set(senders.open)
        stored = strangers & set(senders.unsure)
        if len(stored) <= under_way:
            strangers -= stored
        if strangers:
            raise Failure(f"{what}: {len(strangers)} mails arrived that were refused: {sorted(strangers)[:10]}")
        if len(twice) > bound:
            raise Failure(f"{what}: of {len(there)} mails {len(twice)} came more than once, and at most {bound} may:"
                          f" {list(twice.items())[:10]}")
        return there


def named(content):
    """What a peer keeps of a mail that is looked at: its name, if it is whole."""
    return b"Name: " + _name(content).encode()


def name_of(kept):
    """The name in what a peer kept by `named`."""
    return kept.removeprefix(b"Name: ").decode()


def _digest(body):
    return hashlib.sha256(body.replace(b"\r\n", b"\n")).hexdigest()


def _name(content):
    """What the mail is called; one that is not whole was never sent, and is a stranger."""
    if content.startswith(b"Name: "):
        return name_of(content)
    header, _, body = content.replace(b"\r\n", b"\n").partition(b"\n\n")
    fields = dict(line.split(b": ", 1) for line in header.split(b"\n") if b": " in line and line[:1].strip())
    name = fields.get(b"Subject", b"?").strip().decode()
    return name if fields.get(b"Digest", b"").decode() == _digest(body) else f"{name} (changed)"
