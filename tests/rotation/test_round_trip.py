"""A round becomes a problem document and a plan becomes sessions again; whatever the round is, nothing is lost either way."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.rotation.domain.board import Seat
from bureau.rotation.domain.offers import (
    DeclaredOffer,
    NamedService,
    OfferedTime,
    OrganisationInfo,
    SpokenLanguage,
    WorkerChoice,
)
from bureau.rotation.domain.plan import moves_of, placements_of
from bureau.rotation.domain.problem import Answered, Held, RoundFacts, Wanted, build_problem, dues_of, iso_week
from bureau.rotation.domain.rounds import Block, Deadlines, RoundInfo
from bureau.rotation.domain.weights import MOST, TERMS
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.parsing import parse_assignments, parse_problem
from bureau.rotation.solver.problem import Assignment
from bureau.rotation.solver.repair import may_stay
from bureau.rotation.solver.solution import Solution

MARCH = Month(2027, 3)
"""Clocks go forward on the 28th, and the 3rd is a holiday in Sofia."""
ZONE = ZoneInfo("Europe/Sofia")
SERVICES, LANGUAGES = ("info", "legal", "work"), ("en", "ar", "fa")
LEVELS = ("preferred", "possible", "undesired")


def text(words: str) -> LocalisedText:
    """Said in English."""
    return LocalisedText({"en": words})


def block(day: date, hour: int) -> Block:
    """Two hours on the bureau's clock."""
    starts, ends = (datetime.combine(day, time(one), ZONE).astimezone(UTC) for one in (hour, hour + 2))
    return Block(day=day, starts=time(hour), ends=time(hour + 2), starts_at=starts, ends_at=ends)


def worker(number: int) -> WorkerChoice:
    """The third of them gives a service that needs a private room."""
    return WorkerChoice(
        id=number,
        organisation_id=number % 3,
        label=f"W{number}",
        role=text("worker"),
        services=tuple(
            NamedService(code=code, name=text(code), category="help", icon="legal", mode="in person",
                         needs_private_room=code == "legal")
            for code in SERVICES
        ),
        languages=tuple(SpokenLanguage(tag=tag, own_name=tag, direction="ltr") for tag in LANGUAGES),
        attributes=("woman",) if number % 2 else (),
    )  # fmt: skip


SEATS = tuple(
    Seat(room_id=number, room=f"room-{number}", number=1, seats_in_room=1, name=text(f"Room {number}"), kind=kind, features=())
    for number, kind in enumerate(("desk", "private"), start=1)
)  # fmt: skip


GONE = (9, 10)
"""Workers who are in a plan, but whom nobody knows any more."""


def can_be_planned(facts: RoundFacts) -> set[str]:
    """The workers who are offered with something to give, or held fast by a session that must stay."""
    offered = {one.worker_id for answered in facts.answers for one in answered.offer.workers if one.pairs}
    return {f"w{one}" for one in offered | {one.worker_id for one in facts.held if one.fixed} if one not in GONE}


@st.composite
def rounds(draw: st.DrawFn) -> RoundFacts:
    """A round of three organisations with up to three workers each, half planned, in the middle of its month or before."""
    days = draw(st.lists(st.sampled_from(list(MARCH.days())), min_size=1, max_size=8, unique=True))
    blocks = tuple(sorted(block(day, hour) for day in days for hour in (10, 13)))
    workers = {number: worker(number) for number in range(9)}
    pairs = st.frozensets(st.tuples(st.sampled_from(SERVICES), st.sampled_from(LANGUAGES)))
    levels = st.dictionaries(st.sampled_from([one.key for one in blocks]), st.sampled_from(LEVELS))
    number = st.integers(0, 30)
    answers = tuple(
        Answered(
            organisation=OrganisationInfo(id=owner, code=f"org-{owner}", name=text(f"Organisation {owner}")),
            offer=DeclaredOffer(
                promised=draw(number), minimum=draw(number), max_per_day=draw(number), max_per_week=draw(number),
                max_per_month=draw(number), max_at_once=draw(st.integers(1, 3)),
                workers=tuple(
                    OfferedTime(worker_id=one, pairs=draw(pairs), availability=draw(levels))
                    for one in range(owner, 9, 3)
                    if draw(st.booleans())
                ),
            ),
            workers={one: workers[one] for one in range(owner, 9, 3)},
            balance=draw(st.integers(-20, 20)),
            boundary_load={"2027-W09": draw(st.integers(0, 3))},
        )
        for owner in range(3)
    )  # fmt: skip
    now = datetime(2027, 3, 1, tzinfo=UTC) + timedelta(days=draw(st.integers(-20, 20)))
    places = [(one, seat) for one in blocks for seat in SEATS]
    held = tuple(
        Held(
            worker_id=who, organisation=f"org-{who % 3}", block=where[0], seat=where[1].code,
            services=tuple(draw(st.lists(st.sampled_from(SERVICES), min_size=1, unique=True))),
            languages=tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True))),
            fixed=draw(st.booleans()),
        )
        for who, where in draw(st.dictionaries(st.integers(0, 10), st.sampled_from(places), max_size=6)).items()
    )  # fmt: skip
    stands = [draw(st.integers(0, 3)) > 0 for _ in held]
    lost = tuple(one for one, still in zip(held, stands, strict=True) if not still)
    left = draw(st.sampled_from(("org-0", "org-left")))
    wanted = tuple(
        Wanted(id=count, per=per, service=service, language=language, minimum=least, target=least + 2, weight=3)
        for count, (per, service, language, least) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(("block", "day", "week", "month")), st.none() | st.sampled_from(SERVICES),
                        st.none() | st.sampled_from(LANGUAGES), st.integers(0, 4),
                    ),
                    max_size=4,
                )
            )
        )
    )  # fmt: skip
    return RoundFacts(
        round=RoundInfo(
            id=1, bureau_id=1, bureau="golden-river", bureau_name=text("Golden River"), timezone="Europe/Sofia",
            month=MARCH, phase="proposing", deadlines=Deadlines(declaring_until=now, proposing_until=now, reviewing_until=now),
            advances_itself=True, version=1,
        ),
        blocks=blocks,
        seats=SEATS,
        closed=frozenset((one.day, one.starts, seat.code) for one, seat in places if draw(st.integers(0, 9)) == 0),
        closures={date(2027, 3, 3): text("Liberation Day")},
        answers=answers,
        wanted=wanted,
        held=tuple(
            replace(one, organisation=left) if one.worker_id in GONE else one
            for one, still in zip(held, stands, strict=True)
            if still
        ),
        previous=frozenset((who, 1 + who % 5, time(10)) for who in draw(st.sets(st.integers(0, 8)))),
        now=now,
        in_force=bool(lost) or draw(st.booleans()),
        lost=lost,
        given_back=frozenset((one.worker_id, one.block.code) for one in lost),
        weights={term: draw(st.integers(0, MOST)) for term in TERMS},
    )  # fmt: skip


@given(rounds())
@settings(max_examples=25, deadline=None)
def test_everything_that_was_declared_stands_in_the_document_and_is_read_from_it(facts: RoundFacts) -> None:
    document = build_problem(facts)

    assert json.loads(json.dumps(document)) == document
    problem = parse_problem(document)
    assert [one.id for one in problem.blocks] == [one.code for one in facts.blocks]
    assert [(one.begins, one.ends) for one in problem.blocks] == [(one.starts_at, one.ends_at) for one in facts.blocks]
    shut = {(desk["id"], code) for desk in document["desks"] for code in desk["unavailable_blocks"]}
    assert {(seat, f"{day}T{starts:%H:%M}") for day, starts, seat in facts.closed} <= shut
    due = dues_of(facts)
    assert all(one.promised == 0 for one in problem.organisations[len(facts.answers) :])
    for answered, one in zip(facts.answers, problem.organisations, strict=False):
        offer = answered.offer
        assert (one.id, one.promised, one.min_shifts) == (answered.organisation.code, offer.promised, offer.minimum)
        limits = one.limits
        assert (limits.max_per_day, limits.max_per_week, limits.max_per_month, limits.max_concurrent) == (
            offer.max_per_day, offer.max_per_week, offer.max_per_month, offer.max_at_once,
        )  # fmt: skip
        assert (one.carry, dict(limits.boundary_load)) == (due[one.id].carry, answered.boundary_load)
    for term in TERMS:
        assert problem.weight(term) == (0 if term == "changes" and not document["current"] else facts.weights[term])


@given(rounds())
@settings(max_examples=25, deadline=None)
def test_every_worker_who_can_come_is_a_team_with_exactly_what_was_offered(facts: RoundFacts) -> None:
    document = build_problem(facts)

    teams: dict[str, Any] = {team["id"]: team for team in document["teams"]}
    agreed = {one.worker_id for one in facts.held if one.fixed}
    broken = {f"w{one.worker_id}" for one in (*facts.held, *facts.lost)} - can_be_planned(facts)
    for answered in facts.answers:
        for offered in answered.offer.workers:
            team = teams.get(f"w{offered.worker_id}")
            assert (team is not None) == (f"w{offered.worker_id}" in can_be_planned(facts) | broken)
            if team is None or team["id"] in broken:
                continue
            given_pairs = {(offer["service"], tag) for offer in team["offers"] for tag in offer["languages"]}
            assert offered.pairs <= given_pairs
            assert offered.worker_id in agreed or offered.pairs == given_pairs
            for name, levels in (("available", LEVELS), ("preferred", LEVELS[:1]), ("undesired", LEVELS[2:])):
                assert [(one["date"], one["start"]) for one in team[name]] == [
                    (one.day.isoformat(), f"{one.starts:%H:%M}")
                    for one in facts.blocks
                    if one.starts_at > facts.now
                    and offered.availability.get(one.key) in levels
                    and (offered.worker_id, one.code) not in facts.given_back
                ]


@given(rounds())
@settings(max_examples=25, deadline=None)
def test_a_plan_comes_back_as_the_sessions_it_was_made_from(facts: RoundFacts) -> None:
    document = build_problem(facts)
    known = {team["id"] for team in document["teams"]}
    standing = [one for one in facts.held if f"w{one.worker_id}" in known]
    plan = tuple(
        Assignment(team=f"w{one.worker_id}", block=one.block.code, desk=one.seat, services=one.services, languages=one.languages)
        for one in standing
    )  # fmt: skip

    told = json.loads(json.dumps(Solution(instance=document["id"], status="feasible", assignments=plan).document()))
    placements = placements_of(told)
    replaceable = {(one.worker_id, one.block.code): number for number, one in enumerate(standing)}
    moves = moves_of(placements, replaceable=replaceable, withdrawn={})

    assert parse_assignments(told) == plan
    assert [(one.worker_id, one.block, one.seat, one.services, one.languages) for one in placements] == [
        (one.worker_id, one.block.code, one.seat, one.services, one.languages) for one in standing
    ]
    assert (len(moves.keep), moves.new, moves.revive, moves.withdraw) == (len(standing), (), {}, frozenset())


@given(rounds())
@settings(max_examples=25, deadline=None)
def test_the_plan_in_force_is_in_the_document_with_what_broke_and_what_is_agreed_is_pinned(facts: RoundFacts) -> None:
    document = build_problem(facts)

    known = can_be_planned(facts)
    shut = {(code, desk["id"]) for desk in document["desks"] for code in desk["unavailable_blocks"]}
    current = {(one["team"], one["block"]): one for one in document["current"] or ()}
    pinned = {(one["team"], one["block"]) for one in document["pinned"]}
    solver = Facts(parse_problem(document))
    stays = {(one.team, one.block): may_stay(solver, one) for one in solver.problem.current or ()}
    for one in (*facts.held, *facts.lost):
        key = f"w{one.worker_id}", one.block.code
        lost = one in facts.lost
        if one.fixed and not lost and key[0] not in known:  # nobody can plan it any more: its seat is kept free for it
            assert (one.block.code, one.seat) in shut
            assert key not in current
            continue
        stands = current.pop(key)
        assert (stands["desk"], stands["services"], stands["languages"]) == (
            one.seat, sorted(one.services), sorted(one.languages),
        )  # fmt: skip
        assert (key in pinned) == (one.fixed and not lost)
        assert not stays[key] or (not lost and key[0] in known)
    assert current == {}
    weeks = {iso_week(one.day) for one in facts.blocks}
    assert {one["week"] for one in document["replan"]} == (
        set() if facts.in_force or not document["current"] else weeks
    )
