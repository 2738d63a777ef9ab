"""The servers under comparison: each accepts every mail, keeps none, and is started and stopped by its own process id."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from machine import HERE, HOST, TARGET, fail, free_port, greeting, java, start, stop

REFERENCE = "smtp-sink"


def tool(name):
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/lib/postfix/sbin")
    return found or fail(f"{name} not found; it comes with the package postfix")


def peer_class_path(name):
    listed = HERE / "peers" / name / "target" / "class-path.txt"
    if not listed.is_file():
        fail(f"the peer {name} is not built: run {HERE}/prepare --peers")
    return f"{listed.parent / 'classes'}:{listed.read_text().strip()}"


def peer_java(name, main):
    return lambda port, folder, options: (
        [java(), *options.java, "-cp", peer_class_path(name), f"org.mailwright.smtp.benchmarks.peers.{name}.{main}",
         HOST, port], {})


def smtp_sink(port, folder, options):
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    return [tool("smtp-sink"), *user, "-m", "12000", f"{HOST}:{port}", "1024"], {}


HARAKA = {
    "config/smtp.ini": "listen={host}:{port}\nnodes=0\n",
    "config/plugins": "accept_rcpt\nqueue/discard\n",
    "config/me": "haraka.example.test\n",
    "config/log.ini": "[main]\nlevel=crit\n",
    "config/loglevel": "LOGCRIT\n",
    "config/host_list": "example.test\n",
    # A name at once instead of a look-up: there is no DNS to ask, and none of the others asks.
    "plugins/accept_rcpt.js": "exports.hook_lookup_rdns = (next) => next(OK, 'localhost')\n"
                              "exports.hook_rcpt = (next) => next(OK)\n",
}


def haraka(port, folder, options):
    program = TARGET / "haraka" / "node_modules" / "Haraka" / "bin" / "haraka"
    if not program.is_file():
        fail(f"Haraka is not installed: run {HERE}/prepare --peers")
    for name, text in HARAKA.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.format(host=HOST, port=port) if name.endswith(".ini") else text)
    shutil.copy(program.parent.parent / "config" / "connection.ini", folder / "config")
    (folder / "queue").mkdir(exist_ok=True)
    return ["node", program, "-c", folder], {"YES_REALLY_DO_DISCARD": "1"}


CONFIGURATION = """hostname = "bench.example.test"
data = "var"
[[listener]]
name = "mx"
role = "mx"
address = "{host}:{port}"
tls = "{tls}"
{extensions}[domains]
local = ["*"]
[users]
unknown-recipients = "accept"
[queue]
store = "none"
[delivery]
local = "{local}"
[extension.SIZE]
limit = "{limit}"
{more}"""


def mailwright(port, folder, options, tls="none", local="discard", limit="64MiB", extensions=""):
    launcher = Path(options.mailwright)
    if not launcher.exists():
        fail(f"{launcher} is not there: build the distribution, or name the launcher with --mailwright")
    more = Path(options.mailwright_config).read_text() if options.mailwright_config else ""
    configuration = folder / "mailwright.toml"
    configuration.write_text(CONFIGURATION.format(host=HOST, port=port, tls=tls, local=local, limit=limit, more=more,
                                                  extensions=extensions))
    return [launcher.resolve(), "serve", "--config", configuration], {}


def installed(options):
    """The ids of all extensions that our server has."""
    listed = subprocess.run([Path(options.mailwright).resolve(), "extensions"], capture_output=True, text=True, check=True)
    return [line.split()[0] for line in listed.stdout.split("\n\n")[0].splitlines()]


def mailwright_with(ids):
    """Ours, with these extensions on its listener."""
    return lambda port, folder, options: mailwright(
        port, folder, options, extensions=f"extensions = {json.dumps(ids(options))}\n")


SERVERS = {
    REFERENCE: smtp_sink,
    "mailwright": mailwright,
    # PROXY is left out: with it, a listener takes nobody who does not say first whom he speaks for.
    "mailwright-all": mailwright_with(lambda options: [id for id in installed(options) if id != "PROXY"]),
    "mailwright-plain": mailwright_with(lambda options: ["PIPELINING", "ENHANCEDSTATUSCODES", "SIZE"]),
    "mina": peer_java("mina", "MinaSink"),
    "james": peer_java("james", "JamesSink"),
    "subetha": peer_java("subetha", "SubethaSink"),
    "haraka": haraka,
}


class Running:
    """A started server; use it in a with statement."""

    def __init__(self, name, folder, options, env=None, **more):
        self.name = name
        self.port = free_port()
        self.log = Path(folder) / f"{name}.log"
        self.home = Path(folder) / name
        self.home.mkdir(parents=True, exist_ok=True)
        command, extra = SERVERS[name](self.port, self.home, options, **more)
        self.process = start(command, self.log, {**extra, **(env or {})}, self.home)
        self.pid = self.process.pid

    def __enter__(self):
        try:
            greeting(self.port, process=self.process)
        except SystemExit as e:
            self.stop()
            fail(f"{self.name} did not start ({e}); see {self.log}")
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        stop(self.process)


def add_options(parser):
    parser.add_argument("--mailwright", metavar="PATH", default=os.environ.get("MAILWRIGHT", default_launcher()),
                        help="launcher of our server (default: the built distribution, or ./mailwright)")
    parser.add_argument("--mailwright-config", metavar="FILE",
                        help="lines of configuration to add to our server's")
    parser.add_argument("--java", metavar="OPTION", action="append", default=[],
                        help="option for the JVMs of the peers; may be given again")
    parser.add_argument("--keep-files", action="store_true", help="leave logs and configurations in place")


def default_launcher():
    root = HERE.parent
    built = sorted((root / "distribution" / "target").glob("**/bin/mailwright"))
    return str(built[0] if built else root / "mailwright")
