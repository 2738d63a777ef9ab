"""Keys and certificates for the servers of a step."""

import pathlib

from .processes import succeed


class Authority:
    """A certificate authority of the step's own."""

    def __init__(self, step, name="tls"):
        self.step = step
        self.folder = pathlib.Path(step.logs) / name
        self.folder.mkdir()
        self.certificate, self.key = self.folder / "ca.pem", self.folder / "ca-key.pem"
        succeed(step, ["openssl", "req", "-x509", *_new_key("ec"), "-nodes", "-days", "30", "-subj", "/CN=Check CA",
                       "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign",
                       "-keyout", self.key, "-out", self.certificate])

    def issue(self, name, kind="rsa", names="DNS:localhost,IP:127.0.0.1"):
        """Gives the files (chain, private key) of a server with that name and these others, or of a mail address."""
        file = f"{name}-{kind}"
        key, request = self.folder / f"{file}-key.pem", self.folder / f"{file}.csr"
        leaf, chain = self.folder / f"{file}-leaf.pem", self.folder / f"{file}.pem"
        extensions = self.folder / f"{file}.ext"
        usage = "serverAuth"
        if "@" in name:
            names, usage = f"email:{name}", "clientAuth"
        else:
            names = f"DNS:{name},{names}"
        extensions.write_text(f"subjectAltName={names}\nextendedKeyUsage={usage}\n")
        succeed(self.step, ["openssl", "req", "-new", *_new_key(kind), "-nodes", "-subj", f"/CN={name}",
                            "-keyout", key, "-out", request])
        succeed(self.step, ["openssl", "x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key,
                            "-CAcreateserial", "-days", "30", "-extfile", extensions, "-out", leaf])
        chain.write_bytes(leaf.read_bytes() + self.certificate.read_bytes())
        return chain, key


def _new_key(kind):
    if kind == "ec":
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    return ["-newkey", "ed25519"] if kind == "ed25519" else ["-newkey", "rsa:2048"]
