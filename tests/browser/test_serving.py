"""A browser may leave at any moment; the server of these tests then closes what it was reading from."""

import gc
import socket
import ssl
import struct
import warnings
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme
from flask import Flask

from tests.browser.serving import serving

SIZES = (2 << 10, 16 << 20)
"""Sent whole before the reset comes, so that only a last look at the connection meets it; and more than one holds."""


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_hanging_up_in_the_middle_of_a_file_leaves_nothing_open(tmp_path: Path, scheme: str) -> None:
    for size in SIZES:
        with (tmp_path / f"{size}.bin").open("wb") as file:
            file.truncate(size)
    certificate = a_certificate(tmp_path) if scheme == "https" else None
    app = Flask("files", static_folder=str(tmp_path), static_url_path="/static")

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with serving(app, certificate) as url:
            for size in SIZES * 5:
                hang_up(url, f"/static/{size}.bin")
        gc.collect()

    assert [str(one.message) for one in told] == []
    assert [link for link in Path("/proc/self/fd").iterdir() if link.resolve().parent == tmp_path] == []


def a_certificate(folder: Path) -> Path:
    """A PEM file with a certificate of our own making and its key."""
    file = folder / "certificate.pem"
    trustme.CA().issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(file))
    return file


def hang_up(url: str, path: str) -> None:
    """Ask for the file, read its beginning, and leave as a browser does that is closed: with a reset."""
    address = urlsplit(url)
    with socket.create_connection(("127.0.0.1", int(address.port or 0)), timeout=10) as plain:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        with _secured(plain) if address.scheme == "https" else plain as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            assert connection.recv(64).startswith(b"HTTP/1.1 200")


def _secured(plain: socket.socket) -> ssl.SSLSocket:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(plain)
