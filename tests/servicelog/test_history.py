"""The invented past of the demonstration: whole months, in every dimension, signed off and closed, the same each time."""

from datetime import UTC, date, datetime, time

import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from bureau.demonstration.actions import tell_the_past
from bureau.demonstration.domain import FEWEST, MOST, Known, log_of, past_sessions, to_be_corrected
from bureau.kernel.month import Month
from bureau.organisations.models import Organisation
from bureau.rotation.domain.held import SessionOfMonth
from bureau.servicelog.domain.bands import BANDS
from bureau.servicelog.queries.figures import counts
from bureau.servicelog.queries.ground import closed_months
from bureau.servicelog.queries.months import signed_off
from tests.factories.accounts import person
from tests.factories.exchange import a_month, one_each
from tests.factories.organisations import a_bureau
from tests.factories.rotation import to_phase

NOVEMBER, OCTOBER = Month(2026, 11), Month(2026, 10)
KNOWN = Known(
    services=frozenset({"info", "legal", "class"}), groups=frozenset({"class"}), languages=frozenset({"ar", "en", "ps"}),
    statuses=frozenset({"applicant"}),
)  # fmt: skip


def a_session(day: int, **values: object) -> SessionOfMonth:
    facts = {
        "id": day, "month": NOVEMBER, "day": date(2026, 11, day), "starts": time(10), "minutes": 120,
        "organisation": "open-gate", "services": ("info", "class"), "languages": ("ar", "en"), "state": "held", **values,
    }  # fmt: skip
    return SessionOfMonth(**facts)


PATTERN = [a_session(3), a_session(11, organisation="lantern", services=("legal",)), a_session(30)]


def test_a_past_month_has_the_sessions_of_the_same_weekdays_in_its_weeks() -> None:
    assert [one.day for one in past_sessions(PATTERN, OCTOBER)] == [date(2026, 10, 6), date(2026, 10, 14)]


def test_a_month_of_log_has_every_kind_and_every_answer_and_is_the_same_each_time() -> None:
    log = log_of(past_sessions(PATTERN, OCTOBER), OCTOBER, KNOWN)

    entries = [one for many in log.values() for one in many]
    consultations = [one for one in entries if one.kind == "consultation"]
    said = {(name, code) for one in consultations for name, code in one.bands.items()}
    assert FEWEST <= len(consultations) <= MOST
    assert said == {(name, code) for name, codes in BANDS.items() for code in codes if code != "x"} | (
        said & {("sex", "x")}
    )
    assert {"consultation", "unmet"} <= {one.kind for one in entries}
    assert all(one.day.month == 10 and one.hour in (10, 11) for one in entries)
    assert 0 < len(to_be_corrected(log, OCTOBER)) < 8
    assert log == log_of(past_sessions(PATTERN, OCTOBER), OCTOBER, KNOWN)


@pytest.fixture
def published(session: scoped_session[Session]) -> list[Organisation]:
    """December published, with a session for each of three partners, whose coordinators have accounts."""
    round_, workers = a_month()
    one_each(round_, workers)
    to_phase(round_, "published")
    partners = list(session.query(Organisation).order_by(Organisation.code))
    for partner in partners:
        person(email=f"{partner.code}@golden-river.example", coordinates=[partner])
    return partners


def test_the_past_is_counted_signed_off_and_closed_and_the_running_month_until_now(
    published: list[Organisation],
) -> None:
    place, december = a_bureau().id, Month(2026, 12)

    tell_the_past("golden-river", december, 1, now=datetime(2026, 12, 2, 18, tzinfo=UTC))

    found = counts(place, [NOVEMBER, december])
    assert {(one.month, one.organisation) for one in found if one.kind == "consultation"} >= {(NOVEMBER, "open-gate")}
    assert closed_months(place) == {NOVEMBER}
    assert signed_off(place, NOVEMBER) == {partner.id for partner in published}
    assert sum(one.number for one in found if one.month == NOVEMBER and one.kind == "consultation") >= FEWEST - 5
