"""What a partner could work out who knows all its own entries exactly: the attack on what is left when they are taken out.

A partner subtracts its own from every shown number. What remains is a report about everybody else, in spans where
numbers are rounded; the same attack as ever is let loose on it. Nothing promises that it finds nothing.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bureau.reports.audit.attacking import attack
from bureau.reports.domain.bundle import bundle_of
from bureau.reports.domain.cells import Cell, Coordinates
from bureau.reports.domain.plan import CONSULTATIONS, HELD, ShownTable
from bureau.reports.domain.release import Release
from bureau.reports.domain.tabulating import Record, tabulate
from tests.reports.mutants import Series


def found_by_partners(series: Series) -> dict[str, int]:
    """Over all partners: how many numbers about others are small in truth, and what is found out about any."""
    told: Counter[str] = Counter()
    for partner in sorted({one.at.organisation for one in series.made.records if one.at.measure == CONSULTATIONS}):
        own = [one for one in series.made.records if one.at.organisation == partner and one.at.measure != HELD]
        rest = [_without(release, own) for release in series.releases]
        told["small"] += sum(
            0 < sheet.counts[at] - mine < release.threshold
            for sheet, release in zip(series.sheets, series.releases, strict=True)
            for at, mine in _own(release, own).items()
        )
        told.update(one.kind for one in attack([bundle_of(one) for one in rest]).findings)
    return dict(told)


def _own(release: Release, own: Sequence[Record]) -> dict[Coordinates, int]:
    """A partner's part of every number that is told as it was counted."""
    tables = [table for table in release.tables if table.counts_people and not table.derived]
    return tabulate(own, tables, release.dimensions)


def _without(release: Release, own: Sequence[Record]) -> Release:
    """What is left of a release when a partner's own entries are taken out of every number."""
    mine = _own(release, own)
    tables = tuple(table for table in release.tables if table.counts_people and not table.derived)
    cells = {at: _less(release, table, at, mine[at]) for table in tables for at in release.coordinates(table)}
    return replace(release, tables=tables, cells=cells)


def _less(release: Release, table: ShownTable, at: Coordinates, mine: int) -> Cell:
    if release.cells[at].hidden:
        return release.cells[at]
    low, high = release.bounds(table, at)
    return Cell(low=max(0, low - mine), high=None if high is None else high - mine)
