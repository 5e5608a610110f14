"""Whether a solution document keeps every rule and says the truth about itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.nodes import Node
from bureau.rotation.solver.parsing import parse_assignments
from bureau.rotation.solver.rules import Violation, violations
from bureau.rotation.solver.score import levels, score, total


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What a plan breaks, and its score as recomputed; no score when it refers to nothing known."""

    violations: tuple[Violation, ...]
    assignments: int
    terms: Mapping[str, int]
    total: int
    levels: tuple[int, ...]

    @property
    def valid(self) -> bool:
        """Whether nothing is broken."""
        return not self.violations


def has_plan(document: object) -> bool:
    """Whether a solution document claims to hold a plan at all."""
    root = Node(document)
    no_plan = root.text_or_none("status") in ("infeasible", "unknown", "malformed")
    return bool(root.each("assignments")) or not no_plan


def judge(facts: Facts, document: object) -> Verdict:
    """The verdict on a solution document; Malformed when it is none."""
    plan = parse_assignments(document)
    broken = violations(facts, plan)
    known = tuple(one for one in plan if facts.knows(one))
    terms = score(facts, known)
    worth = total(facts.problem, terms)
    broken += _false_claims(Node(document), facts, terms, worth, may_bound=not broken)
    return Verdict(
        violations=tuple(broken),
        assignments=len(plan),
        terms=terms,
        total=worth,
        levels=tuple(levels(facts.problem, terms)),
    )


def _false_claims(
    root: Node, facts: Facts, terms: Mapping[str, int], worth: int, *, may_bound: bool
) -> Iterator[Violation]:
    if root.text_or_none("instance") != facts.problem.id:
        yield Violation(rule="instance", detail="the solution is for another instance")
    claimed = root.find("claimed")
    if claimed is not None:
        said = claimed.whole_or_none("total")
        if said is not None and said != worth:
            yield Violation(rule="claim", detail=f"total {said}, recomputed {worth}")
        for term, value in claimed.numbers("terms").items():
            if terms.get(term) != value:
                yield Violation(rule="claim", detail=f"{term} {value}, recomputed {terms.get(term)}")
    bound = root.whole_or_none("bound")
    if may_bound and bound is not None and bound > worth:
        yield Violation(rule="claim", detail=f"bound {bound} is above the total {worth}")
