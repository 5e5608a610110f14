"""The application as browsers meet it: a threaded server, over TLS where it is given a certificate."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Server

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

THREADS = 12
"""A browser opens up to six connections, and some of them without a word."""


@contextmanager
def serving(application: Application, certificate: Path | None = None) -> Iterator[str]:
    """Serve ``application`` on a free port, and say its address; ``certificate`` is a PEM file with its key."""
    server = Server(("127.0.0.1", 0), application, numthreads=THREADS, server_name="bureau")
    if certificate:
        server.ssl_adapter = BuiltinSSLAdapter(str(certificate), str(certificate))
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.bind_addr[1]}"
    finally:
        server.stop()
        thread.join()
