"""A mail server of the step's own that misbehaves on demand, and remembers what was said to it."""

import asyncio
import collections
import contextlib
import re
import ssl
import threading
import time


class Session:
    """What one connection has said so far."""

    def __init__(self):
        self.hello, self.sender, self.recipients = "", None, []
        self.mail_line, self.rcpt_lines, self.chunks = "", [], []
        self.tls = False

    def reset(self):
        self.sender, self.recipients = None, []
        self.mail_line, self.rcpt_lines, self.chunks = "", [], []


class Taken:
    """A mail as it came: the lines of its envelope, its content, how that was sent, and when."""

    def __init__(self, session, content):
        self.mail_line, self.rcpt_lines, self.content = session.mail_line, tuple(session.rcpt_lines), content
        self.sender, self.recipients = session.sender, tuple(session.recipients)
        self.chunks = tuple(len(chunk) for chunk in session.chunks)
        self.time, self.tls = time.time(), session.tls

    @property
    def mail(self):
        """The parameters of MAIL, by their upper-case names; None for one without a value."""
        return _parameters(self.mail_line)

    @property
    def rcpt(self):
        """The parameters of the first RCPT."""
        return _parameters(self.rcpt_lines[0])


def _parameters(line):
    words = line.split(">", 1)[1].split()
    return {word.split("=", 1)[0].upper(): (word.split("=", 1) + [None])[1] for word in words}


class SinkPeer:
    """Takes mail on a port of a loopback address; `script` decides what happens.

    The script is a function (stage, session, text) that is asked at "connect", "mail", "rcpt", "data" (the command),
    "half" (after the first octets of the content) and "dot" (all of the content was read, and no reply given). It
    gives a reply such as "450 4.2.1 later", or CUT, which ends the connection at once, or None: all is well.

    It offers what `offers` says, and takes every parameter whatever it offers; BDAT it takes where it offers CHUNKING.
    With `tls`, an SSLContext, it offers STARTTLS as well, and inside TLS what `inside` says.
    """

    CUT = "cut"
    USUAL = ("PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES")

    def __init__(self, host="127.0.0.2", port=0, script=None, keep=True, offers=USUAL, tls=None, inside=USUAL):
        self.host, self.port = host, port
        self.script = script or (lambda stage, session, text: None)
        self.keep, self.offers, self.tls, self.inside = keep, offers, tls, inside
        self.envelopes = []
        self.stages = collections.Counter()
        self.mails = []
        self._lock = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def taken(self, text=b""):
        """(sender, recipients, content) of the mails that were answered with 250 and have the text in them."""
        with self._lock:
            return [mail for mail in self.mails if text in mail[2]]

    def came(self, text=b""):
        """The same as Taken, with the parameters."""
        with self._lock:
            return [taken for taken in self.envelopes if text in taken.content]

    def count(self):
        with self._lock:
            return len(self.mails)

    def __enter__(self):
        self._thread.start()
        try:
            opened = asyncio.run_coroutine_threadsafe(
                asyncio.start_server(self._serve, self.host, self.port, limit=1 << 20), self._loop)
            self._server = opened.result(10)
        except BaseException:
            self._loop.call_soon_threadsafe(self._loop.stop)
            raise
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self):
        """A connection that stays open would be a peer that never answers again."""
        self._server.close()
        ours = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in ours:
            task.cancel()
        await asyncio.gather(*ours, return_exceptions=True)
        # Transports close in the next turn of the loop.
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    async def _serve(self, reader, writer):
        try:
            with contextlib.suppress(ConnectionError, ssl.SSLError, asyncio.IncompleteReadError,
                                     asyncio.CancelledError):
                await self._talk(reader, writer)
            writer.close()
        except _Cut:
            writer.transport.abort()

    def _ask(self, stage, session, text, usual):
        self.stages[stage] += 1
        said = self.script(stage, session, text)
        if said == self.CUT:
            raise _Cut
        return said or usual

    async def _talk(self, reader, writer):
        session, offers = Session(), (*self.offers, "STARTTLS") if self.tls else self.offers

        def say(line):
            writer.write(line.encode() + b"\r\n")

        greeting = self._ask("connect", session, "", "220 peer.check.example.org ESMTP")
        say(greeting)
        while line := await reader.readline():
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            verb = text.split(" ", 1)[0].upper()
            if verb in ("EHLO", "HELO"):
                session.hello = text
                session.reset()
                lines = ["peer.check.example.org", *(offers if verb == "EHLO" else ())]
                say("".join(f"250-{one}\r\n" for one in lines[:-1]) + f"250 {lines[-1]}")
            elif verb == "MAIL":
                session.reset()
                session.sender, session.mail_line = re.search(r"<(.*?)>", text).group(1), text
                said = self._ask("mail", session, text, "250 2.1.0 ok")
                if not said.startswith("2"):
                    session.sender = None
                say(said)
            elif verb == "RCPT":
                address = re.search(r"<(.*?)>", text).group(1)
                said = self._ask("rcpt", session, address, "250 2.1.5 ok")
                if session.sender is None:
                    said = "503 5.5.1 MAIL first"
                if said.startswith("2"):
                    session.recipients.append(address)
                    session.rcpt_lines.append(text)
                say(said)
            elif verb == "DATA":
                said = "503 5.5.1 no recipients" if not session.recipients else self._ask("data", session, text, "354 go")
                say(said)
                if said.startswith("3"):
                    await writer.drain()
                    say(await self._content(reader, session))
                    session.reset()
            elif verb == "STARTTLS" and "STARTTLS" in offers:
                say("220 2.0.0 go")
                await writer.drain()
                await writer.start_tls(self.tls)
                session, offers = Session(), self.inside
                session.tls = True
            elif verb == "BDAT" and "CHUNKING" in offers:
                say(await self._chunk(reader, session, text.upper().split()))
            elif verb == "RSET":
                session.reset()
                say("250 2.0.0 ok")
            elif verb == "NOOP":
                say("250 2.0.0 ok")
            elif verb == "QUIT":
                say("221 2.0.0 bye")
                await writer.drain()
                return
            else:
                say("502 5.5.2 not here")
            await writer.drain()

    async def _content(self, reader, session):
        lines = []
        while (line := await reader.readuntil(b"\r\n")) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
            if len(lines) == 1:
                self._ask("half", session, "", "")
        return self._end_of_mail(session, b"".join(lines))

    async def _chunk(self, reader, session, words):
        octets = await reader.readexactly(int(words[1]))
        if not session.recipients:
            return "503 5.5.1 no recipients"
        session.chunks.append(octets)
        if words[-1] != "LAST":
            return "250 2.0.0 more"
        said = self._end_of_mail(session, b"".join(session.chunks))
        session.reset()
        return said

    def _end_of_mail(self, session, content):
        said = self._ask("dot", session, content, "250 2.0.0 taken")
        if said.startswith("2"):
            with self._lock:
                kept = self.keep(content) if callable(self.keep) else content if self.keep else _head(content)
                self.mails.append((session.sender, tuple(session.recipients), kept))
                self.envelopes.append(Taken(session, kept))
        return said


def _head(content):
    return content.split(b"\r\n\r\n", 1)[0] + b"\r\n"


class _Cut(Exception):
    """The connection ends here."""
