"""Servers that keep what they take in a queue on disk: Postfix and ours, each with its queue below a folder."""

import os
import pwd
import shutil
import signal
from pathlib import Path

from machine import HOST, fail, free_port
from servers import CONFIGURATION, SERVERS

MAIN = """compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
myhostname = postfix.example.test
mydestination =
inet_interfaces = {host}
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
mynetworks = 127.0.0.0/8
default_process_limit = 300
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_peername_lookup = no
smtp_host_lookup = native
smtp_dns_support_level = disabled
{more}"""
MASTER = """{host}:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
# Kept where cleanup(8) has put it: the least that Postfix does before its 250, and nothing after it.
HOLD = "smtpd_sender_restrictions = static:HOLD\n"


def postfix(port, folder, options, more=HOLD):
    if os.geteuid() != 0:
        fail("Postfix runs only when root starts it")
    account = pwd.getpwnam("postfix")
    for sub in ("etc", "queue", "data"):
        (folder / sub).mkdir(exist_ok=True)
    os.chown(folder / "data", account.pw_uid, account.pw_gid)
    (folder / "etc/main.cf").write_text(MAIN.format(folder=folder, host=HOST, more=more))
    (folder / "etc/master.cf").write_text(MASTER.format(host=HOST, port=port))
    return ["postfix", "-c", folder / "etc", "start-fg"], {"PATH": os.environ["PATH"] + ":/usr/sbin"}


def queued(local, more=""):
    """Ours with its durable queue; where local mail goes decides whether it stays there."""
    def configure(port, folder, options):
        configuration = folder / "mailwright.toml"
        own = Path(options.mailwright_config).read_text() if options.mailwright_config else ""
        configuration.write_text(CONFIGURATION.replace('store = "none"', 'store = "sqlite"').format(
            host=HOST, port=port, tls="none", local=local(), limit="64MiB", more=more + own, extensions=""))
        return [Path(options.mailwright).resolve(), "serve", "--config", configuration], {}
    return configure


SERVERS["postfix-queue"] = postfix
# No LMTP server listens there: what is taken waits in the queue, whose lane backs off.
SERVERS["mailwright-queue"] = queued(lambda: f"lmtp:{HOST}:{free_port()}")
# What is taken goes through the queue and is thrown away behind it, while more is taken.
SERVERS["mailwright-through"] = queued(lambda: "discard")


def end_postfix(folder):
    """Its master has a session of its own, and does not end with what started it."""
    for file in Path(folder).glob("queue/pid/master.pid"):
        try:
            os.kill(int(file.read_text()), signal.SIGTERM)
        except (ProcessLookupError, ValueError):
            pass


def empty_postfix(folder):
    """Throws away what is in its queue, without telling it: held mail is nothing to anybody."""
    for kept in (Path(folder) / "queue/hold").glob("*"):
        if kept.is_dir():
            shutil.rmtree(kept)
        else:
            kept.unlink()
