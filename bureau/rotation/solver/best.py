"""The best plan of a run so far, its score and the proven bound, told to whoever watches."""

import time
from collections.abc import Callable, Mapping
from threading import RLock

from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.plan import Plan, make_plan
from bureau.rotation.solver.problem import Held
from bureau.rotation.solver.rules import violations
from bureau.rotation.solver.score import score, total
from bureau.rotation.solver.solution import Progress

OnProgress = Callable[[Progress], None]

SHARE = 10
"""Judging, writing and telling a plan may take one part in so many of the run's time."""


class BrokenPlan(Exception):
    """A plan of our own that our own judge refuses: a mistake here, never shown as a plan."""


class BrokenBound(Exception):
    """A bound above a plan's total: a mistake in a proof, never shown as one."""


class Best:
    """The best plan so far; None before the first. Several threads may offer and tighten."""

    def __init__(self, facts: Facts, on_progress: OnProgress) -> None:
        self.plan: Plan | None = None
        self.terms: dict[str, int] = {}
        self.total = 0
        self.bound: int | None = None
        self._facts = facts
        self._on_progress = on_progress
        self._started = time.monotonic()
        self._waiting: dict[Held, frozenset[str]] | None = None
        self._promised = 0
        self._due = self._cost = 0.0
        self._lock = RLock()

    @property
    def seconds(self) -> float:
        """How long the run has taken."""
        return time.monotonic() - self._started

    @property
    def proven(self) -> bool:
        """Whether no plan can be better."""
        if self.bound is None:
            return False
        waiting = self._waiting is not None and self.bound >= self._promised
        return waiting or (self.plan is not None and self.bound >= self.total)

    def offer(self, draft: Draft) -> None:
        """Remember a better draft, and tell it unless plans have been told too often lately."""
        self.remember(draft)
        if self.plan is None:
            self.settle()
        self.settle_when_due()

    def settle_when_due(self) -> None:
        """Tell what is remembered if the last telling is long enough ago."""
        if self.seconds >= self._due:
            self.settle()

    def remember(self, draft: Draft) -> None:
        """Tell the draft when next something is told, or at the end."""
        with self._lock:
            self._waiting, self._promised = draft.services(), draft.total

    def settle(self) -> None:
        """Make the remembered draft a plan, judge it and tell it; BrokenPlan if it breaks a rule."""
        with self._lock:
            if self._waiting is None:
                return
            began, held = self.seconds, self._waiting
            self._waiting = None
            self._take(held)
            self._cost = self.seconds - began
            self._due = self.seconds + SHARE * self._cost

    def _take(self, held: Mapping[Held, frozenset[str]]) -> None:
        plan = make_plan(self._facts, held)
        terms = score(self._facts, plan)
        now = total(self._facts.problem, terms)
        if self.plan is not None and now >= self.total:
            return
        broken = violations(self._facts, plan)
        if broken or len(plan) < len(held):
            raise BrokenPlan(broken[0] if broken else "a team without a desk")
        self.plan, self.terms, self.total = plan, terms, now
        self._tell()

    def tighten(self, bound: int) -> None:
        """Take a lower bound of every plan's total if it is higher than the one known; BrokenBound if it is none."""
        with self._lock:
            if self.bound is not None and bound <= self.bound:
                return
            if self.plan is not None and bound > self.total:
                raise BrokenBound(f"{bound} is above {self.total}")
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
