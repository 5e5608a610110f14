"""The solver's answers: valid, true about themselves, the best there is, or a minimal reason why there is none."""

from collections.abc import Iterator
from itertools import combinations, product
from math import prod
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.files import read_document
from bureau.rotation.solver.parsing import parse_problem
from bureau.rotation.solver.plan import Plan, make_plan
from bureau.rotation.solver.problem import Held, Problem, Team
from bureau.rotation.solver.rules import violations
from bureau.rotation.solver.score import score, total
from bureau.rotation.solver.search import solve
from bureau.rotation.solver.solution import Progress, Solution
from bureau.rotation.solver.verdict import judge
from tests.rotation.solver.judges import both
from tests.rotation.solver.months import holding_only, months
from tests.rotation.solver.problems import Document, block, demand, desk, organisation, problem, shift, team

MONTHS = Path(__file__).parent / "months"
QUICKLY = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
SELDOM = settings(QUICKLY, max_examples=12)
MOST_PLANS = 1_000


def month(name: str) -> Problem:
    """A stored month."""
    return parse_problem(read_document(MONTHS / f"{name}.json.gz"))


def answer(document: Document, seconds: float = 20.0) -> Solution:
    """The best answer to a small problem, also where a plan is in force."""
    return solve(parse_problem(document), seconds=seconds, workers=1, everywhere=True)


def plans(facts: Facts) -> Iterator[Plan]:
    """Every plan of a tiny month, valid or not."""
    pairs = facts.candidates(facts.problem.blocks)
    options = [[None, *_service_sets(team)] for team, _ in pairs]
    assume(prod(map(len, options)) <= MOST_PLANS)
    for choice in product(*options):
        chosen = zip(pairs, choice, strict=True)
        held: dict[Held, frozenset[str]] = {(t.id, b.id): services for (t, b), services in chosen if services}
        plan = make_plan(facts, held)
        if len(plan) == len(held):
            yield plan


def _service_sets(team: Team) -> list[frozenset[str]]:
    sizes = range(1, min(team.max_services, len(team.offers)) + 1)
    return [frozenset(some) for size in sizes for some in combinations(team.offers, size)]


@QUICKLY
@given(months())
def test_an_answer_is_valid_and_says_the_truth(document: Document) -> None:
    found = answer(document)

    if found.status == "infeasible":
        assert found.assignments == ()
    else:
        verdict = judge(Facts(parse_problem(document)), found.document())
        assert (found.status, verdict.violations) == ("optimal", ())
        assert found.total == found.bound == verdict.total


@SELDOM
@given(months(teams_most=2))
def test_no_plan_is_better_than_the_best(document: Document) -> None:
    facts = Facts(parse_problem(document))
    totals = [total(facts.problem, score(facts, plan)) for plan in plans(facts) if not violations(facts, plan)]

    found = answer(document)

    assert found.total == min(totals, default=None)


@QUICKLY
@given(months())
def test_a_conflict_is_one_and_needs_each_of_its_groups(document: Document) -> None:
    found = answer(document)

    if found.status == "infeasible":
        assert answer(holding_only(document, list(found.conflict))).status == "infeasible"
        for group in found.conflict:
            rest = [other for other in found.conflict if other != group]
            assert answer(holding_only(document, rest)).status == "optimal", group


@pytest.mark.parametrize(("name", "best"), [("XS-1", 16344), ("XS-2", 6958)])
def test_a_very_small_month_is_planned_as_well_as_can_be_and_progress_only_gets_better(name: str, best: int) -> None:
    seen: list[Progress] = []

    found = solve(month(name), seconds=60, on_progress=seen.append)

    totals = [progress.total for progress in seen]
    assert (found.status, found.total, found.bound) == ("optimal", best, best)
    assert totals == sorted(totals, reverse=True)
    assert (totals[-1], seen[-1].gap) == (best, 0)


@pytest.mark.parametrize(
    ("name", "best"), [("odd-empty", 329760), ("odd-no-blocks", 36289)], ids=["nobody comes", "nothing is open"]
)
def test_an_empty_plan_is_an_answer(name: str, best: int) -> None:
    found = solve(month(name), seconds=60)

    assert (found.status, found.assignments, found.total) == ("optimal", (), best)


@pytest.mark.parametrize("name", ["S-11", "odd-dst-march", "odd-dst-october"])
def test_a_month_that_takes_longer_gets_a_valid_plan_in_the_time_given(name: str) -> None:
    problem = month(name)

    found = solve(problem, seconds=0.5, workers=1)

    verdict = judge(Facts(problem), found.document())
    assert (found.status, verdict.violations, verdict.total) == ("feasible", (), found.total)


@pytest.mark.parametrize(
    ("name", "conflict"),
    [
        ("odd-infeasible-pins", (("org", "o0002", "max_concurrent"), ("pin", 0), ("pin", 1))),
        ("odd-infeasible-hard-demand", (("demand", "qX"), ("team", "t0002b", "max_per_day"))),
    ],
)
def test_a_month_that_cannot_be_planned_says_why(name: str, conflict: tuple[tuple[str, ...], ...]) -> None:
    found = solve(month(name), seconds=10)

    assert (found.status, found.assignments, found.conflict) == ("infeasible", (), conflict)


def test_a_pin_that_nothing_can_seat_is_a_conflict_by_itself() -> None:
    document = problem(
        teams=[team("red-team", "red", needs=["private"]), team("blue-team", "blue")],
        pinned=[{"team": "red-team", "block": "mon-1"}],
    )

    assert answer(document).conflict == (("pin", 0),)


def test_an_availability_is_named_when_it_stands_against_a_hard_demand() -> None:
    document = problem(
        teams=[team("red-team", "red", available=[]), team("blue-team", "blue")],
        demands=[demand("q", scope="block", block="mon-1", min=2, target=2, hard=True)],
    )

    assert answer(document).conflict == (("demand", "q"), ("team", "red-team", "availability"))


def test_two_desks_cannot_be_in_one_pin() -> None:
    pins = [{"team": "red-team", "block": "mon-1", "desk": desk} for desk in ("desk-1", "desk-2")]

    assert answer(problem(pinned=pins)).conflict == (("pin", 0), ("pin", 1))


def test_the_same_seed_gives_the_same_plan() -> None:
    plans = {solve(month("XS-2"), seconds=60, seed=7, workers=1).assignments for _ in range(2)}

    assert len(plans) == 1


def test_a_search_that_is_stopped_at_once_still_has_a_valid_plan() -> None:
    problem = month("S-11")

    found = solve(problem, seconds=60, should_stop=lambda: True)

    assert found.status == "feasible"
    assert judge(Facts(problem), found.document()).valid


def test_replanning_keeps_what_it_can() -> None:
    current = [shift("red-team", "mon-1"), shift("blue-team", "mon-2")]
    document = problem(
        current=current,
        teams=[team("red-team", "red", unavailable_dates=["2027-04-05"]), team("blue-team", "blue")],
        demands=[demand("q", scope="block", block="mon-1")],
        weights={"uncovered_min": 1000, "changes": 150},
    )

    found = answer(document)

    assert {(one.team, one.block) for one in found.assignments} == {("blue-team", "mon-1"), ("blue-team", "mon-2")}
    assert found.terms["changes"] == 2


def test_a_false_claim_is_found_out() -> None:
    document = problem(organisations=[organisation("red", min_shifts=1), organisation("blue")])
    claims = {"claimed": {"total": 1, "terms": {"promise_unmet": 5}}, "bound": 10**6}

    verdict = judge(Facts(parse_problem(document)), {"instance": "other", "assignments": [], **claims})

    assert [broken.rule for broken in verdict.violations] == ["instance", "claim", "claim", "claim"]


def test_a_pin_for_a_service_that_the_team_does_not_give_is_a_conflict() -> None:
    document = problem(pinned=[{"team": "red-team", "block": "mon-1", "services": ["legal"]}])

    assert answer(document).conflict == (("pin", 0),)


def test_many_agreed_desks_in_one_block_leave_the_others_for_who_needs_them() -> None:
    """Eleven desks agreed, one private desk left: for the team that needs it, not for one that needs nothing."""
    names = [f"t{number:02d}" for number in range(11)]
    document = problem(
        desks=[
            *(desk(f"d{number:02d}", attrs=["private"]) for number in range(2)),
            *(desk(f"d{number:02d}") for number in range(2, 11)),
            desk("last", attrs=["private"]),
        ],
        teams=[*(team(name, "red") for name in names), team("needs", "blue", needs=["private"]), team("any", "blue")],
        pinned=[
            *({"team": name, "block": "mon-1", "desk": f"d{number:02d}"} for number, name in enumerate(names)),
            {"team": "any", "block": "mon-1"},
        ],
        demands=[demand("q", scope="block", block="mon-1", min=13, target=13)],
    )

    found = answer(document)

    assert (found.status, len(found.assignments)) == ("optimal", 12)


def test_languages_of_a_hard_demand_survive_when_other_services_count_for_more() -> None:
    offers = {"c": ["ar"], "d": ["fa", "x"], "a": ["ar"], "b": ["fa"], "e": ["y", "z"]}
    document = problem(
        teams=[
            team(
                "red-team", "red", max_services=2, offers=[{"service": s, "languages": ls} for s, ls in offers.items()]
            ),
            team("blue-team", "blue"),
        ],
        demands=[
            *(demand(f"q-{tag}", language=tag, scope="block", block="mon-1") for tag in ("fa", "x", "y", "z")),
            demand("hard", language="ar", scope="block", block="mon-1", hard=True),
        ],
        rules=[{"id": "r", "type": "companion", "org": "red", "needs_org": "blue"}],
    )

    found = answer(document)

    assert (found.status, judge(Facts(parse_problem(document)), found.document()).violations) == ("optimal", ())


def offering(*offers: str, most: int) -> Document:
    """A team with offers such as `social bg fr`."""
    split = [one.split() for one in offers]
    named = [{"service": service, "languages": languages} for service, *languages in split]
    return team("red-team", "red", max_services=most, offers=named)


def test_a_service_that_nobody_asks_for_brings_the_language_of_an_earlier_offer_of_another() -> None:
    crew = [offering("social ar", "social fr", "jobs uk", "legal ar", most=2), team("blue-team", "blue")]
    demands = [
        demand("pair", service="social", language="ar", target=3, hard=True),
        demand("jobs", service="jobs"),
    ]
    document = problem(teams=crew, demands=demands, blocks=[block("mon-1"), block("mon-2", start="11:00", end="13:00")])

    found = answer(document)

    judged = both(document, found.document())
    assert (found.status, judged.broken, judged.total) == ("optimal", frozenset(), found.total)
    assert {one.services for one in found.assignments if one.team == "red-team"} == {
        ("social", "legal"),
        ("social", "jobs"),
    }


def test_the_language_of_an_earlier_offer_cannot_be_given_alone() -> None:
    pair = demand("pair", service="social", language="ar", hard=True)
    document = problem(teams=[offering("social ar", "social fr", "legal ar", most=1)], demands=[pair])

    assert answer(document).conflict == (("demand", "pair"),)


def test_a_hard_minimum_beyond_what_is_agreed_and_all_there_is_is_a_conflict() -> None:
    document = problem(
        blocks=[block("mon-1")],
        pinned=[{"team": "red-team", "block": "mon-1"}],
        organisations=[organisation("red", min_shifts=2, min_hard=True), organisation("blue")],
    )

    assert answer(document).conflict == (("org", "red", "min_shifts"),)


def test_of_two_offers_of_one_service_the_later_counts() -> None:
    offers = [{"service": "social", "languages": ["ar"]}, {"service": "social", "languages": ["fr"]}]
    document = problem(teams=[team("red-team", "red", offers=offers)], demands=[demand("q", language="fr")])

    assert [one.languages for one in answer(document).assignments] == [("fr",)]
