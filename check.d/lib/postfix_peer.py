"""A Postfix of another organisation: takes mail for its own domain, and relays the rest as it is told."""

import shutil

from .postfix import Postfix
from .processes import free_port


class PostfixPeer(Postfix):
    """`host`:`port` takes mail for users of the domain; mail that is put into its queue for others goes `onward`.

    `onward` is a transport of Postfix, such as "smtp:[127.0.0.1]:2525".
    """

    def __init__(self, step, certificate, domain="postfix.test", host="127.0.0.1", port=None, onward=None,
                 settings=None):
        self.host, self.port, self.domain = host, port or free_port(), domain
        chain, key = certificate
        super().__init__(step, domain.replace(".", "-"), {
            "virtual_mailbox_domains": domain,
            "virtual_mailbox_maps": f"inline:{{ {{user1@{domain} = user1/}}, {{user2@{domain} = user2/}} }}",
            "virtual_uid_maps": "static:65534",
            "virtual_gid_maps": "static:65534",
            "smtpd_tls_security_level": "may",
            "smtpd_tls_chain_files": f"{key}, {chain}",
            "smtpd_relay_restrictions": "permit_mynetworks, reject_unauth_destination",
            "default_transport": onward or "error:nothing is relayed",
            "smtp_host_lookup": "native",
            "smtp_dns_support_level": "disabled",
            "mydestination": "",
            "mynetworks": "127.0.0.0/8" if onward else "",
            **(settings or {}),
        }, f"{host}:{self.port} inet n - n - - smtpd\n")
        main = self.folder / "etc/main.cf"
        main.write_text(main.read_text() + f"virtual_mailbox_base = {self.folder}/mail\n")
        shutil.chown(self.folder / "mail", 65534, 65534)

    def mails(self, user="user1"):
        """The mails of a user, with LF line ends, the fields that Postfix put on top included."""
        return [file.read_bytes() for file in sorted((self.folder / "mail" / user).glob("new/*"))]
