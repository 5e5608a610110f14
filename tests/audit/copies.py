"""Copies of the public site: by rsync into a folder, and in a store that speaks S3 over the network; sent, changed, sent again."""

import gzip
import os
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import obstore
from flask import Flask

from bureau.app import create_app
from bureau.publishing.actions import publish_documents, send_site
from bureau.publishing.domain.sending import Sent, headers_of, is_packed
from bureau.publishing.site.stores import LIST, open_store
from tests.audit._installing import python_with
from tests.audit._publishing import NOW, documents
from tests.audit._servers import Missing, free_port, installed, running
from tests.installation import settings

KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
BUCKET = "bureau"
SAMPLE = 25
"""Every how many-th file of the store is read again."""


def run(_: list[str]) -> bool:
    """Send the site to both, change a session, send it again; print what is not as it should be."""
    with TemporaryDirectory() as folder:
        app = create_app(settings(Path(folder), f"sqlite:///{folder}/nowhere/bureau.db"))
        with app.app_context():
            found = [*_in_a_folder(app, Path(folder)), *_in_a_store(app)]
    for line in found:
        sys.stdout.write(f"  {line}\n")
    sys.stdout.write(f"{len(found)} findings\n")
    return not found


def _in_a_folder(app: Flask, folder: Path) -> Iterator[str]:
    try:
        installed("rsync", ("rsync",))
    except Missing as missing:
        yield str(missing)
        return
    target = folder / "copy"
    for done in _three_times(app, str(target)):
        sys.stdout.write(f"rsync  {done}\n")
        here, there = _files(Path(app.config["PUBLISHED"]) / "current"), _files(target)
        if here != there:
            yield f"rsync: {len(here.items() ^ there.items())} files of the copy differ"


def _in_a_store(app: Flask) -> Iterator[str]:
    program = python_with("moto", "moto[server,s3]>=5") / "moto_server"
    port = free_port()
    with running("moto", [str(program), "-H", "127.0.0.1", "-p", str(port)], port) as server:
        urllib.request.urlopen(urllib.request.Request(f"{server.url}/{BUCKET}", method="PUT")).close()  # noqa: S310
        target = f"s3://{BUCKET}/town?endpoint={quote(server.url, safe='')}&region=us-east-1"
        for done in _three_times(app, target):
            sys.stdout.write(f"S3     {done}\n")
            yield from _differs(target, _files(Path(app.config["PUBLISHED"]) / "current"))


def _three_times(app: Flask, target: str) -> Iterator[Sent]:
    """As it is; after a session was cancelled and a need went; and once more with nothing to do."""
    (before,) = documents(("en", "ar"))
    first = before.sessions[40]
    after = replace(
        before,
        sessions=tuple(
            replace(one, change="cancelled", sequence=1) if one.uid == first.uid else one for one in before.sessions
        ),
        languages=before.languages[:-1],
        number=before.number + 1,
    )
    environment = {**os.environ, **KEYS}
    for document in (before, after, after):
        publish_documents(lambda document=document: [document], now=NOW)
        yield send_site(target, environment=environment)


def _files(root: Path) -> dict[str, bytes]:
    walked = (Path(folder, name) for folder, _, names in os.walk(root.resolve(), followlinks=True) for name in names)
    return {file.relative_to(root.resolve()).as_posix(): file.read_bytes() for file in walked}


def _differs(target: str, here: dict[str, bytes]) -> Iterator[str]:
    wanted = {path: content for path, content in here.items() if not path.endswith((".gz", ".br"))}
    store = open_store(target, KEYS)
    there = {one["path"] for batch in obstore.list(store) for one in batch}
    if there != wanted.keys() | {LIST}:
        yield f"S3: {len(there ^ (wanted.keys() | {LIST}))} files too much or too few"
    for path, content in list(wanted.items())[::SAMPLE]:
        answer = obstore.get(store, path)
        body = bytes(answer.bytes())
        if dict(answer.attributes) != headers_of(path):
            yield f"S3: {path}: {answer.attributes} instead of {headers_of(path)}"
        if (gzip.decompress(body) if is_packed(path) else body) != content:
            yield f"S3: {path}: other bytes"
