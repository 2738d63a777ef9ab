"""Mail that requires TLS survives the queue and SIGKILL, and goes to a host that is verified and promises the same."""

import ssl

from .carried import Sent, returned, session
from .certificates import Authority
from .processes import free_port
from .sinkpeer import SinkPeer
from .step import expect, expect_true
from .store_forward import PEER, queue, relay, route
from .survival import Node

ALIKE, PLAIN, OTHER = "alike.example.net", "plain.example.net", "other.example.net"


def cases(check, listed):
    authority, stranger = Authority(check, "protected"), Authority(check, "stranger")
    ports = {name: free_port() for name in (ALIKE, PLAIN, OTHER)}
    node = Node(check, "protected-mail", queue() + relay(f'ca = "{authority.certificate}"\n')
                + "".join(route(name, port) for name, port in ports.items()),
                extensions=[name for name in listed if name != "PROXY"])
    try:
        with check.case("mails that require TLS are accepted, and the server is killed"):
            node.start()
            with session(node) as client:
                sent = {name: Sent(node, client, name, " REQUIRETLS RET=FULL") for name in ports}
                usual = Sent(node, client, OTHER)
            node.kill()
        usual_offers = SinkPeer.USUAL
        with (SinkPeer(port=ports[ALIKE], tls=_tls(authority), inside=(*usual_offers, "REQUIRETLS")) as alike,
              SinkPeer(port=ports[PLAIN], offers=(*usual_offers, "REQUIRETLS"), tls=_tls(authority)) as plain,
              SinkPeer(port=ports[OTHER], tls=_tls(stranger), inside=(*usual_offers, "REQUIRETLS")) as other):
            node.start()
            with check.case("to a verified host that offers REQUIRETLS it goes in TLS, and with REQUIRETLS"):
                taken = sent[ALIKE].arrived(alike)
                expect_true(taken.tls, "it came in clear")
                expect(taken.mail.get("REQUIRETLS", "missing"), None, "REQUIRETLS")
            with check.case("without REQUIRETLS inside TLS: comes back, its header alone (RFC 8689 4.2.1, 5)"):
                _back(sent[PLAIN], plain, "5.7.30")
            with check.case("a certificate that nobody vouches for: comes back, and other mail goes"):
                _back(sent[OTHER], other, "5.7.10")
                expect_true(usual.arrived(other).tls, "it came in clear")
            with check.case("at the end nothing waits in the queue"):
                node.wait_empty()
                sent[ALIKE].silent()
    finally:
        node.__exit__()


def _back(one, peer, status):
    expect(returned(one.reported(status, "failed", remote=False)), "text/rfc822-headers", "what is returned")
    expect(peer.came(one.about), [], "mails at the peer")


def _tls(authority):
    chain, key = authority.issue("peer.check.example.org", "ec", f"IP:{PEER}")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    return context
