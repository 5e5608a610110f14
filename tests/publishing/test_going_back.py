"""Going back to an earlier version of the public site, and what happens then."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.kernel.outbox import OutboxMail
from bureau.organisations.models import Bureau
from bureau.publishing import jobs
from bureau.publishing.actions import check_site, let_go, publish_site, roll_back, site_in_force, site_releases
from bureau.publishing.domain import ABOVE
from bureau.publishing.domain.errors import NoSuchRelease
from bureau.rotation.domain.programme import to_json
from bureau.rotation.models import Programme
from tests.factories.accounts import manager_browser
from tests.factories.organisations import a_bureau as a_bureau_row
from tests.publishing.conftest import NOW, tiny

DECEMBER_PAGE = "current/en/golden-river/2026-12/index.html"
JOBS = "/desk/golden-river/jobs"


def publish_programme(session: scoped_session[Session], number: int, bureau: str = "golden-river") -> None:
    """The month once more, with a note that says which number it is."""
    document = tiny(number=number)
    sessions = tuple(replace(one, note=LocalisedText({"en": f"Note {number}"})) for one in document.sessions)
    document = replace(document, sessions=sessions, bureau=replace(document.bureau, code=bureau))
    place = session.scalar(select(Bureau).where(Bureau.code == bureau)) or a_bureau_row(bureau)
    session.add(
        Programme(
            bureau_id=place.id, month=str(Month(2026, 12)), number=number, published_at=NOW, document=to_json(document)
        )
    )
    session.flush()


@pytest.fixture
def twice(published: Flask, folder: Path, session: scoped_session[Session]) -> Path:
    """The site after two publications of December."""
    publish_programme(session, 2)
    publish_site(now=NOW)
    publish_programme(session, 3)
    publish_site(now=NOW)
    return folder


def note_in(folder: Path) -> int:
    """Which publication residents read."""
    html = (folder / DECEMBER_PAGE).read_text()
    return next(number for number in (2, 3, 4) if f"Note {number}" in html)


def test_residents_read_the_release_before_again(twice: Path) -> None:
    release = roll_back(now=NOW)

    assert (release.number, release.back_to, note_in(twice)) == ("000004", "000001", 2)
    assert [one.number for one in site_releases()] == ["000004", "000003", "000001"]


def test_the_scheduler_leaves_what_somebody_went_back_to_even_on_the_next_day(twice: Path) -> None:
    roll_back(now=NOW)

    assert jobs.PUBLISH.period_of(NOW) == ""
    assert jobs.PUBLISH.period_of(NOW + timedelta(days=1)) == ""
    assert check_site(now=NOW).changed


def test_the_next_programme_ends_it(twice: Path, session: scoped_session[Session]) -> None:
    roll_back(now=NOW)
    publish_programme(session, 4)

    assert jobs.PUBLISH.period_of(NOW)
    jobs.PUBLISH.run(NOW)

    assert note_in(twice) == 4
    assert not check_site(now=NOW)


def test_publishing_by_hand_ends_it(twice: Path) -> None:
    roll_back(now=NOW)

    publish_site(now=NOW, trusting=False)

    release = site_in_force()
    assert release is not None
    assert (note_in(twice), release.held, jobs.PUBLISH.period_of(NOW)) == (3, {}, "")


def test_saying_so_ends_it(twice: Path) -> None:
    roll_back(now=NOW)

    let_go("golden-river", now=NOW)

    assert jobs.PUBLISH.period_of(NOW)
    jobs.PUBLISH.run(NOW)
    assert note_in(twice) == 3


def test_one_bureau_goes_back_alone_and_the_other_is_published_on(
    twice: Path, session: scoped_session[Session]
) -> None:
    publish_programme(session, 1, bureau="blue-hill")
    publish_site(now=NOW)

    release = roll_back(now=NOW, to="1", bureau="golden-river")
    publish_programme(session, 2, bureau="blue-hill")
    jobs.PUBLISH.run(NOW)

    assert set(release.held) == {"golden-river"}
    assert note_in(twice) == 2
    assert "Note 2" in (twice / "current/en/blue-hill/2026-12/index.html").read_text()


@pytest.mark.parametrize("to", ["7", "3"], ids=["never there", "in force"])
def test_going_back_to_a_release_that_is_not_there_is_refused(twice: Path, to: str) -> None:
    with pytest.raises(NoSuchRelease):
        roll_back(now=NOW, to=to)


def test_the_commands_go_back_and_list_what_is_kept(published: Flask, twice: Path) -> None:
    runner = published.test_cli_runner()

    back = runner.invoke(args=["site", "rollback", "--to", "1"])
    kept = runner.invoke(args=["site", "releases"])
    refused = runner.invoke(args=["site", "rollback", "--to", "9"])

    assert back.output.startswith("Release 000004: residents read what release 000001 said.\nHeld: golden-river.")
    assert [line.split()[0] for line in kept.output.splitlines()] == ["*", "000003", "000001"]
    assert "back to 000001" in kept.output
    assert refused.exit_code == 1


def test_the_manager_sees_the_versions_goes_back_and_forward(
    twice: Path, client: FlaskClient, session: scoped_session[Session]
) -> None:
    place = session.scalar(select(Bureau).where(Bureau.code == "golden-river"))
    browser = manager_browser(client, place)

    before = browser.get(JOBS).text
    back = browser.post("/desk/golden-river/site/back/1")
    held = browser.get(JOBS).text
    on = browser.post("/desk/golden-river/site/follow")
    after = browser.get(JOBS).text

    assert ("public now" in before, before.count("Go back to this version")) == (True, 1)
    assert (back.status_code, back.location, on.status_code) == (303, f"{JOBS}#site", 303)
    assert "Somebody went back to an earlier version" in held
    assert "Somebody went back to an earlier version" not in after


def test_a_page_that_cannot_be_made_is_told_to_the_manager_and_the_rest_is_published(
    twice: Path, client: FlaskClient, session: scoped_session[Session]
) -> None:
    broken = tiny(number=4)
    broken = replace(broken, sessions=(replace(broken.sessions[0], room="nowhere"), *broken.sessions[1:]))
    place = session.scalar(select(Bureau).where(Bureau.code == "golden-river"))
    assert place is not None
    session.add(Programme(bureau_id=place.id, month="2026-12", number=4, published_at=NOW, document=to_json(broken)))
    session.flush()

    browser = manager_browser(client, place)
    for _ in range(2):
        with pytest.raises(jobs.PagesFailed, match=r"could not be written: .*2026-12/index\.html"):
            jobs.PUBLISH.run(NOW)

    release = site_in_force()
    assert release is not None
    assert "en/golden-river/2026-12/index.html" in release.failed
    assert note_in(twice) == 3
    assert release.parts[ABOVE].failed == {}
    assert "could not be written" in browser.get(JOBS).text
    (mail,) = session.scalars(select(OutboxMail))
    assert ("could not be written" in mail.subject, "2026-12/index.html: KeyError" in mail.body) == (True, True)
    assert f"{JOBS}#site" in mail.body
    assert jobs.PUBLISH.period_of(NOW)
