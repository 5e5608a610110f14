"""Counting, taking back, closing: whatever happens in whatever order, the sum is right."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from bureau.kernel.database import EVERY_ORGANISATION
from bureau.kernel.errors import Invalid, NotFound
from bureau.kernel.month import Month
from bureau.servicelog import actions
from bureau.servicelog.domain.entries import (
    LogClosed,
    MonthNotOver,
    TakenBackAlready,
    UndoOver,
    counts_in,
)
from bureau.web.identity import scope_of
from tests.factories.accounts import person
from tests.factories.servicelog import NOW, TODAY, a_logging_bureau, an_entry, logged, rows, total
from tests.meeting import at_once

BUREAU = "golden-river"
LATER = NOW + timedelta(days=40)


@pytest.fixture
def mira(session: scoped_session[Session]) -> int:
    """The number of a worker of open-gate."""
    (gate,) = a_logging_bureau()
    return person(works_for=[gate]).id


def corrected(entry_id: int, mira: int, **values: object) -> None:
    actions.correct_entry(
        BUREAU, entry_id, an_entry(**values), reason="mistake", scope=EVERY_ORGANISATION, person_id=mira, actor="test",
        now=NOW + timedelta(hours=1),
    )  # fmt: skip


def test_an_entry_is_counted_with_all_that_was_asked(mira: int) -> None:
    bands = {"interpretation": "phone", "visit_kind": "first", "sex": "f", "age_band": "30-59", "outcome": "solved"}

    (counted,) = logged(an_entry(hour=12, status="applicant", bands=bands), person_id=mira)

    (row,) = rows()
    assert (counted.entry_id, str(counted.month), counted.refusal) == (row.id, "2026-12", None)
    assert {name: getattr(row, name) for name in bands} == bands
    assert (row.number, row.day, row.hour, row.waiting_band, row.logged_by_id) == (1, TODAY, 12, None, mira)


def test_an_entry_that_comes_twice_counts_once_and_gets_the_same_answer(mira: int) -> None:
    entry = an_entry()

    first = logged(entry, an_entry(), entry)
    again = logged(entry)

    assert total() == 2
    assert first[0] == first[2] == again[0]


def test_of_many_entries_each_is_stored_or_refused_by_itself(mira: int) -> None:
    entries = [an_entry(), an_entry(service="magic"), an_entry(day=TODAY + timedelta(days=1)), an_entry(language="ar")]

    answers = logged(*entries)

    refused = [(one.refusal.field, one.refusal.params["reason"]) for one in answers if one.refusal]
    assert refused == [("service", "unknown"), ("date", "in_the_future")]
    assert [one.entry_id is not None for one in answers] == [True, False, False, True]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ref": "Mr Ali came"}, "ref"),
        ({"kind": "person"}, "kind"),
        ({"number": 2}, "number"),
        ({"kind": "group", "number": 0}, "number"),
        ({"day": date(2024, 1, 1)}, "date"),
        ({"hour": 24}, "hour"),
        ({"language": "xx"}, "language"),
        ({"status": "secret"}, "status"),
        ({"bands": {"sex": "woman, 34"}}, "sex"),
        ({"bands": {"name": "Ali"}}, "name"),
    ],
)
def test_what_cannot_be_counted_is_refused_by_its_field(mira: int, wrong: dict[str, object], field: str) -> None:
    (answer,) = logged(an_entry(**wrong))

    assert isinstance(answer.refusal, Invalid)
    assert answer.refusal.field == field
    assert rows() == []


def test_nobody_logs_for_another_organisation_or_learns_of_its_entries(session: scoped_session[Session]) -> None:
    gate, _ = a_logging_bureau("open-gate", "lantern")
    theirs = an_entry()
    logged(theirs, organisation="lantern")

    with pytest.raises(NotFound):
        actions.log_entries(BUREAU, "lantern", [an_entry()], scope=scope_of(gate.id), person_id=None, now=NOW)
    (same_ref,) = actions.log_entries(BUREAU, "open-gate", [theirs], scope=scope_of(gate.id), person_id=None, now=NOW)

    assert isinstance(same_ref.refusal, NotFound)
    assert total() == 1


def test_undoing_at_once_takes_back_and_a_late_copy_of_the_request_counts_nothing(mira: int) -> None:
    entry = an_entry()
    logged(entry, person_id=mira)

    for _ in range(2):
        actions.undo_entry(BUREAU, entry.ref, scope=EVERY_ORGANISATION, person_id=mira, now=NOW + timedelta(seconds=20))
    logged(entry, person_id=mira)

    assert total() == 0
    assert [row.number for row in rows()] == [1, -1]


def test_what_is_older_or_somebody_elses_is_not_undone(mira: int) -> None:
    entry = an_entry()
    logged(entry, person_id=mira)

    for who, seconds in ((mira, 90_000), (mira + 1, 5)):
        with pytest.raises(UndoOver):
            actions.undo_entry(
                BUREAU, entry.ref, scope=EVERY_ORGANISATION, person_id=who, now=NOW + timedelta(seconds=seconds)
            )

    assert total() == 1


def test_a_correction_is_two_new_rows_with_a_reason_and_the_first_stays(mira: int) -> None:
    (counted,) = logged()
    assert counted.entry_id is not None

    corrected(counted.entry_id, mira, service="legal")

    first, back, right = rows()
    assert [row.number for row in (first, back, right)] == [1, -1, 1]
    assert (back.corrects_id, right.corrects_id, right.reason) == (first.id, first.id, "mistake")
    assert back.service_id == first.service_id != right.service_id


def test_an_entry_is_taken_back_once(mira: int) -> None:
    (counted,) = logged()
    assert counted.entry_id is not None
    actions.take_back(
        BUREAU, counted.entry_id, reason="twice", scope=EVERY_ORGANISATION, person_id=mira, actor="test", now=NOW
    )

    with pytest.raises(TakenBackAlready):
        corrected(counted.entry_id, mira)

    assert total() == 0


def test_a_group_that_is_taken_back_takes_its_attendances_with_it(mira: int) -> None:
    (counted,) = logged(an_entry(kind="group", number=17))
    assert counted.entry_id is not None

    corrected(counted.entry_id, mira, kind="group", number=12)

    assert total() == 12


def test_after_the_month_is_closed_entries_and_corrections_count_in_the_open_one(mira: int) -> None:
    (early,) = logged()
    assert early.entry_id is not None
    actions.close_month(BUREAU, "2026-12", actor="test", now=LATER)

    (late,) = logged(now=LATER)
    corrected(early.entry_id, mira, service="legal")

    assert str(late.month) == "2027-01"
    assert [(row.month, row.number) for row in rows()] == [
        ("2026-12", 1), ("2027-01", 1), ("2027-01", -1), ("2027-01", 1),
    ]  # fmt: skip


def test_a_month_is_signed_off_and_closed_once_it_is_over_and_closed_once(mira: int) -> None:
    def signed(now: object) -> None:
        actions.sign_off(
            BUREAU,
            "open-gate",
            "2026-12",
            scope=EVERY_ORGANISATION,
            person_id=mira,
            actor="test",
            now=now,
        )

    with pytest.raises(MonthNotOver):
        signed(NOW)
    signed(LATER)
    signed(LATER)
    actions.close_month(BUREAU, "2026-12", actor="test", now=LATER)

    with pytest.raises(LogClosed):
        actions.close_month(BUREAU, "2026-12", actor="test", now=LATER)
    with pytest.raises(LogClosed):
        actions.withdraw_sign_off(BUREAU, "open-gate", "2026-12", scope=EVERY_ORGANISATION, actor="test", now=LATER)


def test_an_entry_counts_in_the_first_month_that_is_open() -> None:
    closed = {Month(2026, 11), Month(2026, 12)}

    assert counts_in(date(2026, 11, 5), closed) == Month(2027, 1)
    assert counts_in(date(2026, 10, 5), closed) == Month(2026, 10)


@pytest.fixture
def two_entries(installation: Flask) -> tuple[int, int]:
    """The numbers of an entry and of who made it, on a database of its own."""
    with installation.app_context():
        (gate,) = a_logging_bureau()
        someone = person(works_for=[gate]).id
        (counted,) = logged(person_id=someone)
        assert counted.entry_id is not None
    return counted.entry_id, someone


def test_of_two_people_who_correct_one_entry_at_once_one_is_told(
    installation: Flask, two_entries: tuple[int, int]
) -> None:
    outcomes = at_once(installation, *[lambda: corrected(*two_entries, service="legal")] * 4)

    assert sorted(map(str, outcomes)) == ["None", *["taken_back_already"] * 3]
    with installation.app_context():
        assert total() == 1


def test_one_entry_sent_by_two_tabs_at_once_counts_once(installation: Flask, two_entries: tuple[int, int]) -> None:
    entry = an_entry()

    answers = at_once(installation, *[lambda: logged(entry, an_entry())] * 4)

    assert not [answer for answer in answers if isinstance(answer, (str, Exception))]
    with installation.app_context():
        assert total() == 1 + 1 + 4


def test_while_a_month_is_being_closed_nothing_slips_into_it(installation: Flask, two_entries: tuple[int, int]) -> None:
    def close() -> None:
        actions.close_month(BUREAU, "2026-12", actor="test", now=LATER)

    outcomes = at_once(installation, close, *[lambda: logged(now=LATER)] * 3)

    assert not [one for one in outcomes if isinstance(one, Exception)]
    with installation.app_context():
        closed = actions.months.closed_months(1)
        assert closed == {Month(2026, 12)}
        assert {row.month for row in rows()} <= {"2026-12", "2027-01"}
        assert total() == 4
