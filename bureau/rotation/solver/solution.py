"""What a planner answers: a plan with its claims, or why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bureau.rotation.solver.plan import Plan
from bureau.rotation.solver.problem import Assignment, Group

FORMAT = "bureau-rota-solution/1"
Status = Literal["optimal", "feasible", "infeasible", "malformed", "unknown"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How good the best plan is so far, and how good any plan can be at most."""

    seconds: float
    total: int
    bound: int | None
    terms: Mapping[str, int]
    plan: Plan

    @property
    def gap(self) -> float | None:
        """How far the total may be above the best possible one, as a part of the total."""
        if self.bound is None:
            return None
        return (self.total - self.bound) / max(1, self.total)

    def document(self) -> dict[str, object]:
        """As one line of the child process's output."""
        return {
            "seconds": round(self.seconds, 2),
            "total": self.total,
            "bound": self.bound,
            "gap": None if self.gap is None else round(self.gap, 4),
            "terms": dict(self.terms),
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Solution:
    """The answer to one problem; `conflict` and `relaxations` only when it is infeasible."""

    instance: str
    status: Status
    assignments: Plan = ()
    bound: int | None = None
    total: int | None = None
    terms: Mapping[str, int] = field(default_factory=dict)
    conflict: Sequence[Group] = ()
    relaxations: Sequence[Mapping[str, object]] = ()
    explanations: Sequence[Mapping[str, object]] = ()
    report: Mapping[str, object] = field(default_factory=dict)

    def document(self) -> dict[str, object]:
        """In the solution format."""
        document: dict[str, object] = {
            "format": FORMAT,
            "instance": self.instance,
            "status": self.status,
            "assignments": [_assignment(one) for one in self.assignments],
            "explanations": [dict(one) for one in self.explanations],
            "report": dict(self.report),
        }
        if self.bound is not None:
            document["bound"] = self.bound
        if self.total is not None:
            document["claimed"] = {"total": self.total, "terms": dict(self.terms)}
        if self.status == "infeasible":
            document["conflict"] = [list(group) for group in self.conflict]
            document["relaxations"] = [dict(one) for one in self.relaxations]
        return document


def _assignment(one: Assignment) -> dict[str, object]:
    return {
        "team": one.team,
        "block": one.block,
        "desk": one.desk,
        "services": list(one.services),
        "languages": list(one.languages),
    }
