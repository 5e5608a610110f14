"""What a reader has at hand without a connection, and the bureau as an application on the home screen."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from flask import current_app

from bureau.calendars.domain.files import HOME, Draft, language_address, month_address
from bureau.kernel.month import Month
from bureau.web.homescreen import DEEP, PAPER, icons

from .contexts import SiteContext
from .reader import Reader

MANIFEST = "manifest.webmanifest"


def wanted(reader: Reader) -> tuple[str, ...]:
    """The pages that a reader gets kept with the one that was opened: home, this month, and the reader's own language."""
    addresses = [HOME, month_address(Month.of(reader.today))]
    if reader.language in reader.place.languages:
        addresses.append(language_address(reader.language))
    return tuple(reader.href(address) for address in addresses)


def manifest_drafts(reader: Reader) -> Iterator[Draft]:
    """What makes the bureau an application on the home screen of a phone."""
    bureau = reader.place.bureau
    yield Draft(
        path=HOME.file(reader.language, bureau.code, MANIFEST),
        sources=(dict(bureau.name.texts), dict(bureau.welcome.texts)),
        make=partial(_manifest, reader),
    )


def worker_drafts(site: SiteContext) -> Iterator[Draft]:
    """The script that answers when the network does not; it lies at the root, since it may mind no page above itself."""
    script = Path(str(current_app.static_folder)) / "worker" / "sw.js"
    content = script.read_bytes()
    yield Draft(path="sw.js", sources=(content.decode(),), make=lambda: content)


def _manifest(reader: Reader) -> bytes:
    bureau, home = reader.place.bureau, reader.href(HOME)
    asset: Any = reader.environment.globals["static_url"]
    manifest = {
        "name": reader.says(bureau.name),
        "short_name": reader.says(bureau.name),
        "description": reader.says(bureau.welcome),
        "lang": reader.language,
        "dir": reader.direction,
        "id": home,
        "start_url": home,
        "scope": home,
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": DEEP,
        "icons": icons(asset),
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode()
