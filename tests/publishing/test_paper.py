"""Sheets of paper follow the pages in a release of their own: nobody waits for them to read what has changed."""

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from bureau.calendars.site.print import drafts
from bureau.kernel.localised import LocalisedText
from bureau.publishing import jobs
from bureau.publishing.actions import publish_site, publishing, site_in_force, site_releases
from bureau.publishing.site.releases import read_release
from bureau.rotation.domain.programme import to_json
from bureau.rotation.models import Programme
from tests.factories.organisations import a_bureau as a_bureau_row
from tests.publishing.conftest import NOW, tiny

PAGE = "current/en/golden-river/2026-12/index.html"
SHEET = "current/en/golden-river/2026-12/month-overview.pdf"


class Press:
    """Sets nothing, and notes what residents read while it is asked to."""

    def __init__(self, folder: Path) -> None:
        """Nothing was asked for."""
        self.folder, self.read = folder, list[str]()
        self._number = count(1)

    def __call__(self, template: str, data: object) -> bytes:
        """A sheet that is another each time."""
        page = self.folder / PAGE
        self.read.append(page.read_text() if page.exists() else "")
        return f"%PDF {template} {next(self._number)}".encode()


@pytest.fixture
def press(published: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Press:
    """December as it was first published; its press from then on."""
    press = Press(folder)
    monkeypatch.setattr(drafts, "typeset", press)
    publish_site(now=NOW)
    return press


@pytest.fixture
def changed(press: Press, session: scoped_session[Session]) -> Press:
    """A note in December that is to be published."""
    document = tiny(number=2)
    sessions = tuple(replace(one, note=LocalisedText({"en": "Bring a friend"})) for one in document.sessions)
    row = a_bureau_row("golden-river")
    document = replace(document, sessions=sessions)
    session.add(Programme(bureau_id=row.id, month="2026-12", number=2, published_at=NOW, document=to_json(document)))
    session.flush()
    press.read.clear()
    return press


def test_new_sheets_are_there_with_the_first_page_that_leads_to_them(press: Press) -> None:
    assert set(press.read) == {""}
    assert [release.number for release in site_releases()] == ["000001"]


def test_residents_read_what_changed_before_any_sheet_is_set(changed: Press, folder: Path) -> None:
    before = (folder / SHEET).read_bytes()

    outcome = publish_site(now=NOW)

    assert all("Bring a friend" in page for page in changed.read)
    assert changed.read
    assert (folder / SHEET).read_bytes() != before
    assert (outcome.release, [one.number for one in site_releases()]) == ("000003", ["000003", "000001"])
    assert jobs.PUBLISH.period_of(NOW) == ""
    in_force = site_in_force()
    assert in_force is not None
    assert (outcome.written, in_force.total.written) == (len(changed.read) + _web(folder), outcome.written)


def _web(folder: Path) -> int:
    """How many files the release before the sheets wrote."""
    release = read_release(folder / "releases/000002")
    assert release is not None
    return release.total.written


def test_by_hand_all_is_there_at_once(changed: Press, folder: Path) -> None:
    outcome = publish_site(now=NOW, trusting=False)

    assert not any("Bring a friend" in page for page in changed.read)
    assert outcome.release == "000002"


def test_who_is_ended_before_the_sheets_leaves_them_to_the_next(
    changed: Press, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(publishing, "let_follow", _ended)
        with pytest.raises(KeyboardInterrupt):
            publish_site(now=NOW)
    page, sheet, due = (folder / PAGE).read_text(), (folder / SHEET).read_bytes(), jobs.PUBLISH.period_of(NOW)

    jobs.PUBLISH.run(NOW)

    assert ("Bring a friend" in page, bool(due), jobs.PUBLISH.period_of(NOW)) == (True, True, "")
    assert (folder / SHEET).read_bytes() != sheet


def _ended(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_sheet_that_cannot_be_set_is_named_and_the_one_before_stays(
    changed: Press, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (folder / SHEET).read_bytes()
    monkeypatch.setattr(drafts, "typeset", _broken)

    outcome = publish_site(now=NOW)

    release = site_in_force()
    assert release is not None
    assert (SHEET.removeprefix("current/") in outcome.failed, release.waiting) == (True, False)
    assert (folder / SHEET).read_bytes() == before
    assert jobs.PUBLISH.period_of(NOW)


def _broken(template: str, data: object) -> bytes:
    raise LookupError(template)
