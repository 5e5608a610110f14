"""The feed of changes, as RFC 4287 wants it."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from flask import Flask

from bureau.calendars.site.changes import changes_draft
from bureau.kernel.localised import LocalisedText
from bureau.rotation.domain.programme import ProgrammeDocument, republish
from tests.calendars.made import NOW, for_reader
from tests.calendars.two_publications import OCTOBER, SECOND, first_publication, second_publication
from tests.factories.programmes import a_programme, a_session

ATOM = "{http://www.w3.org/2005/Atom}"
MIDDLE = datetime(2026, 10, 15, 9, tzinfo=UTC)


def feed(app: Flask, *documents: ProgrammeDocument, language: str = "en", now: datetime = MIDDLE) -> ET.Element:
    """The feed of changes as any reader of XML finds it."""
    (content,) = for_reader(app, changes_draft, *documents, language=language, now=now).values()
    return ET.fromstring(content)  # noqa: S314  (we wrote it ourselves)


def entries(feed: ET.Element) -> dict[str, ET.Element]:
    """The entries by their kind; of several of one kind, one."""
    return {entry.find(f"{ATOM}category").attrib["term"]: entry for entry in feed.iter(f"{ATOM}entry")}


def said(node: ET.Element, name: str) -> str:
    """The words of the one element of that name."""
    (found,) = node.findall(f"{ATOM}{name}")
    return found.text or ""


def test_the_feed_and_every_entry_have_what_the_standard_demands_once(app: Flask) -> None:
    atom = feed(app, second_publication(first_publication(OCTOBER)), language="ar")

    for node in (atom, *atom.iter(f"{ATOM}entry")):
        assert UUID(said(node, "id").removeprefix("urn:uuid:"))
        assert said(node, "title")
        assert datetime.fromisoformat(said(node, "updated")).tzinfo is not None
    assert atom.find(f"{ATOM}author/{ATOM}name") is not None
    assert atom.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "ar"}
    links = {one.attrib["rel"]: one.attrib["href"] for one in atom.findall(f"{ATOM}link")}
    assert links == {
        "self": "http://localhost/ar/golden-river/changes.atom", "alternate": "http://localhost/ar/golden-river/",
    }  # fmt: skip


def test_every_published_change_is_told_and_what_stayed_is_not(app: Flask) -> None:
    told = entries(feed(app, second_publication(first_publication(OCTOBER))))

    titles = {kind: said(entry, "title") for kind, entry in told.items()}
    assert titles.pop("published") == "The programme for October 2026 is published"
    assert {kind: title.partition(": ")[0] for kind, title in titles.items()} == {
        "cancelled": "Cancelled", "moved": "Moved", "new": "New", "changed": "Changed",
    }  # fmt: skip
    assert "Before: Friday 23 October, 10:00" in said(told["moved"], "content")
    assert said(told["moved"], "content").startswith("Tuesday 27 October, 15:00–17:00\n")
    assert said(told["moved"], "updated") == f"{SECOND:%Y-%m-%dT%H:%M:%SZ}"


def test_the_newest_stands_first_and_the_feed_is_as_new_as_it(app: Flask) -> None:
    atom = feed(app, second_publication(first_publication(OCTOBER)))

    updated = [said(entry, "updated") for entry in atom.iter(f"{ATOM}entry")]
    assert updated == sorted(updated, reverse=True)
    assert said(atom, "updated") == updated[0]


def test_a_change_keeps_its_identifier_and_a_further_change_has_its_own(app: Flask) -> None:
    second = second_publication(first_publication(OCTOBER))
    live = [replace(one, languages=("fr",)) if one.change == "moved" else one for one in second.sessions]
    third = replace(second, sessions=republish(second, tuple(live), now=MIDDLE))

    before, after = (
        {kind: said(entry, "id") for kind, entry in entries(feed(app, one)).items()} for one in (second, third)
    )

    assert {kind for kind in before if before[kind] != after[kind]} == {"moved"}


def test_a_place_where_nothing_changed_still_has_a_lawful_feed(app: Flask) -> None:
    atom = feed(app, a_programme(sessions=(a_session(date(2026, 12, 9)),)), now=NOW)

    assert list(entries(atom)) == ["published"]


def test_words_that_xml_cannot_write_do_not_break_the_feed(app: Flask) -> None:
    note = LocalisedText({"en": "Bring <your> papers & \x0bcards"})
    session = a_session(date(2026, 12, 9), note=note, sequence=1, change="changed")

    told = entries(feed(app, a_programme(sessions=(session,)), now=NOW))

    assert "Bring <your> papers & cards" in said(told["changed"], "content")
