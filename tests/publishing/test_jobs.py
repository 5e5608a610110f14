"""When the site is published by itself."""

import shutil
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from bureau.publishing import jobs
from bureau.publishing.site.rendering import rendering_version
from bureau.rotation.domain.programme import to_json
from bureau.rotation.models import Programme
from tests.factories.organisations import a_bureau as a_bureau_row
from tests.installation import ROOT
from tests.publishing.conftest import NOW, tiny

AFTER_MIDNIGHT_IN_SOFIA = NOW.replace(hour=22, minute=30)


def test_the_job_is_due_until_it_has_run_and_again_when_the_day_changes(published: Flask, folder: Path) -> None:
    due = jobs.PUBLISH.period_of(NOW)

    jobs.PUBLISH.run(NOW)

    assert due
    assert jobs.PUBLISH.period_of(NOW) == jobs.PUBLISH.period_of(NOW.replace(hour=21)) == ""
    assert jobs.PUBLISH.period_of(AFTER_MIDNIGHT_IN_SOFIA) not in {"", due}


def test_the_job_is_due_again_when_a_programme_is_new(
    published: Flask, folder: Path, session: scoped_session[Session]
) -> None:
    jobs.PUBLISH.run(NOW)
    bureau = a_bureau_row("golden-river")

    session.add(
        Programme(bureau_id=bureau.id, month="2026-12", number=2, published_at=NOW, document=to_json(tiny(number=2)))
    )
    session.flush()

    assert jobs.PUBLISH.period_of(NOW)


def test_what_moved_or_was_cancelled_is_on_the_page_and_in_the_feed_at_the_next_tick(
    published: Flask, folder: Path, session: scoped_session[Session]
) -> None:
    jobs.PUBLISH.run(NOW)
    first, second = (replace(one, sequence=1, modified=NOW) for one in tiny().sessions)
    starts = second.starts_at + timedelta(hours=3)
    moved = replace(
        second, change="moved", starts=time(13), ends=time(15), starts_at=starts, ends_at=starts + timedelta(hours=2),
        was_day=second.day, was_starts=second.starts,
    )  # fmt: skip
    changed = replace(tiny(), number=2, published_at=NOW, sessions=(replace(first, change="cancelled"), moved))

    session.add(
        Programme(
            bureau_id=a_bureau_row("golden-river").id, month="2026-12", number=2, published_at=NOW,
            document=to_json(changed),
        )
    )  # fmt: skip
    session.flush()
    due = jobs.PUBLISH.period_of(NOW)
    jobs.PUBLISH.run(NOW)

    page = (folder / "current/en/golden-river/2026-12/index.html").read_text()
    feed = (folder / "current/en/golden-river/service/job-search/calendar.ics").read_bytes().decode()
    assert (bool(due), jobs.PUBLISH.every_seconds <= 60) == (True, True)
    assert "Cancelled" in page
    assert "Moved here" in page
    assert feed.count("SEQUENCE:1") == 2
    assert f"UID:{first.uid}" in feed
    assert "STATUS:CANCELLED" in feed
    assert f"DTSTART:{starts:%Y%m%dT%H%M%SZ}" in feed


@pytest.mark.parametrize("setting", ["BASE_URL", "SECURITY_CONTACT"])
def test_the_job_is_due_again_when_a_setting_that_the_files_repeat_is_another(
    published: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    jobs.PUBLISH.run(NOW)

    monkeypatch.setitem(published.config, setting, "https://elsewhere.example")

    assert jobs.PUBLISH.period_of(NOW)


def test_the_job_is_due_again_when_the_site_is_gone(published: Flask, folder: Path) -> None:
    jobs.PUBLISH.run(NOW)

    (folder / "current").unlink()

    assert jobs.PUBLISH.period_of(NOW)


@pytest.fixture
def program(tmp_path: Path, published: Flask, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program's files, which says nothing of itself until it is started anew."""
    root = tmp_path / "program"
    for part in ("bureau", "templates", "translations"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    for path in ("translations/en/LC_MESSAGES/messages.mo", "translations/ar/LC_MESSAGES/messages.mo"):
        (root / path).touch()
    monkeypatch.setattr(published, "root_path", str(root / "bureau"))
    return root


@pytest.mark.parametrize(
    "changed",
    [
        "templates/calendars/_session.html",
        "templates/components/chip.html",
        "translations/ar/LC_MESSAGES/messages.mo",
        "bureau/web/formats.py",
        "bureau/calendars/ical.py",
    ],
)
def test_a_new_version_of_the_program_publishes_again_once_it_is_started(
    published: Flask, folder: Path, program: Path, changed: str
) -> None:
    rendering_version.cache_clear()
    jobs.PUBLISH.run(NOW)
    before = jobs.PUBLISH.period_of(NOW)

    with (program / changed).open("ab") as file:
        file.write(b"\n")
    running = jobs.PUBLISH.period_of(NOW)
    rendering_version.cache_clear()
    started_anew = jobs.PUBLISH.period_of(NOW)

    assert (before, running, bool(started_anew)) == ("", "", True)


def test_going_back_to_the_version_before_is_due_too(published: Flask, folder: Path, program: Path) -> None:
    template = program / "templates" / "public.html"
    old, periods = template.read_bytes(), []

    for content in (old, old + b"\n", old):
        template.write_bytes(content)
        rendering_version.cache_clear()
        periods.append(jobs.PUBLISH.period_of(NOW))
        jobs.PUBLISH.run(NOW)

    assert len({*periods, ""}) == 4
