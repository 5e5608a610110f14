"""What the solver's own process does: plan, show how it goes, listen whether it shall stop, store the plan."""

import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import current_app

from bureau.kernel.clock import Clock
from bureau.kernel.database import db, transaction
from bureau.kernel.errors import NotFound
from bureau.kernel.outliving import BEAT_SECONDS, TAKEN_OVER, TakenOver, held
from bureau.rotation.domain.runs import better_progress
from bureau.rotation.models import Proposal
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.malformed import Malformed
from bureau.rotation.solver.parsing import parse_assignments, parse_problem
from bureau.rotation.solver.process import is_at_work, solve_in_child
from bureau.rotation.solver.rules import violations

LEAST_SECONDS = 1.0
SEED = 1
Progress = Mapping[str, Any]
"""``seconds``, ``total``, ``bound`` and ``terms`` of the best plan so far, and the ``way`` there."""


def run_proposal(
    proposal_id: int, *, clock: Clock, attempt: int = 1, watch: Callable[[Progress], None] | None = None
) -> str:
    """Run the solver on a stored proposal to its end; the state it ended in. ``watch`` sees how far it is, each second.

    ``attempt`` is the one we were given. A solver that outlived an earlier attempt is followed, else the plan it left
    is bettered in the time that is left.
    """
    row = _row(proposal_id)
    if row.state != "running" or row.attempt != attempt:
        return TAKEN_OVER
    problem, seconds, known = row.problem, row.seconds, dict(row.progress)
    db.session.remove()
    folder = folder_of(proposal_id)
    spent = float(known.get("spent", 0.0))
    base = float(known.get("base", 0.0)) if is_at_work(folder) else spent
    heart = _Heart(proposal_id, attempt, {**known, "base": base}, clock, watch)
    try:
        plan = solve_in_child(
            problem,
            seconds=max(LEAST_SECONDS, seconds - spent),
            seed=SEED,
            explain_seconds=seconds / 4,
            folder=folder,
            on_progress=heart.hear,
            should_stop=heart.beat,
        )
    except TakenOver:
        return TAKEN_OVER
    state = _store(proposal_id, attempt, plan, heart.latest, fault_of(problem, plan), clock)
    if state != TAKEN_OVER:
        shutil.rmtree(folder, ignore_errors=True)
    return state


def folder_of(proposal_id: int) -> Path:
    """Where the run keeps its files until it has ended."""
    return Path(current_app.config["RUNS"]) / str(proposal_id)


class _Heart:
    """Once a second: stores how far the search is, and sees whether somebody asked to stop, or has taken the run over."""

    def __init__(
        self,
        proposal_id: int,
        attempt: int,
        known: dict[str, Any],
        clock: Clock,
        watch: Callable[[Progress], None] | None,
    ) -> None:
        self.latest = known
        self._proposal_id = proposal_id
        self._attempt = attempt
        self._clock = clock
        self._watch = watch
        self._spent = float(known.get("spent", 0.0))
        self._began = self._next = time.monotonic()
        self._stop = False

    def hear(self, told: Progress) -> None:
        """The solver has a better plan, or a better bound."""
        self.latest = better_progress(self.latest, told, base=self.latest["base"])

    def beat(self) -> bool:
        """Whether to stop; asks the database at most once a second."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + BEAT_SECONDS
            self.latest = {**self.latest, "spent": round(self._spent + time.monotonic() - self._began, 1)}
            self._stop = self._note()
            if self._watch is not None:
                self._watch(self.latest)
        return self._stop

    def _note(self) -> bool:
        with transaction():
            row = held(Proposal, self._proposal_id)
            if row is None:
                return True
            if row.attempt != self._attempt:
                raise TakenOver
            if row.state == "running":
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


def _store(
    proposal_id: int, attempt: int, plan: dict[str, Any], progress: dict[str, Any], fault: str | None, clock: Clock
) -> str:
    with transaction():
        row = held(Proposal, proposal_id)
        if row is None or row.attempt != attempt:
            return TAKEN_OVER
        claimed = plan.get("claimed") or {}
        ended = {name: claimed[name] for name in ("total", "terms") if name in claimed}
        row.plan = plan
        row.progress = {**progress, **ended, **({"fault": fault} if fault else {})}
        row.heard_at = row.finished_at = clock()
        if row.state == "running":
            row.state = "failed" if fault else "stopped" if row.stop_requested else "finished"
        return row.state
