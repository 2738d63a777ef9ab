"""An Exim of the step's own: takes mail for one domain into Maildirs, relays what is for others to one host."""

import pathlib
import shutil
import tempfile

from .beside import Beside
from .processes import Running, free_port, succeed
from .step import Failure

CONFIGURATION = """
primary_hostname = exim.check.example.org
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
local_interfaces = <; {host}
daemon_smtp_ports = {port}
domainlist ours = {domain}
hostlist friends = 127.0.0.0/8
acl_smtp_rcpt = rcpt
acl_smtp_data = data
prdr_enable = {prdr}
acl_smtp_data_prdr = prdr
tls_advertise_hosts = {tls}
tls_certificate = {chain}
tls_privatekey = {key}
rfc1413_query_timeout = 0s
host_lookup =
keep_environment =
never_users =
trusted_users = root
smtp_accept_max = 0
smtp_accept_max_per_connection = 10000
smtp_accept_queue_per_connection = 0
smtp_enforce_sync = true
chunking_advertise_hosts = *
dsn_advertise_hosts = *
message_size_limit = 50M
begin acl
rcpt:
  deny domains = +ours
       ! local_parts = user1 : user2 : user3 : later
       message = 5.1.1 no such user
  defer domains = +ours
        local_parts = later
        message = 4.2.1 try again later
  accept domains = +ours
  accept hosts = +friends
         condition = {relays}
  deny message = 5.7.1 relay not permitted
# A mail says itself who refuses it, and who would take it when the file "open" is there.
prdr:
  deny condition = ${{if inlisti{{$local_part}}{{$h_X-Refuse:}}}}
       message = 5.7.1 $local_part refuses it
  defer condition = ${{if inlisti{{$local_part}}{{$h_X-Later:}}}}
        ! condition = ${{if exists{{{folder}/open}}}}
        message = 4.2.0 $local_part takes it later
  accept
data:
  deny condition = ${{if eq{{$h_X-Whole:}}{{refuse}}}}
       message = 5.6.0 nobody takes it
  accept
begin routers
keep:
  driver = accept
  domains = +ours
  local_parts = user1 : user2 : user3
  transport = maildir
onward:
  driver = manualroute
  domains = ! +ours
  route_list = * {next}
  self = send
  transport = smtp
begin transports
maildir:
  driver = appendfile
  maildir_format
  directory = {folder}/mail/$local_part_data
  create_directory
  user = nobody
  group = nogroup
smtp:
  driver = smtp
  port = {next_port}
  allow_localhost
  hosts_try_chunking = {chunking}
  hosts_try_prdr = *
  hosts_require_tls = {require_tls}
  tls_verify_certificates = {authority}
  hosts_try_dane =
begin retry
* * F,1h,2s
"""


class Exim:
    """Exim 4: `port` takes mail; with `onward` (a port of 127.0.0.1) it relays mail for other domains there."""

    def __init__(self, step, certificate, domain="exim.test", host="127.0.0.1", port=None, onward=None,
                 authority="", chunking=True, tls_onward=False, prdr=False):
        # Exim's own user has to reach it.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mailwright-exim-"))
        self.folder.chmod(0o755)
        self.step, self.host, self.domain = step, host, domain
        self.port = port or free_port()
        self.running = None
        try:
            chain, key = (shutil.copy(file, self.folder) for file in certificate)
            if authority:
                authority = shutil.copy(authority, self.folder)
            configuration = CONFIGURATION.format(
                folder=self.folder, host=host, port=self.port, domain=domain, tls="*", chain=chain, key=key,
                relays="true" if onward else "false", next="127.0.0.1", next_port=onward or 9,
                authority=authority or "/dev/null", chunking="*" if chunking else "",
                require_tls="*" if tls_onward else "", prdr="true" if prdr else "false")
            self.beside = Beside("exim", self.folder, ["Debian-exim"], etc={"exim4/exim4.conf": configuration})
            for sub, owner in (("spool", 60900), ("log", 60900), ("mail", 65534)):
                (self.folder / sub).mkdir()
                shutil.chown(self.folder / sub, owner, owner)
            shutil.chown(key, 60900, 60900)
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def said(self):
        """Its main log, and what it printed."""
        logs = sorted((self.folder / "log").glob("*"))
        return "".join(log.read_text(errors="replace") for log in logs) + self.running.said()

    def sendmail(self, sender, recipient, text):
        """Puts a mail into its queue and waits until it has tried once."""
        succeed(self.step, self.beside.command("exim4", "-odi", "-i", "-f", sender, recipient), stdin=text,
                env=self.beside.env())

    def retry(self):
        """Tries all that waits, whatever its time."""
        succeed(self.step, self.beside.command("exim4", "-qff"), env=self.beside.env())

    def take_all(self):
        """From now on it takes what it would have taken later."""
        (self.folder / "open").touch()

    def mails(self, user):
        """The mails of a user, with LF line ends, the fields that Exim put on top included."""
        return [file.read_bytes() for file in sorted((self.folder / "mail" / user).glob("new/*"))]

    def __enter__(self):
        try:
            self.running = Running(self.beside.command("exim4", "-bdf", "-q1m"), self.step.logs / f"{self.domain}.log",
                                   env=self.beside.env())
            self.running.wait_for(self.port, host=self.host)
        except BaseException as e:
            said = self.said() if self.running else ""
            self.__exit__()
            if isinstance(e, Failure):
                raise Failure(f"{e} {said[-600:]}") from e
            raise
        return self

    def __exit__(self, *_):
        if self.running:
            self.running.__exit__()
            (self.step.logs / f"{self.domain}-main.log").write_text(self.said())
        shutil.rmtree(self.folder, ignore_errors=True)
