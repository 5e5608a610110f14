"""A page and a 304 from our own server and from nginx over the same folder, in one run: requests a second, CPU a request."""

import re
import subprocess
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests.audit._publishing import documents, published
from tests.audit._servers import Server, embedded, installed, nginx
from tests.audit.deployment import ask
from tests.bench.measuring import table

PAGE = "/en/golden-river/"
SECONDS = 8
CONNECTIONS = 16
ASK_AGAIN = 'wrk.headers["If-None-Match"] = "{mark}"\nwrk.headers["Accept-Encoding"] = "br"\n'
ASK = 'wrk.headers["Accept-Encoding"] = "br"\n'
MOST = 6.0
"""Times the processor time of nginx that our own server may take for the same answer."""


def run() -> bool:
    """Print the table; False where our own server takes more than it may."""
    wrk = installed("wrk", ("wrk",))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        site, database = stack.enter_context(published(documents(("en", "ar"))))
        own = stack.enter_context(embedded(site, database, workers=2))
        port = int(own.url.rpartition(":")[2])
        beside = stack.enter_context(nginx(site, port, folder))
        rows = [_row(wrk, server, what, folder) for what in ("page", "304") for server in (own, beside)]
    table(
        f"The home page packed by brotli, {CONNECTIONS} connections, {SECONDS} s each, on one machine with who asks",
        ["answer", "server", "requests/s", "CPU µs/request", "errors"],
        [[what, name, f"{rate:,.0f}", f"{cost:,.0f}", errors] for what, name, rate, cost, errors in rows],
    )
    ratios = [rows[i][3] / rows[i + 1][3] for i in (0, 2)]
    return all(ratio <= MOST for ratio in ratios) and not any(row[4] for row in rows)


def _row(wrk: str, server: Server, what: str, folder: Path) -> tuple[str, str, float, float, int]:
    script = folder / "ask.lua"
    script.write_text(
        ASK
        if what == "page"
        else ASK_AGAIN.format(mark=ask(server, PAGE, Accept_Encoding="br").headers["etag"].replace('"', '\\"'))
    )
    before = _cpu(server)
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}", "-s", str(script), f"{server.url}{PAGE}"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    spent = _cpu(server) - before
    requests = int(_found(r"(\d+) requests in", said))
    errors = int(_found(r"Non-2xx or 3xx responses: (\d+)", said)) + said.count("Socket errors")
    return what, server.name, requests / SECONDS, 1e6 * spent / requests, errors


def _cpu(server: Server) -> float:
    """Seconds of processor time of the server and its children so far."""
    parent = psutil.Process(server.pid)
    return sum(sum(one.cpu_times()[:2]) for one in (parent, *parent.children(recursive=True)))


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return match[1] if match else "0"
