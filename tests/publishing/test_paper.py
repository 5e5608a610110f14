"""Sheets of paper follow the pages in a release of their own: nobody waits for them to read what has changed.

The press is the real one, stopped from outside for as long as residents read.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel.localised import LocalisedText
from bureau.kernel.typeset import PRESS, NotTypeset, typeset
from bureau.publishing import jobs
from bureau.publishing.actions import publish_site, site_in_force, site_releases
from bureau.publishing.site.releases import found, read_release
from bureau.rotation.domain.programme import ProgrammeDocument, to_json
from bureau.rotation.models import Programme
from tests.factories.organisations import a_bureau as a_bureau_row
from tests.factories.programmes import PUBLISHED, a_bureau
from tests.publishing.conftest import NOW, tiny

PAGE = "current/en/golden-river/2026-12/index.html"
SHEET = "en/golden-river/2026-12/month-overview.pdf"
NOTE = "Bring a friend"
PATIENCE = 60
"""Seconds in which a page comes, on a machine that does much else."""


def store(session: scoped_session[Session], document: ProgrammeDocument) -> None:
    """The month as it is to be read from now on, in one language, which has half of the sheets."""
    document = replace(document, bureau=a_bureau(languages=("en",)))
    row, at = a_bureau_row("golden-river"), NOW if document.number > 1 else PUBLISHED
    session.add(
        Programme(
            bureau_id=row.id, month="2026-12", number=document.number, published_at=at, document=to_json(document)
        )
    )
    session.flush()


@pytest.fixture
def first(app: Flask, session: scoped_session[Session], folder: Path) -> Path:
    """December as it was first published."""
    store(session, tiny())
    publish_site(now=NOW)
    return folder


@pytest.fixture
def changed(first: Path, session: scoped_session[Session]) -> Path:
    """A note in December that is to be published."""
    document = tiny(number=2)
    store(session, replace(document, sessions=tuple(replace(one, note=_note()) for one in document.sessions)))
    return first


def _note() -> LocalisedText:
    return LocalisedText({"en": NOTE})


def sheets(folder: Path) -> dict[str, str]:
    """Every sheet that residents can open now: its address and its fingerprint."""
    return {path: mark for path, mark in found(folder).items() if path.endswith(".pdf")}


@contextmanager
def press_stopped(folder: Path, then: Callable[[psutil.Process], None]) -> Iterator[dict[str, str]]:
    """A press that stands still; ``then`` happens to it once residents read the note. Gives the sheets they had then."""
    with pytest.raises(NotTypeset):
        typeset("no-such-sheet", {})  # starts it
    (press,) = (one for one in psutil.Process().children() if str(PRESS) in one.cmdline())
    press.suspend()
    had: dict[str, str] = {}

    def read_meanwhile() -> None:
        until = time.monotonic() + PATIENCE
        while NOTE not in (folder / PAGE).read_text() and time.monotonic() < until:
            time.sleep(0.01)
        had.update(sheets(folder))
        then(press)

    resident = threading.Thread(target=read_meanwhile)
    resident.start()
    try:
        yield had
    finally:
        resident.join()


def test_new_sheets_are_there_with_the_first_page_that_leads_to_them(first: Path) -> None:
    release = site_in_force()

    assert release is not None
    assert (release.number, release.waiting) == ("000001", False)
    assert SHEET in sheets(first)


def test_residents_read_what_changed_before_any_sheet_is_set(changed: Path) -> None:
    before = sheets(changed)

    with press_stopped(changed, psutil.Process.resume) as had:
        outcome = publish_site(now=NOW)

    after, in_force, web = sheets(changed), site_in_force(), read_release(changed / "releases/000002")
    renewed = [path for path, mark in after.items() if mark != before[path]]
    assert had == before
    assert SHEET in renewed
    assert (outcome.release, [one.number for one in site_releases()]) == ("000003", ["000003", "000001"])
    assert jobs.PUBLISH.period_of(NOW) == ""
    assert in_force is not None
    assert web is not None
    assert outcome.written == in_force.total.written == len(renewed) + web.total.written


def test_by_hand_all_is_there_at_once(changed: Path) -> None:
    before = sheets(changed)

    outcome = publish_site(now=NOW, trusting=False)

    assert outcome.release == "000002"
    assert NOTE in (changed / PAGE).read_text()
    assert sheets(changed) != before


def test_who_is_ended_before_the_sheets_leaves_them_to_the_next(changed: Path) -> None:
    before, main = sheets(changed), threading.get_ident()
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)

    with press_stopped(changed, lambda _: signal.pthread_kill(main, signal.SIGINT)), pytest.raises(KeyboardInterrupt):
        publish_site(now=NOW)
    signal.signal(signal.SIGINT, usual)
    page, left, due = (changed / PAGE).read_text(), sheets(changed), jobs.PUBLISH.period_of(NOW)
    jobs.PUBLISH.run(NOW)

    assert (NOTE in page, left == before, bool(due), jobs.PUBLISH.period_of(NOW)) == (True, True, True, "")
    assert sheets(changed) != before


def test_a_sheet_that_cannot_be_set_is_named_and_the_one_before_stays(changed: Path) -> None:
    before = sheets(changed)

    with press_stopped(changed, lambda press: os.kill(press.pid, signal.SIGKILL)):
        outcome = publish_site(now=NOW)

    after, release = sheets(changed), site_in_force()
    (failed,) = outcome.failed
    assert release is not None
    assert release.waiting is False
    assert after[failed] == before[failed]
    assert [path for path in after if after[path] != before[path]]
    assert jobs.PUBLISH.period_of(NOW)
