"""aiosmtpd on free ports: aiosmtpd_server.py FOLDER CHAIN KEY; keeps each mail as FOLDER/N.eml.

With --plain HOST:PORT the plain listener is there, with --onward PORT each mail is passed on to that port of 127.0.0.1.
"""

import argparse
import asyncio
import itertools
import pathlib
import smtplib
import ssl

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

USER, PASSWORD = b"user1@example.test", b"secret1"


class Keep:
    """Writes each mail to a file, its envelope on top; refuses the recipients who are meant to be refused."""

    def __init__(self, folder, onward=None):
        self.folder = folder
        self.onward = onward
        self.numbers = itertools.count(1)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("unknown@"):
            return "550 5.1.1 no such user"
        if address.startswith("later@"):
            return "450 4.2.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        login = session.auth_data.login.decode() if session.auth_data else "-"
        transport = "tls" if session.ssl else "clear"
        if self.onward:
            return await asyncio.to_thread(self._pass_on, envelope)
        head = f"{transport} {login} <{envelope.mail_from}> {','.join(envelope.rcpt_tos)}\n"
        file = self.folder / f"{next(self.numbers):04}.eml"
        file.write_bytes(head.encode() + envelope.original_content)
        if isinstance(server, LMTP):
            return "\r\n".join("250 2.0.0 kept" for _ in envelope.rcpt_tos)
        return "250 2.0.0 kept"

    def _pass_on(self, envelope):
        try:
            with smtplib.SMTP("127.0.0.1", self.onward, timeout=60) as client:
                client.sendmail(envelope.mail_from, envelope.rcpt_tos, envelope.original_content)
            return "250 2.0.0 passed on"
        except (smtplib.SMTPException, OSError) as e:
            return f"451 4.4.0 {type(e).__name__}"


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER, PASSWORD)
    return AuthResult(success=right, handled=right, auth_data=data if right else None)


def arguments():
    parser = argparse.ArgumentParser()
    for name in ("folder", "chain", "key"):
        parser.add_argument(name, type=pathlib.Path)
    parser.add_argument("--plain", default="127.0.0.1:0")
    parser.add_argument("--onward", type=int)
    return parser.parse_args()


async def main(options):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(options.chain, options.key)
    keep = Keep(options.folder, options.onward)
    loop = asyncio.get_running_loop()

    async def listen(name, factory, tls=None, at="127.0.0.1:0"):
        host, port = at.split(":")
        server = await loop.create_server(factory, host, int(port), ssl=tls)
        print("listening", name, server.sockets[0].getsockname()[1], flush=True)

    await listen("plain", lambda: SMTP(keep, tls_context=context, loop=loop), at=options.plain)
    await listen("implicit", lambda: SMTP(keep, loop=loop), context)
    for mechanism, other in (("PLAIN", "LOGIN"), ("LOGIN", "PLAIN")):
        await listen(f"auth-{mechanism}", lambda other=other: SMTP(
            keep, tls_context=context, require_starttls=True, auth_required=True, authenticator=authenticate,
            auth_exclude_mechanism=[other], loop=loop))
    await listen("lmtp", lambda: LMTP(keep, loop=loop))
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(arguments()))
