"""A publisher of real pages in a process of its own, to be killed or to meet a full disk."""

import resource
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from flask import Flask

from bureau.app import create_app
from bureau.kernel.localised import LocalisedText
from bureau.publishing.actions import publish_documents
from bureau.rotation.domain.programme import ProgrammeDocument
from tests.factories.programmes import a_bureau
from tests.installation import settings
from tests.publishing.conftest import NOW, tiny

CODES = ("golden-river", "blue-hill")


def house(folder: Path) -> Flask:
    """An application that publishes into ``folder`` and has no database."""
    return create_app(settings(folder, f"sqlite:///{folder / 'nowhere' / 'bureau.db'}"))


def version(number: int) -> Sequence[ProgrammeDocument]:
    """Two bureaux that say on every page of dates which version it is."""
    welcome = LocalisedText({"en": f"Version {number}."})
    return [replace(tiny(), bureau=a_bureau(code, languages=("en",), name=welcome)) for code in CODES]


def publish(app: Flask, number: int) -> None:
    """Put the version in force."""
    with app.app_context():
        publish_documents(lambda: version(number), now=NOW)


def publish_for_ever(app: Flask, first: int, say: Callable[[int], object] = lambda _: None) -> None:
    """One version after the other."""
    for number in count(first):
        publish(app, number)
        say(number)


def main() -> None:
    """Publish one version, with room for files of so many bytes only; say what came of it."""
    folder, number, room = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    app = house(folder)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        publish(app, number)
    except OSError as error:
        sys.stdout.write(f"{type(error).__name__}: {error}\n")


if __name__ == "__main__":
    main()
