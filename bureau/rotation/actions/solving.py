"""What the solver's own process does: plan, show how it goes, listen whether it shall stop, store the plan."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from bureau.kernel.clock import Clock
from bureau.kernel.database import db, transaction
from bureau.kernel.errors import NotFound
from bureau.rotation.models import Proposal
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.parsing import parse_assignments, parse_problem
from bureau.rotation.solver.problem import Malformed
from bureau.rotation.solver.process import solve_in_child
from bureau.rotation.solver.rules import violations

BEAT_SECONDS = 1.0
SEED = 1
Progress = Mapping[str, Any]
"""``seconds``, ``total``, ``bound`` and ``terms`` of the best plan so far."""


def run_proposal(proposal_id: int, *, clock: Clock, watch: Callable[[Progress], None] | None = None) -> str:
    """Run the solver on a stored proposal to its end; the state it ended in. ``watch`` sees how far it is, each second."""
    row = _row(proposal_id)
    problem, seconds = row.problem, row.seconds
    db.session.remove()
    heart = _Heart(proposal_id, clock, watch)
    plan = solve_in_child(
        problem,
        seconds=seconds,
        seed=SEED,
        explain_seconds=seconds / 4,
        on_progress=heart.hear,
        should_stop=heart.beat,
    )
    return _store(proposal_id, plan, heart.latest, fault_of(problem, plan), clock)


class _Heart:
    """Once a second: stores how far the search is, and sees whether somebody asked to stop."""

    def __init__(self, proposal_id: int, clock: Clock, watch: Callable[[Progress], None] | None) -> None:
        self.latest: dict[str, Any] = {}
        self._proposal_id = proposal_id
        self._clock = clock
        self._watch = watch
        self._next = time.monotonic()
        self._stop = False

    def hear(self, progress: Progress) -> None:
        """The solver has a better plan, or a better bound."""
        self.latest = dict(progress)

    def beat(self) -> bool:
        """Whether to stop; asks the database at most once a second."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + BEAT_SECONDS
            self._stop = self._note()
            if self._watch is not None:
                self._watch(self.latest)
        return self._stop

    def _note(self) -> bool:
        with transaction() as session:
            row = session.scalar(select(Proposal).where(Proposal.id == self._proposal_id))
            if row is None:
                return True
            row.heard_at, row.progress = self._clock(), self.latest
            return row.stop_requested or row.state != "running"


def _row(proposal_id: int) -> Proposal:
    row = db.session.get(Proposal, proposal_id)
    if row is None:
        raise NotFound
    return row


def fault_of(problem: Mapping[str, Any], plan: Mapping[str, Any]) -> str | None:
    """``infeasible``, ``malformed``, ``unknown`` where there is no plan, ``invalid`` where our own judge finds it wrong."""
    if plan.get("status") not in ("optimal", "feasible"):
        return str(plan.get("status", "unknown"))
    try:
        facts = Facts(parse_problem(problem))
    except Malformed:
        return "malformed"
    return "invalid" if violations(facts, parse_assignments(plan)) else None


def _store(proposal_id: int, plan: dict[str, Any], progress: dict[str, Any], fault: str | None, clock: Clock) -> str:
    with transaction():
        row = _row(proposal_id)
        claimed = plan.get("claimed") or {}
        ended = {name: claimed[name] for name in ("total", "terms") if name in claimed}
        row.plan = plan
        row.progress = {**progress, **ended, **({"fault": fault} if fault else {})}
        row.heard_at = row.finished_at = clock()
        if row.state == "running":
            row.state = "failed" if fault else "stopped" if row.stop_requested else "finished"
        return row.state
