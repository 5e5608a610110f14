"""A first plan of a month, and two judges of it who share no code: ours and an independent one."""

from dataclasses import dataclass

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.malformed import Malformed
from bureau.rotation.solver.parsing import parse_problem
from bureau.rotation.solver.solution import Solution
from bureau.rotation.solver.stages import find_best
from bureau.rotation.solver.verdict import judge
from tests.rotation.solver.independent import check
from tests.rotation.solver.problems import Document


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What one judge says of a plan."""

    broken: frozenset[str]
    terms: dict[str, int]
    total: int
    levels: tuple[int, ...]


def ours(month: Document, solution: Document) -> Judgement:
    """What our own rules and our own score say."""
    facts = Facts(parse_problem(month))
    verdict = judge(facts, solution)
    return Judgement(
        broken=frozenset(violation.rule for violation in verdict.violations),
        terms=dict(verdict.terms),
        total=verdict.total,
        levels=verdict.levels,
    )


def theirs(month: Document, solution: Document) -> Judgement:
    """What the independent checker says."""
    violations, terms, total, info = check.check(month, solution)
    return Judgement(
        broken=frozenset(rule for rule, _ in violations),
        terms=terms,
        total=total,
        levels=tuple(info["levels"]),
    )


def first_plan(document: Document) -> Document:
    """The solution that a search begins with; without assignments where there is none."""
    best = find_best(Facts(parse_problem(document)), seconds=0, workers=1).best
    found = Solution(
        instance=document["id"],
        status="unknown" if best.plan is None else "feasible",
        assignments=best.plan or (),
        total=best.total,
        terms=best.terms,
    )
    return found.document()


def both(month: Document, solution: Document) -> Judgement:
    """What both say; an AssertionError where they differ."""
    own, other = ours(month, solution), theirs(month, solution)
    assert own == other
    return own


def refused(month: Document) -> bool:
    """Whether both call the month malformed; an AssertionError where they differ."""
    place, errors = _place_of_mistake(month), check.validate_instance(month)
    assert (place is not None) == bool(errors), (place, errors)
    return place is not None


def _place_of_mistake(month: Document) -> str | None:
    try:
        parse_problem(month)
    except Malformed as error:
        return error.place
    return None


def plain(value: object) -> object:
    """A document without what is null: to the format the same, but for `current` and a site that is not said."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if one is not None}
    return [plain(one) for one in value] if isinstance(value, list) else value
