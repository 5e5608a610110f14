"""A round as a problem document."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from bureau.kernel.localtime import instant
from bureau.kernel.month import Month
from bureau.rotation import actions
from bureau.rotation.domain.booking import Presence, ensure_within_limits
from bureau.rotation.domain.offers import DeclaredOffer
from bureau.rotation.domain.plan import Placement, moves_of
from bureau.rotation.domain.refusals import LimitReached
from bureau.rotation.domain.rounds import PHASES, Block, phases_open_from, propose_deadlines
from bureau.rotation.queries.facts import problem_of
from bureau.rotation.queries.ledger import balances_before
from bureau.rotation.solver.parsing import parse_problem
from tests.factories.catalogue import a_service
from tests.factories.organisations import a_worker
from tests.factories.rotation import (
    NOW,
    a_demand,
    a_partner,
    a_session,
    a_small_bureau,
    an_offer,
    an_open_round,
    slots_of,
    to_phase,
)

WEEK = timedelta(days=7)


def test_the_document_says_what_was_declared_and_can_be_parsed(session: Session) -> None:
    bureau = a_small_bureau()
    a_service("legal", needs_private_room=True)
    owner = a_partner(bureau=bureau)
    lawyer = a_worker(owner, "L1", services=("legal",), languages=("en", "ar"), attributes=["woman"])
    helper = a_worker(owner, "H1", services=("info", "legal"))
    round_ = an_open_round(bureau)
    an_offer(round_, [lawyer, helper], level="preferred", promised=10, minimum=2)
    a_demand(bureau, "month", minimum=1, target=4, service_id=a_service("legal").id, language_tag="ar", weight=3)
    closed = slots_of(round_, "quiet")[0]
    actions.close_slot("golden-river", closed.id, actor="test", now=NOW)

    problem = problem_of(round_, now=NOW)

    assert parse_problem(problem).month == "2026-12"
    assert [(desk["id"], desk["attrs"], desk["unavailable_blocks"]) for desk in problem["desks"]] == [
        ("desk-a-1", ["desk"], []),
        ("quiet-1", ["private"], ["2026-12-01T10:00"]),
    ]
    first, second = problem["teams"]
    assert (first["id"], first["offers"], first["needs"], first["attrs"]) == (
        f"w{lawyer.id}", [{"service": "legal", "languages": ["ar", "en"]}], ["private"], ["woman"],
    )  # fmt: skip
    assert (second["needs"], second["max_services"], len(second["available"]), len(second["preferred"])) == (
        [],
        3,
        69,
        69,
    )
    demand = problem["demands"][0]
    assert (demand["scope"], demand["service"], demand["language"], demand["min"], demand["target"], demand["weight"]) == (
        "month", "legal", "ar", 1, 4, 3,
    )  # fmt: skip
    assert problem["organisations"][0]["min_shifts"] == 2
    assert problem["planned_shifts"] == 9


def test_what_people_booked_is_pinned_and_what_the_past_holds_too(session: Session) -> None:
    bureau = a_small_bureau()
    worker = a_worker(a_partner(bureau=bureau))
    round_ = an_open_round(bureau)
    an_offer(round_, [worker])
    round_ = to_phase(round_, "proposing")
    booked = a_session(round_, worker)

    problem = problem_of(round_, now=NOW)

    assert problem["pinned"] == [
        {"team": f"w{worker.id}", "block": "2026-12-01T10:00", "desk": "desk-a-1", "services": ["info"]}
    ]
    assert (booked.origin, problem["weights"]["changes"]) == ("manager", 150)


def test_last_months_hours_and_balances_are_carried_over(session: Session) -> None:
    bureau = a_small_bureau()
    much, little = a_partner("much", bureau), a_partner("little", bureau)
    busy, idle = a_worker(much), a_worker(little)
    november = an_open_round(bureau, "2026-11", now=NOW - 5 * WEEK)
    for worker in (busy, idle):
        an_offer(november, [worker], promised=4, max_per_day=9, max_per_week=9)
    november = to_phase(november, "published")
    later = [slot for slot in slots_of(november, "desk-a") if slot.starts_at > NOW]
    for slot in later[:4]:
        a_session(november, busy, slot)
    december = an_open_round(bureau)
    an_offer(december, [busy, idle][:1])

    problem = problem_of(december, now=NOW)

    assert balances_before(december) == {"much": 2, "little": -2}
    assert problem["organisations"][0]["carry"] == 2
    assert [(one["team"], one["weekday"], one["start"]) for one in problem["previous"]] == [
        (f"w{busy.id}", 1, "13:00"), (f"w{busy.id}", 1, "15:00"), (f"w{busy.id}", 2, "10:00"), (f"w{busy.id}", 2, "13:00"),
    ]  # fmt: skip


# Rules alone


months = st.builds(Month, st.integers(2024, 2040), st.integers(1, 12))


@given(months, st.integers(-900, 900))
def test_proposed_deadlines_are_in_order_and_never_past(month: Month, hours: int) -> None:
    now = instant(month.first, NOW.time(), "Europe/Sofia") - timedelta(days=30) + timedelta(hours=hours)

    found = propose_deadlines(month, timezone="Europe/Sofia", now=now)

    assert now < found.declaring_until <= found.proposing_until <= found.reviewing_until


@given(st.sampled_from(PHASES))
def test_a_phase_leads_one_step_on_and_back_only_before_publication(phase: str) -> None:
    place = PHASES.index(phase)

    onward = [PHASES.index(one) - place for one in phases_open_from(phase)]

    assert max(onward, default=1) == 1
    assert all(step == 1 for step in onward) or place < PHASES.index("published")


def a_block(number: int) -> Block:
    """One of many blocks of an hour, five a day from 7 December."""
    starts = NOW + timedelta(days=number // 5, hours=number % 5)
    ends = starts + timedelta(hours=1)
    return Block(day=starts.date(), starts=starts.time(), ends=ends.time(), starts_at=starts, ends_at=ends)


@given(st.lists(st.integers(0, 60), max_size=80), st.integers(1, 4), st.integers(1, 9), st.integers(1, 2))
def test_however_one_books_no_limit_is_passed(wanted: list[int], day: int, week: int, at_once: int) -> None:
    limits = DeclaredOffer(promised=0, max_per_day=day, max_per_week=week, max_per_month=12, max_at_once=at_once)
    there: list[Block] = []
    for number in wanted:
        block = a_block(number)
        present = [Presence(day=one.day, starts_at=one.starts_at, ends_at=one.ends_at) for one in there]
        try:
            ensure_within_limits(limits, block, present)
        except LimitReached:
            continue
        there.append(block)

    assert max((sum(one.day == other.day for other in there) for one in there), default=0) <= day
    assert (
        max(
            (sum(one.day.isocalendar()[:2] == other.day.isocalendar()[:2] for other in there) for one in there),
            default=0,
        )
        <= week
    )
    assert max((there.count(one) for one in there), default=0) <= at_once


placements = st.builds(
    Placement,
    worker_id=st.integers(1, 4),
    block=st.sampled_from("abcdef"),
    seat=st.sampled_from("12"),
    services=st.just(()),
    languages=st.just(()),
)


@given(
    st.lists(placements, unique_by=lambda one: one.key),
    st.dictionaries(st.tuples(st.integers(1, 4), st.sampled_from("abcdef")), st.integers(), max_size=9),
)
def test_accepting_keeps_what_stays_and_accounts_for_every_session(
    plan: list[Placement], live: dict[tuple[int, str], int]
) -> None:
    live = {key: number for number, key in enumerate(live)}

    moves = moves_of(plan, replaceable=live, withdrawn={})

    assert {*moves.keep, *moves.withdraw} == set(live.values())
    assert len(moves.keep) + len(moves.new) == len(plan)
    assert all(live[one.key] == number for number, one in moves.keep.items())
