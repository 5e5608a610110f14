"""Fairness over months: who gave more is asked for less, in numbers that everybody can check."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.rotation import actions, queries
from bureau.rotation.domain.ledger import MonthGiven, apportion, dues, entries_of
from bureau.rotation.exports import ledger_csv
from bureau.rotation.models import PlannedSession
from bureau.rotation.queries.cockpit import shares_in
from bureau.rotation.queries.facts import facts_of, problem_of
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.parsing import parse_problem
from bureau.rotation.solver.problem import Organisation as Sharer
from bureau.rotation.solver.score import fair_shares
from tests.factories.organisations import a_worker
from tests.factories.rotation import (
    NOW,
    a_partner,
    a_session,
    a_small_bureau,
    an_offer,
    an_open_round,
    slots_of,
    to_phase,
)

WEEK = timedelta(days=7)
ORGANISATIONS = ("a", "b", "c", "d")

promises = st.dictionaries(st.sampled_from(ORGANISATIONS), st.integers(0, 30), min_size=1)
balances = st.dictionaries(st.sampled_from(ORGANISATIONS), st.integers(-40, 40))
months = st.builds(
    MonthGiven,
    month=st.just("2026-12"),
    promised=promises,
    given=st.dictionaries(st.sampled_from(ORGANISATIONS), st.integers(0, 40)),
)


@given(promises, st.integers(0, 200))
def test_shares_are_those_that_the_solver_counts_with(promised: dict[str, int], planned: int) -> None:
    sharers = [Sharer(id=name, promised=number) for name, number in promised.items()]

    expected = fair_shares(sharers, planned)

    assert apportion(min(planned, sum(promised.values())), promised) == expected


@given(st.integers(0, 200), promises, balances)
def test_a_fair_share_is_never_below_nothing_nor_above_the_promise(
    planned: int, promised: dict[str, int], carried: dict[str, int]
) -> None:
    due = dues(planned, promised, carried)
    sharers = [Sharer(id=name, promised=number, carry=due[name].carry) for name, number in promised.items()]

    assert all(0 <= due[name].fair <= number for name, number in promised.items())
    assert all(abs(one.carry) <= abs(carried.get(name, 0)) for name, one in due.items())
    assert fair_shares(sharers, planned) == {name: one.fair for name, one in due.items()}


@given(st.lists(months, max_size=12))
def test_what_one_is_above_others_are_below_unless_it_lapsed(past: list[MonthGiven]) -> None:
    entries = entries_of(past)

    last = {one.organisation: one.balance for one in entries}
    assert sum(last.values()) + sum(one.lapsed for one in entries) == 0
    assert all(abs(one.balance) <= one.promised for one in entries if one.promised)


@given(promises, st.lists(months, max_size=6))
def test_who_gives_the_fair_share_of_a_month_is_even_afterwards(
    promised: dict[str, int], past: list[MonthGiven]
) -> None:
    before = {one.organisation: one.balance for one in entries_of(past)}
    planned = sum(promised.values())
    due = dues(planned, promised, before)
    given_then = {name: one.fair for name, one in due.items()}

    after = entries_of([*past, MonthGiven(month="2027-01", promised=promised, given=given_then)])

    assert all(
        abs(one.carried + one.given - one.share) <= max(abs(one.carried), abs(planned - sum(given_then.values())) + 1)
        for one in after[len(entries_of(past)) :]
    )


def test_a_worked_example() -> None:
    november = MonthGiven(month="2026-11", promised={"a": 10, "b": 5, "c": 5}, given={"a": 12, "b": 4, "c": 2})
    december = MonthGiven(month="2026-12", promised={"a": 10, "b": 5, "c": 5}, given={"a": 6, "b": 5, "c": 5})

    first, second = entries_of([november])[0:3], entries_of([november, december])[3:]
    due = dues(18, december.promised, {one.organisation: one.balance for one in first})

    assert [(one.organisation, one.share, one.balance) for one in first] == [("a", 9, 3), ("b", 5, -1), ("c", 4, -2)]
    assert {name: (one.share, one.carry, one.fair) for name, one in due.items()} == {
        "a": (9, 3, 6), "b": (5, 0, 5), "c": (4, -1, 5),
    }  # fmt: skip
    assert [(one.share, one.balance) for one in second] == [(8, 1), (4, 0), (4, -1)]


def test_missed_and_released_sessions_are_not_given_and_flow_into_the_next_month(session: Session) -> None:
    bureau = a_small_bureau()
    busy, late = (a_worker(a_partner(code, bureau)) for code in ("busy", "late"))
    november = an_open_round(bureau, "2026-11", now=NOW - 5 * WEEK)
    for worker in (busy, late):
        an_offer(november, [worker], promised=4, max_per_day=9, max_per_week=9)
    november = to_phase(november, "published")
    desk = [slot for slot in slots_of(november, "desk-a") if slot.starts_at > NOW][:4]
    quiet = [slot for slot in slots_of(november, "quiet") if slot.starts_at > NOW][4:7]
    for slot in desk:
        a_session(november, busy, slot)
    kept, missed, given_back = [a_session(november, late, slot) for slot in quiet]
    db.session.get_one(PlannedSession, missed.id).state = "missed"
    db.session.commit()
    actions.release_session(
        "golden-river", given_back.id, reason="ill", version=given_back.version, scope=EVERY_ORGANISATION,
        actor="test", now=NOW,
    )  # fmt: skip
    december = an_open_round(bureau)
    an_offer(december, [busy], promised=6)
    an_offer(december, [late], promised=6)

    entries = {one.organisation: one for one in queries.ledger_of(bureau.id)}
    shares = {one.organisation.code: one for one in shares_in(facts_of(december, now=NOW))}
    carried = {one["id"]: one["carry"] for one in problem_of(december, now=NOW)["organisations"]}

    assert kept.state == "booked"
    assert (entries["busy"].given, entries["busy"].share, entries["busy"].balance) == (4, 3, 1)
    assert (entries["late"].given, entries["late"].missed, entries["late"].released) == (1, 1, 1)
    assert entries["late"].balance == -1
    assert carried == {"busy": 1, "late": -1}
    assert {code: (one.promised, one.carried, one.fair) for code, one in shares.items()} == {
        "busy": (6, 1, 4), "late": (6, -1, 6),
    }  # fmt: skip
    judged = Facts(parse_problem(problem_of(december, now=NOW))).problem
    assert fair_shares(judged.organisations, judged.planned_shifts) == {code: one.fair for code, one in shares.items()}


def test_no_name_becomes_a_formula_in_a_spreadsheet() -> None:
    entries = entries_of([MonthGiven(month="2026-12", promised={"a": 2}, given={"a": 2})])

    lines = ledger_csv(entries, {"a": "=HYPERLINK(1)"}).decode("utf-8-sig").splitlines()

    assert lines[0].startswith("month,organisation,name,promised,share")
    assert lines[1] == "2026-12,a,'=HYPERLINK(1),2,2,0,2,0,0,0,0,0"
