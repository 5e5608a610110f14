"""Programmes are read once."""

import json
from dataclasses import replace

from bureau.rotation.domain.programme import ProgrammeDocument, to_json
from bureau.rotation.queries.reading import Read
from tests.publishing.conftest import tiny


def text(document: ProgrammeDocument) -> str:
    """As it lies in the database."""
    return json.dumps(to_json(document))


def test_the_same_text_is_the_same_programme() -> None:
    read = Read()

    first = read.document(text(tiny()))

    assert first == tiny()
    assert read.document(text(tiny())) is first
    assert read.document(text(replace(tiny(), number=2))).number == 2


def test_what_was_not_asked_for_longest_makes_room() -> None:
    read = Read(most=2 * len(tiny().sessions))
    one, two, three = (text(replace(tiny(), number=number)) for number in (1, 2, 3))
    first, second = read.document(one), read.document(two)

    read.document(one)
    read.document(three)

    assert read.document(one) is first
    assert read.document(two) is not second
