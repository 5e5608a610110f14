"""A report is prepared in the background, looked at, and published as it was prepared, or not at all."""

import os
import signal
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic as time_of_clock
from time import sleep as pause

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.errors import Invalid
from bureau.kernel.month import Month
from bureau.kernel.outbox import OutboxMail
from bureau.kernel.outliving import SILENT_AFTER, TAKEN_OVER
from bureau.organisations.queries import get_bureau
from bureau.organisations.queries import partners as get_partners
from bureau.reports import actions, jobs, queries
from bureau.reports.actions.preparing import (
    _start_process,
    begin_preparation,
    run_preparation,
    take_up_preparation,
)
from bureau.reports.actions.publishing import mark_of_seen, publish_prepared
from bureau.reports.actions.reminding import SCHEDULER, remind_managers
from bureau.reports.actions.scheduling import (
    publish_by_themselves,
    publish_due,
    publish_when_green,
    schedule_report,
    unschedule_report,
)
from bureau.reports.domain.preparing import (
    MOST_ATTEMPTS,
    Preparation,
    ReportBeingPrepared,
    ReportChanged,
    ReportNotPrepared,
    ReportTimeOver,
    Standing,
)
from bureau.reports.domain.series import MonthNotClosed, ReportPublished
from bureau.reports.models import NotedFigure, ReportPreparation
from bureau.servicelog import actions as servicelog
from tests.factories.accounts import person
from tests.factories.servicelog import a_logging_bureau, an_entry, logged
from tests.meeting import at_once

BUREAU, MONTH = "golden-river", "2026-12"
AFTER = datetime(2027, 1, 4, 9, tzinfo=UTC)


@pytest.fixture
def december(session: scoped_session[Session]) -> str:
    """A closed month with seven consultations and a wish in vain."""
    a_december()
    return MONTH


def a_december() -> None:
    a_logging_bureau()
    logged(
        *(an_entry(language="ar" if number < 3 else "en") for number in range(7)),
        an_entry(kind="unmet", service="legal"),
    )
    servicelog.close_month(BUREAU, MONTH, actor="test", now=AFTER)


def prepared(month: str = MONTH) -> str:
    """Prepare the month, here and now; the state that it ended in."""
    return run_preparation(begin_preparation(BUREAU, month, actor="test", now=AFTER), attempt=1, clock=lambda: AFTER)


def seen() -> str:
    return mark_of_seen(BUREAU, MONTH, now=AFTER)


def publish(mark: str | None = None) -> int:
    return publish_prepared(BUREAU, MONTH, seen=mark, actor="test", now=AFTER).cells


def state(now: datetime = AFTER) -> str:
    return queries.standing_of(BUREAU, MONTH, now=now).state


def mails() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_what_is_published_is_what_was_prepared_and_seen(december: str) -> None:
    before = state()
    ended = prepared()
    place = get_bureau(BUREAU)
    shown = queries.prepared_report(place.id, MONTH)

    waits, cells = state(), publish(seen())

    row = queries.find_report(place.id, MONTH)
    assert row is not None
    assert shown is not None
    assert (before, ended, waits, state()) == ("closed", "ready", "prepared", "published")
    assert row.release == shown.release.to_json()
    assert {"protected", "salt", "given_up", "witnesses", "counts", "narrowest"} <= (row.private or {}).keys()
    assert not {"release", "found"} & (row.private or {}).keys()
    assert cells == len(shown.release.cells)
    assert queries.preparation_row(place.id, MONTH) is None


def test_of_two_who_publish_the_same_the_second_is_told(december: str) -> None:
    prepared()
    mark = seen()
    publish(mark)

    with pytest.raises(ReportPublished):
        publish(mark)


def test_only_one_report_of_a_bureau_is_prepared_at_a_time(december: str) -> None:
    begin_preparation(BUREAU, MONTH, actor="test", now=AFTER)

    with pytest.raises(ReportBeingPrepared):
        begin_preparation(BUREAU, MONTH, actor="another", now=AFTER + timedelta(seconds=9))
    with pytest.raises(ReportNotPrepared):
        publish()

    assert state() == "preparing"


def test_an_open_month_is_not_prepared_and_begins_no_series(session: scoped_session[Session]) -> None:
    a_logging_bureau()

    with pytest.raises(MonthNotClosed):
        begin_preparation(BUREAU, MONTH, actor="test", now=AFTER)

    assert queries.get_series(get_bureau(BUREAU).id) is None


def test_what_changed_since_it_was_looked_at_is_not_published(december: str) -> None:
    prepared()
    mark = seen()
    db.session.add(NotedFigure(bureau_id=get_bureau(BUREAU).id, month=MONTH, code="events", number=2))
    db.session.commit()

    with pytest.raises(ReportChanged):
        publish(mark)

    assert publish(seen()) > 0


def test_a_name_that_changed_since_asks_for_another_preparation(december: str) -> None:
    prepared()
    (partner,) = get_partners(get_bureau(BUREAU).id)
    partner.name = partner.name.edited({"en": "Another name"}, source="en")
    db.session.commit()

    with pytest.raises(ReportChanged):
        publish()

    assert state() == "changed"
    assert (prepared(), state()) == ("ready", "prepared")


def test_who_lost_the_preparation_to_another_process_writes_nothing_more(december: str) -> None:
    number = begin_preparation(BUREAU, MONTH, actor="test", now=AFTER)
    db.session.get_one(ReportPreparation, number).attempt = 2
    db.session.commit()

    assert run_preparation(number, attempt=1, clock=lambda: AFTER) == TAKEN_OVER
    assert state() == "preparing"


def test_a_silent_preparation_is_taken_up_and_not_for_ever(december: str) -> None:
    number = begin_preparation(BUREAU, MONTH, actor="test", now=AFTER)
    later = AFTER + SILENT_AFTER

    heard = take_up_preparation(number, now=later)
    db.session.get_one(ReportPreparation, number).attempt = MOST_ATTEMPTS
    db.session.commit()
    due = jobs.INTERRUPTED_PREPARATIONS.period_of(later + timedelta(seconds=1))
    once_more = take_up_preparation(number, now=later + timedelta(seconds=1))

    assert (heard, bool(due), once_more, state()) == (False, True, False, "failed")
    assert jobs.INTERRUPTED_PREPARATIONS.period_of(later + timedelta(hours=1)) == ""


def test_a_moment_is_chosen_on_the_clock_of_the_bureau(december: str) -> None:
    prepared()

    with pytest.raises(Invalid, match="left_out"):
        schedule_report(BUREAU, MONTH, date(2027, 3, 28), time(3, 30), actor="test", now=AFTER)
    with pytest.raises(ReportTimeOver):
        schedule_report(BUREAU, MONTH, date(2027, 1, 4), time(11, 0), actor="test", now=AFTER)
    schedule_report(BUREAU, MONTH, date(2027, 10, 31), time(3, 30), actor="test", now=AFTER)

    assert queries.standing_of(BUREAU, MONTH, now=AFTER).publish_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    unschedule_report(BUREAU, MONTH, actor="test", now=AFTER)
    assert state() == "prepared"


def test_a_report_is_published_at_its_moment_and_not_before(december: str) -> None:
    prepared()
    schedule_report(BUREAU, MONTH, date(2027, 1, 5), time(10, 0), actor="test", now=AFTER)
    moment = datetime(2027, 1, 5, 8, tzinfo=UTC)

    early = jobs.SCHEDULED_REPORTS.period_of(moment - timedelta(seconds=1))
    due = jobs.SCHEDULED_REPORTS.period_of(moment)
    done = jobs.SCHEDULED_REPORTS.run(moment)

    assert (early, bool(due), done) == ("", True, f"{BUREAU} {MONTH} published")
    assert (state(moment), jobs.SCHEDULED_REPORTS.period_of(moment)) == ("published", "")
    assert mails() == []


def test_where_something_is_missing_at_its_moment_the_managers_are_told_once_and_nothing_is_published(
    december: str,
) -> None:
    person(name="Mira", email="mira@example.org", language="bg", manages=[get_bureau(BUREAU)])
    prepared()
    schedule_report(BUREAU, MONTH, date(2027, 1, 5), time(10, 0), actor="test", now=AFTER)
    row = queries.find_report(get_bureau(BUREAU).id, MONTH)
    assert row is not None
    row.summary = row.summary.edited({"en": "A calm month."}, source="en")
    db.session.commit()
    moment = datetime(2027, 1, 5, 8, tzinfo=UTC)

    done = publish_due(now=moment)

    (mail,) = mails()
    assert done == [f"{BUREAU} {MONTH} not published: report_not_ready"]
    assert (mail.to, mail.language, queries.reports_due(now=moment)) == ("mira@example.org", "bg", [])
    assert f"/desk/{BUREAU}/reports/{MONTH}/" in mail.body
    assert state(moment) == "prepared"


def test_managers_are_reminded_on_the_third_once_and_of_no_report_that_is_out(december: str) -> None:
    person(name="Mira", email="mira@example.org", language="en", manages=[get_bureau(BUREAU)])
    prepared()
    third = datetime(2027, 1, 3, 6, tzinfo=UTC)

    early = jobs.REPORT_REMINDERS.period_of(third - timedelta(seconds=1))
    due = jobs.REPORT_REMINDERS.period_of(third)
    reminded = remind_managers(now=third), remind_managers(now=third + timedelta(days=1))

    (mail,) = mails()
    assert (early, bool(due), reminded) == ("", True, (1, 0))
    assert "December 2026" in mail.subject
    assert jobs.REPORT_REMINDERS.period_of(third + timedelta(days=1)) == ""


def test_nobody_is_reminded_of_what_will_be_published_without_them(december: str) -> None:
    third = datetime(2027, 1, 3, 6, tzinfo=UTC)
    prepared()
    schedule_report(BUREAU, MONTH, date(2027, 1, 7), time(10, 0), actor="test", now=third)
    chosen = queries.reminders_due(now=third)
    unschedule_report(BUREAU, MONTH, actor="test", now=third)
    left = queries.reminders_due(now=third)

    publish_when_green(BUREAU, itself=True, actor="test", now=third)

    assert (chosen, left, queries.reminders_due(now=third)) == ([], [(BUREAU, MONTH)], [])


def test_a_bureau_may_let_its_reports_be_published_by_themselves(december: str) -> None:
    prepared()
    unwished = jobs.REPORTS_BY_THEMSELVES.period_of(AFTER)
    publish_when_green(BUREAU, itself=True, actor="test", now=AFTER)

    due = jobs.REPORTS_BY_THEMSELVES.period_of(AFTER)
    done = publish_by_themselves(now=AFTER)

    assert (unwished, bool(due), done, state()) == ("", True, [f"{BUREAU} {MONTH} published"], "published")
    assert jobs.REPORTS_BY_THEMSELVES.period_of(AFTER) == ""


def test_managers_are_told_once_why_a_report_that_was_prepared_by_itself_is_not_published(december: str) -> None:
    person(name="Mira", email="mira@example.org", language="en", manages=[get_bureau(BUREAU)])
    number = begin_preparation(BUREAU, MONTH, actor=SCHEDULER, now=AFTER)
    publish_when_green(BUREAU, itself=True, actor="test", now=AFTER)
    actions.correct_words(BUREAU, MONTH, {"story": {"en": "Only here."}}, version=0, actor="test", now=AFTER)

    run_preparation(number, attempt=1, clock=lambda: AFTER)

    (mail,) = mails()
    assert (mail.to, "was not published" in mail.subject) == ("mira@example.org", True)
    assert "Words are missing in: български" in mail.body
    assert (queries.reminders_due(now=AFTER), publish_by_themselves(now=AFTER), state()) == ([], [], "prepared")


def test_words_that_are_missing_in_a_language_wait_for_somebody() -> None:
    ready = Preparation(
        id=1, month=MONTH, state="ready", attempt=1, done=1, total=1, started_at=AFTER, finished_at=AFTER
    )  # fmt: skip
    month = Month.parse(MONTH)

    whole = Standing(month=month, over=True, closed=True, unsigned=3, preparation=ready)
    lacking = Standing(month=month, over=True, closed=True, missing_words=("ar",), preparation=ready)

    assert (whole.green, whole.step) == (True, "publish")
    assert (lacking.green, lacking.step) == (False, "words")


def test_two_managers_who_press_at_once_prepare_once_and_publish_once(installation: Flask) -> None:
    with installation.app_context():
        a_december()

    begun = at_once(installation, *[lambda: begin_preparation(BUREAU, MONTH, actor="test", now=AFTER)] * 2)
    (number,) = [one for one in begun if isinstance(one, int)]
    with installation.app_context():
        run_preparation(number, attempt=1, clock=lambda: AFTER)
    published = at_once(installation, *[publish] * 2)

    with installation.app_context():
        assert set(begun) == {number, "report_being_prepared"}
        assert [one for one in published if not isinstance(one, int)] == ["report_published"]
        assert state() == "published"


@pytest.mark.parametrize("migrated_database", ["sqlite"], indirect=True)
def test_a_preparation_whose_process_is_killed_is_done_by_another(installation: Flask) -> None:
    with installation.app_context():
        a_december()
        number = begin_preparation(BUREAU, MONTH, actor="test", now=utcnow())
        os.kill(_start_process(number, 1), signal.SIGKILL)
        silent = utcnow() + SILENT_AFTER + timedelta(seconds=1)

        due, said = jobs.INTERRUPTED_PREPARATIONS.period_of(silent), jobs.INTERRUPTED_PREPARATIONS.run(silent)
        ended = wait_until_ended()

        assert (bool(due), said, ended) == (True, "1 taken up", "ready")
        assert db.session.get_one(ReportPreparation, number).attempt == 2


def wait_until_ended() -> str:
    """The state that the preparation comes to; who waits too long fails."""
    until = time_of_clock() + 90
    while time_of_clock() < until:
        db.session.rollback()
        found = queries.find_preparation(get_bureau(BUREAU).id, MONTH, now=utcnow())
        if found is not None and found.state != "running":
            return found.state
        pause(0.1)
    pytest.fail("nobody prepared it")
