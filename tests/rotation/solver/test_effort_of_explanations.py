"""What an explanation costs, counted in work and not in time: the same on every machine."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from bureau.rotation.solver.conflict import judge_wish
from bureau.rotation.solver.ending import Ending
from bureau.rotation.solver.explain import short_demands
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.files import read_document
from bureau.rotation.solver.gap_reasons import reasons_of_gap
from bureau.rotation.solver.parsing import parse_assignments, parse_problem
from bureau.rotation.solver.price import Prices
from bureau.rotation.solver.score import score, total
from bureau.rotation.solver.situation import Situation
from bureau.rotation.solver.wish import CoverWish
from tests.rotation.solver.problems import Document, demand, desk, facts, plan, problem, shift, weights

MONTHS = Path(__file__).parent / "months"
CALLS = 60_000
"""So many calls of functions are some 15 ms."""
LONG = 600.0
"""Seconds that no test waits for: the work ends before."""


def calls(work: Callable[[], object]) -> int:
    """How many functions are called."""
    count = 0

    def note(_frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", ["S-11", "S-12", "S-13"])
def test_a_look_up_is_a_matter_of_milliseconds(name: str) -> None:
    month = Facts(parse_problem(read_document(MONTHS / f"{name}.json.gz")))
    made = parse_assignments(read_document(MONTHS / f"{name}.plan.json.gz"))
    situation = Situation(month, made)

    most = max(calls(lambda demand=one: reasons_of_gap(situation, demand)) for one, _ in short_demands(month, made))

    assert most < CALLS


def one_desk() -> Document:
    """A month in which somebody must give way where a demand is to be covered, and more could be better elsewhere."""
    demands = [demand("here", scope="block", block="mon-1", target=2), demand("later", scope="block", block="far")]
    later = {"id": "far", "site": "here", "date": "2027-04-20", "start": "09:00", "end": "11:00"}
    return problem(
        desks=[desk("desk-1"), desk("desk-2")],
        blocks=[*problem()["blocks"], later],
        demands=demands,
        weights=weights(uncovered_min=10, uncovered_target=3, regularity=5),
    )


def test_a_price_changes_only_what_is_near() -> None:
    month, made = facts(one_desk()), plan(shift("red-team", "mon-1"))
    prices, wish = Prices(month, made), CoverWish(demand=month.problem.demands[0], least=2)
    draft = prices.draft(wish)
    assert draft is not None

    terms = prices.terms(draft, wish, Ending(LONG))

    assert terms["uncovered_min"] == score(month, made)["uncovered_min"] == 1
    assert {draft.tables.pairs[pair][1].id for pair in prices.around(draft, wish)} >= {"mon-1", "mon-2", "tue-1"}
    assert total(month.problem, terms) == total(month.problem, score(month, made)) + 5 - 3


def test_a_price_is_the_same_every_time() -> None:
    month = Facts(parse_problem(read_document(MONTHS / "S-13.json.gz")))
    made = parse_assignments(read_document(MONTHS / "S-13.plan.json.gz"))
    wishes = [CoverWish(demand=one, least=have + 1) for one, have in short_demands(month, made)]
    prices = Prices(month, made)
    possible = [wish for wish in wishes if judge_wish(month, wish, Ending(LONG)).possible]

    drafts = [prices.draft_otherwise(possible[0], Ending(LONG)) for _ in range(2)]
    terms = [prices.terms(draft, possible[0], Ending(LONG)) for draft in drafts if draft is not None]

    assert len(terms) == 2
    assert terms[0] == terms[1]
