"""A copy of the public site in a store that speaks S3: ``s3://bucket/prefix?endpoint=https://…&region=…``."""

import gzip
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bureau.publishing.domain.sending import NotSent, Sent, headers_of, is_packed, plan, unsettled

LIST = ".bureau-sent.json"
"""What the store is known to hold, kept beside it: each file with its fingerprint, or none while that is being changed."""

KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
SENDERS = 8
"""Files sent at once; each waits for the network."""


def open_store(address: str, environment: Mapping[str, str]) -> Any:
    """The store at ``address``; its keys are in the environment and nowhere else. NotSent where something is missing."""
    missing = [name for name in KEYS if not environment.get(name)]
    if missing:
        raise NotSent(f"The keys of the store are not in the environment: {', '.join(missing)}.")
    parts = urlsplit(address)
    wanted = dict(parse_qsl(parts.query))
    if not parts.netloc or wanted.keys() - {"endpoint", "region"}:
        raise NotSent("A store is named so: s3://bucket/prefix?endpoint=https://store.example&region=eu-1")
    settings = {key: wanted[key] for key in ("endpoint", "region") if key in wanted}
    return _stores().S3Store(
        parts.netloc,
        prefix=parts.path.strip("/") or None,
        access_key_id=environment[KEYS[0]],
        secret_access_key=environment[KEYS[1]],
        client_options={"allow_http": wanted.get("endpoint", "").startswith("http://")},
        **settings,
    )


def send(store: Any, root: Path, here: Mapping[str, str]) -> Sent:
    """Bring the copy in ``store`` up to the site below ``root``, whose files and fingerprints are ``here``.

    Interrupted at any moment, it is made whole by sending again.
    """
    obstore = import_module("obstore")
    try:
        there = _known(obstore, store)
        steps = plan(here, there)
        if steps.touched:
            _note(obstore, store, unsettled(there, steps.touched))
        for stage in steps.stages:
            _at_once(lambda path: obstore.put(store, path, content_of(root, path), attributes=headers_of(path)), stage)
        if steps.removed:
            obstore.delete(store, list(steps.removed))
        if steps.touched:
            _note(obstore, store, here)
    except import_module("obstore.exceptions").BaseError as error:
        raise NotSent(f"The store says no: {error}") from error
    except FileNotFoundError as error:  # so many releases came after it that it was cleared away
        raise NotSent(f"The site was published anew meanwhile; please send it again. ({error})") from error
    return Sent(sent=sum(map(len, steps.stages)), kept=steps.kept, removed=len(steps.removed))


def content_of(root: Path, path: str) -> bytes:
    """The file as the store is to answer with it."""
    content = (root / path).read_bytes()
    if not is_packed(path):
        return content
    packed = root / f"{path}.gz"
    return packed.read_bytes() if packed.exists() else gzip.compress(content, 9, mtime=0)


def _known(obstore: Any, store: Any) -> dict[str, str | None]:
    try:
        told = obstore.get(store, LIST).bytes()
    except FileNotFoundError:
        return {}
    known: dict[str, str | None] = json.loads(bytes(told))["files"]
    return known


def _note(obstore: Any, store: Any, files: Mapping[str, str | None]) -> None:
    content = json.dumps({"files": dict(sorted(files.items()))}).encode()
    obstore.put(store, LIST, content, attributes={"Content-Type": "application/json", "Cache-Control": "no-store"})


def _at_once(work: Callable[[str], object], paths: Iterable[str]) -> None:
    with ThreadPoolExecutor(SENDERS) as senders:
        list(senders.map(work, paths))


def _stores() -> Any:
    try:
        return import_module("obstore.store")
    except ModuleNotFoundError as error:
        raise NotSent("Sending to a store needs one more package: pip install obstore") from error
