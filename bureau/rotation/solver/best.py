"""The best plan of a run so far, its score and the proven bound, told to whoever watches."""

import time
from collections.abc import Callable

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.plan import Plan
from bureau.rotation.solver.rules import violations
from bureau.rotation.solver.score import score, total
from bureau.rotation.solver.solution import Progress

OnProgress = Callable[[Progress], None]


class BrokenPlan(Exception):
    """A plan of our own that our own judge refuses: a mistake here, never shown as a plan."""


class Best:
    """The best plan so far; None before the first."""

    def __init__(self, facts: Facts, on_progress: OnProgress) -> None:
        self.plan: Plan | None = None
        self.terms: dict[str, int] = {}
        self.total = 0
        self.bound: int | None = None
        self._facts = facts
        self._on_progress = on_progress
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        """How long the run has taken."""
        return time.monotonic() - self._started

    @property
    def proven(self) -> bool:
        """Whether no plan can be better."""
        return self.plan is not None and self.bound == self.total

    def offer(self, plan: Plan) -> None:
        """Take a plan if it is better; BrokenPlan if it breaks a rule."""
        terms = score(self._facts, plan)
        now = total(self._facts.problem, terms)
        if self.plan is not None and now >= self.total:
            return
        broken = violations(self._facts, plan)
        if broken:
            raise BrokenPlan(broken[0])
        self.plan, self.terms, self.total = plan, terms, now
        self._tell()

    def tighten(self, bound: int) -> None:
        """Take a lower bound of every plan's total if it is higher than the one known."""
        if self.bound is None or bound > self.bound:
            self.bound = bound
            self._tell()

    def _tell(self) -> None:
        if self.plan is None:
            return
        progress = Progress(
            seconds=self.seconds,
            total=self.total,
            bound=self.bound,
            terms=self.terms,
            plan=self.plan,
        )
        self._on_progress(progress)
