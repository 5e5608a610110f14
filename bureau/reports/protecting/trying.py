"""Protect, attack, and try again where the attack found something: another draw, then fewer tables."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bureau.reports.audit.attacking import attack
from bureau.reports.audit.findings import Audit
from bureau.reports.disclosure.field import Change
from bureau.reports.disclosure.rounding import SALTS, rounded
from bureau.reports.disclosure.suppression import Suppressed, suppressed
from bureau.reports.domain.bundle import bundle_of
from bureau.reports.domain.dimensions import over_the_year
from bureau.reports.domain.plan import Plan
from bureau.reports.domain.release import Release, Sheet
from bureau.reports.domain.tabulating import settled, tabulate
from bureau.reports.protecting.task import Found, Json, Outcome, Task

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    release: Release
    audit: Audit
    salt: int
    proof: tuple[Json, ...] = ()


def protect(task: Task, on_progress: OnProgress) -> Outcome:
    """The month's release, once no attack finds anything; `on_progress` hears how many cells are attacked, of how many.

    A rounding is drawn anew up to five times. Then, and at once where cells are hidden, the finest table that a finding
    lies in is given up, until nothing is found or no table is left that could go.
    """
    plan, given_up = task.plan, list[str]()
    while True:
        last = None
        for last in _tries(task, plan, on_progress):
            if last.audit.clear:
                return Outcome(
                    release=last.release, protected=last.audit.protected, counts=last.audit.counts,
                    narrowest=last.audit.narrowest, salt=last.salt, given_up=tuple(given_up),
                    witnesses=last.proof,
                )  # fmt: skip
        finest = _finest(plan, last.audit if last else None)
        if last is None or finest is None:
            audit = last.audit if last else Audit()
            found = tuple(Found(kind=one.kind, at=one.at) for one in audit.findings)
            return Outcome(release=None, given_up=tuple(given_up), found=found, unproven=audit.unproven)
        plan = plan.without(finest)
        given_up.append(finest)


def _tries(task: Task, plan: Plan, on_progress: OnProgress) -> Iterator[_Tried]:
    sheet = sheet_of(task, plan)
    mine = [one for one in task.earlier if one.id[:4] == task.month[:4]]
    if plan.method == "rounding":
        for salt in range(SALTS + 1):
            release = rounded(sheet, mine, secret=task.secret, salt=salt)
            yield _Tried(release=release, audit=_attacked(task, release, on_progress), salt=salt)
        return
    kept = settled(one for one in task.records if one.at.time_period <= task.month)
    hidden = suppressed(sheet, mine, [one for one in kept if one.at.time_period[:4] == task.month[:4]], plan)
    audit = _attacked(task, hidden.release, on_progress)
    yield _Tried(release=hidden.release, audit=audit, salt=0, proof=_plain(hidden))


def sheet_of(task: Task, plan: Plan) -> Sheet:
    """What is to be published with the month, before protection."""
    earlier = [one for one in task.earlier if one.id[:4] == task.month[:4]]
    dimensions = over_the_year(task.dimensions, [one.dimensions for one in earlier])
    tables = plan.tables_of(task.month, task.since)
    counts = tabulate(settled(task.records), tables, dimensions)
    return Sheet(
        id=task.month, order=len(task.earlier) + 1, tables=tables, dimensions=dimensions, counts=counts
    )  # fmt: skip


def _attacked(task: Task, release: Release, on_progress: OnProgress) -> Audit:
    releases = [bundle_of(one) for one in (*task.earlier, release)]
    planned = task.plan.allowed() | _planned_before(task.earlier)
    return attack(releases, planned=planned, fresh=1, on_progress=on_progress)


def _planned_before(earlier: Sequence[Release]) -> set[tuple[str, ...]]:
    """What other years' plans allowed: what they published was judged by them."""
    return {(table.id, "TIME_PERIOD", "MEASURE", *table.dimensions) for release in earlier for table in release.tables}


def _finest(plan: Plan, audit: Audit | None) -> str | None:
    """Of the tables that count people, one with most dimensions, the last of them; None if only single ones are left."""
    crossed = [one for one in plan.tables if one.counts_people and len(one.dimensions) > 1]
    return crossed[-1].id if crossed and audit is not None else None


def _plain(hidden: Suppressed) -> tuple[Json, ...]:
    """The proof as it is kept: the hidden cells with their true counts, all tables, and which two of them prove each cell."""
    cells = {at: number for number, at in enumerate(hidden.truth)}
    tables: dict[int, int] = {}
    changes: list[list[list[int]]] = []

    def table(change: Change) -> int:
        if id(change) not in tables:
            tables[id(change)] = len(changes)
            changes.append([[cells[at], by] for at, by in change.items()])
        return tables[id(change)]

    pairs = [[cells[one.at], table(one.low), table(one.high)] for one in hidden.witnesses]
    return ({"cells": [[*at, count] for at, count in hidden.truth.items()], "tables": changes, "pairs": pairs},)
