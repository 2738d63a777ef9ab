"""What mail goes to and comes from besides SMTP: a webhook, and a content filter that gives mail back."""

import contextlib
import hashlib
import hmac
import http.server
import smtplib
import threading

from aiosmtpd.controller import Controller

from .processes import free_port

SECRET = b"a secret of the webhook"
SPAM = b"XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE"


class Webhook:
    """Keeps what is posted to it: signature right or not, recipient, mail. Refuses who is meant to be refused."""

    def __init__(self):
        self.posts = []
        hook = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"] or 0)) if "Content-Length" in self.headers \
                    else self._chunks()
                claims = "".join(self.headers[name] + "\n" for name in (
                    "X-Timestamp", "Idempotency-Key", "X-Envelope-From", "X-Envelope-To"))
                wanted = "sha256=" + hmac.new(SECRET, claims.encode() + body, hashlib.sha256).hexdigest()
                right = hmac.compare_digest(wanted, self.headers["X-Signature"])
                hook.posts.append((right, self.headers["X-Envelope-To"], body))
                self.send_response(410 if self.headers["X-Envelope-To"].startswith("gone@") else 204)
                self.end_headers()

            def _chunks(self):
                body = b""
                while size := int(self.rfile.readline(), 16):
                    body += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return body

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/mail"

    def mails(self):
        return [body for right, _, body in self.posts if right]

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class _Handler:
    def __init__(self):
        self.back = None
        self.seen = 0

    async def handle_DATA(self, server, session, envelope):
        self.seen += 1
        if SPAM in envelope.original_content:
            return "554 5.7.1 it is spam"
        try:
            with smtplib.SMTP(*self.back, timeout=30) as client:
                client.sendmail(envelope.mail_from, envelope.rcpt_tos, b"X-Seen: by the filter\r\n"
                                + envelope.original_content)
            return "250 2.0.0 given back"
        except (smtplib.SMTPException, OSError) as e:
            return f"451 4.3.0 {type(e).__name__}"


@contextlib.contextmanager
def content_filter():
    """A filter on a free port: its handler has `back`, where it gives mail to, and `port`."""
    handler = _Handler()
    handler.port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()
