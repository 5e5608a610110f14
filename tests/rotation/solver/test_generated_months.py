"""The solver on realistic and nasty months: valid to both judges, no worse than greedy, honest about what it knows."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from bureau.rotation.solver.bound.child import BoundProcess
from bureau.rotation.solver.core import find_core
from bureau.rotation.solver.ending import Ending
from bureau.rotation.solver.parsing import parse_problem
from bureau.rotation.solver.search import solve
from bureau.rotation.solver.solution import Solution
from tests.rotation.solver.generated.strategies import month, realistic_months
from tests.rotation.solver.generated.twists import CLOCKS, IMPOSSIBLE, TWISTS, duplicate_ids, lost_hour
from tests.rotation.solver.judges import both, first_plan, refused
from tests.rotation.solver.months import holding_only
from tests.rotation.solver.problems import Document, block, demand, facts, organisation, problem, team

TWISTED = [[], *([name] for name in (*TWISTS, *CLOCKS)), ["clocks_back", "on_the_road", "replanning", "last_month"]]


def answer(document: Document, seconds: float, *, bounded: bool = False) -> Solution:
    """What the solver answers in the time."""
    bounds = BoundProcess(document, seconds=seconds) if bounded else None
    return solve(parse_problem(document), seconds=seconds, workers=1, bounds=bounds)


def examine(document: Document, found: Solution) -> None:
    """The plan is valid and its claims are true to both judges; it is no worse than the first one."""
    judged, first = both(document, found.document()), both(document, first_plan(document))
    assert judged.broken == frozenset()
    assert judged.total == found.total <= first.total
    assert found.bound is None or found.bound <= found.total
    assert (found.status == "optimal") == (found.bound == found.total)


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(realistic_months(sizes=["tiny"]))
def test_a_tiny_month_gets_a_valid_plan_or_a_conflict_that_holds_alone(document: Document) -> None:
    found = answer(document, 10)

    if found.status == "infeasible":
        assert found.assignments == ()
        assert found.conflict
        assert answer(holding_only(document, list(found.conflict)), 10).status == "infeasible"
    else:
        examine(document, found)


@pytest.mark.parametrize("twists", TWISTED, ids=lambda twists: " ".join(twists) or "usual")
def test_a_small_month_of_each_kind_gets_a_valid_plan_at_once(twists: list[str]) -> None:
    document = month("XS", 2, twists)

    found = answer(document, 0.1)

    examine(document, found)


def test_enormous_numbers_are_numbers() -> None:
    document = month("XS", 6)
    demands = [{**one, "min": 10**8, "target": 10**9} for one in document["demands"]]
    organisations = [{**one, "min_shifts": 10**9} for one in document["organisations"]]
    document |= {"demands": demands, "organisations": organisations, "travel_minutes": 10**6}
    document["weights"] = {**document["weights"], "spread": 2**50}

    found = answer(document, 0.1)

    examine(document, found)


def test_very_many_blocks_at_once_are_planned_in_time() -> None:
    at_once = [block(f"b{number}") for number in range(80)]
    document = problem(blocks=at_once, demands=[demand("q", min=50, target=90)])

    found = answer(document, 5)

    assert (found.status, len(found.assignments)) == ("optimal", 2)


def test_too_many_promises_for_the_desks_there_are_need_no_trying() -> None:
    names = [f"o{number}" for number in range(60)]
    month = facts(
        problem(
            blocks=[block(f"b{day}", day=f"2027-04-{day:02d}") for day in range(1, 30)],
            organisations=[organisation(name, min_shifts=1, min_hard=True) for name in names],
            teams=[team(f"t-{name}", name) for name in names],
        )
    )

    core = find_core(month, Ending(20), seed=0)

    assert core.feasible is False


def test_agreed_bookings_alone_are_no_plan_in_force() -> None:
    document = month("S", 150043, ["last_month"])
    weeks = {block.id: block.week for block in parse_problem(document).blocks}

    found = answer(document, 0.1)

    assert document["pinned"]
    assert {weeks[one.block] for one in found.assignments} == set(weeks.values())


@pytest.mark.parametrize(
    ("seed", "twists"),
    [(815707, ["replanning", "on_the_road"]), (680258, ["free_terms", "replanning", "last_month"])],
)
def test_a_plan_in_force_that_left_people_without_company_is_mended(seed: int, twists: list[str]) -> None:
    document = month("XS", seed, twists)

    found = answer(document, 0.1)

    examine(document, found)


@pytest.mark.parametrize("twists", [["on_the_road"], ["narrow_rooms"]], ids=" ".join)
def test_a_bound_is_below_the_plans_of_every_other_run(twists: list[str]) -> None:
    document = month("XS", 4, twists)
    quick = answer(document, 0)

    found = answer(document, 3, bounded=True)

    examine(document, found)
    assert quick.total is not None
    assert found.bound is not None
    assert found.bound <= quick.total


@pytest.mark.parametrize(("size", "twists"), [("S", ["many_services", "hard_minimums"]), ("M", ["in_company"])])
def test_a_larger_month_gets_a_valid_plan_in_the_time_given(size: str, twists: list[str]) -> None:
    document = month(size, 1, twists)

    found = answer(document, 0.2)

    examine(document, found)


@pytest.mark.parametrize(("size", "twists"), [("S", ["hard_minimums"]), ("XS", ["replanning", "on_the_road"])])
def test_the_same_seed_and_effort_give_the_same_plan(size: str, twists: list[str]) -> None:
    parsed = parse_problem(month(size, 8, twists))

    found = [solve(parsed, seconds=600, seed=3, effort=0.2) for _ in range(2)]

    assert found[0].assignments == found[1].assignments
    assert found[0].bound == found[1].bound


@pytest.mark.parametrize("size", ["XS", "S"])
@pytest.mark.parametrize(
    ("twist", "conflict"),
    [("impossible_pins", (("pin", 0), ("pin", 1))), ("impossible_demand", (("demand", "must"),))],
)
def test_an_impossible_month_is_answered_with_its_conflict(
    size: str, twist: str, conflict: tuple[tuple[str, object], ...]
) -> None:
    document = month(size, 6, [twist])

    found = answer(document, 5)

    assert twist in IMPOSSIBLE
    assert (found.status, found.assignments, found.conflict) == ("infeasible", (), conflict)


def test_too_few_for_too_many_is_a_conflict_found_without_trying_every_case() -> None:
    document = month("XS", 60987, ["holidays", "two_always"])

    found = answer(document, 20)

    assert found.status == "infeasible"
    assert ("rule", "two") in found.conflict
    assert answer(holding_only(document, list(found.conflict)), 20).status == "infeasible"
    for group in found.conflict:
        rest = [other for other in found.conflict if other != group]
        assert answer(holding_only(document, rest), 0).status != "infeasible", group


def _with(kind: str, **change: object) -> Callable[[Document], Document]:
    """The month with the first of its things changed."""
    return lambda document: {**document, kind: [{**document[kind][0], **change}, *document[kind][1:]]}


MALFORMED: dict[str, Callable[[Document], Document]] = {
    "two teams with one id": lambda document: duplicate_ids(document, None),
    "an hour that the clocks skip": lambda document: lost_hour({**document, "month": "2027-03", "blocks": []}, None),
    "another format": lambda document: {**document, "format": "bureau-rota/9"},
    "no timezone": lambda document: {**document, "timezone": "Europe/Nowhere"},
    "a weight of nothing known": lambda document: {**document, "weights": {"beauty": 1}},
    "a field left out": lambda document: {key: value for key, value in document.items() if key != "desks"},
    "a block outside the month": _with("blocks", date="2027-05-01"),
    "a block that ends before it begins": _with("blocks", end="08:00"),
    "a time that is none": _with("blocks", start="25:00"),
    "a block at no site": _with("blocks", site="nowhere"),
    "a desk at no site": _with("desks", site="nowhere"),
    "a team of nobody": _with("teams", org="nobody"),
    "a team that offers nothing": _with("teams", offers=[]),
    "a team without a language": _with("teams", offers=[{"service": "social", "languages": []}]),
    "a team that gives no service at a time": _with("teams", max_services=0),
    "a promise below nothing": _with("organisations", promised=-1),
    "a target below the minimum": _with("demands", min=3, target=1),
    "a demand of an unknown scope": _with("demands", scope="year"),
    "a demand of an unknown block": _with("demands", block="nothing"),
    "a rule of an unknown kind": _with("rules", type="be_kind"),
    "a pin of an unknown team": lambda document: {**document, "pinned": [{"team": "nobody", "block": "s1-01-1"}]},
    "a regular slot of nobody": _with("previous", team="nobody"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", MALFORMED)
def test_both_refuse_what_means_nothing(wrong: str) -> None:
    document = month("XS", 1)

    assert not refused(document)
    assert refused(MALFORMED[wrong](document))
