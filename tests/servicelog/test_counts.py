"""What the log comes to as numbers, and the sessions beside it: for figures and reports."""

from datetime import date, timedelta

import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from bureau.kernel.database import EVERY_ORGANISATION, Scope
from bureau.kernel.month import Month
from bureau.rotation.domain.held import minutes_held, tally_sessions
from bureau.rotation.queries.held import sessions_of_months
from bureau.servicelog import actions
from bureau.servicelog.queries.figures import counts
from tests.factories.accounts import person
from tests.factories.exchange import a_month, one_each
from tests.factories.organisations import a_bureau, an_organisation
from tests.factories.rotation import to_phase
from tests.factories.servicelog import NOW, a_logging_bureau, an_entry, logged
from tests.web.counting import queries_of

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
BANDS = {"visit_kind": "first", "waiting_band": "0-15"}


@pytest.fixture
def place(session: scoped_session[Session]) -> int:
    """The number of a bureau with two partners."""
    a_logging_bureau("open-gate", "lantern")
    return a_bureau().id


def test_entries_that_agree_in_everything_are_one_number(place: int) -> None:
    logged(*(an_entry(status="applicant", bands=BANDS) for _ in range(3)), an_entry(bands=BANDS))
    logged(an_entry(kind="group", number=17), an_entry(kind="unmet", day=date(2026, 11, 3)), organisation="lantern")

    found = counts(place, [NOVEMBER, DECEMBER])

    assert [(str(one.month), one.kind, one.organisation, one.category, one.status, one.number) for one in found] == [
        ("2026-11", "unmet", "lantern", "reception", None, 1),
        ("2026-12", "consultation", "open-gate", "reception", None, 1),
        ("2026-12", "consultation", "open-gate", "reception", "applicant", 3),
        ("2026-12", "group", "lantern", "reception", None, 17),
    ]
    assert (found[2].visit_kind, found[2].waiting_band, found[2].sex) == ("first", "0-15", None)


def test_what_is_taken_back_after_the_month_was_closed_is_below_zero_in_the_open_one(place: int) -> None:
    (made,) = logged(an_entry(day=date(2026, 11, 3)))
    actions.close_month("golden-river", "2026-11", actor="test", now=NOW)
    assert made.entry_id is not None

    actions.take_back(
        "golden-river", made.entry_id, reason="twice", scope=EVERY_ORGANISATION, person_id=person().id, actor="test",
        now=NOW,
    )  # fmt: skip

    assert [(one.month, one.number) for one in counts(place, [NOVEMBER, DECEMBER])] == [(NOVEMBER, 1), (DECEMBER, -1)]


def test_numbers_take_one_statement_however_many_months_and_hold_to_their_scope(place: int) -> None:
    gate = an_organisation("open-gate")
    logged()
    logged(organisation="lantern")

    with queries_of("log_entry") as sent:
        own = counts(place, [NOVEMBER, DECEMBER], scope=Scope(gate.id))

    assert ([one.organisation for one in own], len(sent)) == (["open-gate"], 1)


def test_sessions_are_counted_once_published_and_held_when_they_are_over(session: scoped_session[Session]) -> None:
    round_, workers = a_month()
    first, *_ = one_each(round_, workers)
    over = first.ends_at + timedelta(minutes=1)
    month = [round_.month]

    before = sessions_of_months(round_.bureau_id, month, now=over, scope=EVERY_ORGANISATION)
    to_phase(round_, "published")
    after = sessions_of_months(round_.bureau_id, month, now=over, scope=EVERY_ORGANISATION)

    tally = tally_sessions(after)
    assert (before, tally.planned, tally.held, tally.ahead) == ([], 3, 1, 2)
    assert minutes_held(after) == {("info", "en"): 120}
