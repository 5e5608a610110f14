"""What the solver's own process does: plan, show how it goes, listen whether it shall stop, store the plan."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select

from bureau.kernel.clock import Clock
from bureau.kernel.database import db, transaction
from bureau.kernel.errors import NotFound
from bureau.rotation.models import Proposal
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.parsing import parse_problem
from bureau.rotation.solver.problem import Malformed, Problem
from bureau.rotation.solver.rules import violations
from bureau.rotation.solver.search import solve
from bureau.rotation.solver.solution import Progress, Solution

BEAT_SECONDS = 1.0
SEED = 1
Watcher = Callable[[Progress], None]


@dataclass
class _Run:
    """What the search and the heartbeat share."""

    stop: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    latest: Progress | None = None


def run_proposal(proposal_id: int, *, clock: Clock, watch: Watcher | None = None) -> str:
    """Run the solver on a stored proposal to its end; the state it ended in. ``watch`` sees each better plan."""
    row = _row(proposal_id)
    document, seconds = row.problem, row.seconds
    run = _Run()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  (the thread's own)
    beat = threading.Thread(target=_beat, args=(app, proposal_id, run, clock), daemon=True)
    db.session.remove()
    beat.start()
    try:
        plan, problem_found = _search(document, seconds, run, watch)
    finally:
        run.over.set()
        beat.join()
    return _store(proposal_id, plan, problem_found, run, now=clock())


def _row(proposal_id: int) -> Proposal:
    row = db.session.get(Proposal, proposal_id)
    if row is None:
        raise NotFound
    return row


def _search(
    document: dict[str, Any], seconds: int, run: _Run, watch: Watcher | None
) -> tuple[dict[str, Any] | None, str | None]:
    """The solution document; and ``infeasible``, ``malformed``, ``unknown`` or ``invalid`` where it holds no plan."""

    def seen(progress: Progress) -> None:
        run.latest = progress
        if watch is not None:
            watch(progress)

    try:
        problem = parse_problem(document)
    except Malformed:
        return None, "malformed"
    solution = solve(problem, seconds=seconds, seed=SEED, on_progress=seen, should_stop=run.stop.is_set)
    return solution.document(), _fault(problem, solution)


def _fault(problem: Problem, solution: Solution) -> str | None:
    if solution.status not in ("optimal", "feasible"):
        return solution.status
    return "invalid" if violations(Facts(problem), solution.assignments) else None


def _beat(app: Flask, proposal_id: int, run: _Run, clock: Clock) -> None:
    """Once a second: store how far it is, and see whether somebody asked to stop."""
    with app.app_context():
        while not run.over.wait(BEAT_SECONDS):
            _note(proposal_id, run, now=clock())
        db.session.remove()


def _note(proposal_id: int, run: _Run, *, now: datetime) -> None:
    with transaction() as session:
        row = session.scalar(select(Proposal).where(Proposal.id == proposal_id))
        if row is None or row.stop_requested or row.state != "running":
            run.stop.set()
        if row is not None:
            row.heard_at = now
            row.progress = _progress(run)


def _progress(run: _Run) -> dict[str, Any]:
    return {} if run.latest is None else run.latest.document()


def _store(proposal_id: int, plan: dict[str, Any] | None, fault: str | None, run: _Run, *, now: datetime) -> str:
    with transaction():
        row = _row(proposal_id)
        row.plan = plan
        row.progress = {**_progress(run), **({"fault": fault} if fault else {})}
        row.heard_at = row.finished_at = now
        if row.state == "running":
            row.state = "failed" if fault else "stopped" if row.stop_requested else "finished"
        return row.state
