"""What a release promises of itself: only what was planned, and of rounded numbers that they are, and add up."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from math import inf

from bureau.reports.audit.findings import Coordinates, Finding
from bureau.reports.audit.reading import ROUNDING, TOTAL, Published


def broken_promises(releases: Sequence[Published], planned: Collection[tuple[str, ...]] | None) -> Iterator[Finding]:
    """Each cell that no plan has, and each rounded number that is none or does not add up as it is shown."""
    for release in releases:
        if planned is not None:
            yield from _unplanned(release, planned)
        yield from _unhidden(release)
        if release.method == ROUNDING:
            if release.max_deviation < release.limits.threshold - 1:
                yield Finding(kind="weak", at=(), low=0, high=release.max_deviation)
            yield from _unrounded(release)
            yield from _unadded(release)


def _unplanned(release: Published, planned: Collection[tuple[str, ...]]) -> Iterator[Finding]:
    """Cells of a table that is not planned, or that use a dimension which their table has not."""
    allowed = {table: frozenset(dimensions) for table, *dimensions in planned}
    for one in (*release.statements, *release.sums):
        used = {name for name, code in zip(release.dimensions, one.at, strict=True) if code != TOTAL}
        if one.table not in allowed or not used <= allowed[one.table]:
            yield Finding(kind="not-planned", at=one.at, low=one.low, high=one.high)


def _unhidden(release: Published) -> Iterator[Finding]:
    """Small numbers that are simply told, and hidden ones of which a mark says why they are."""
    for one in release.statements:
        if one.exact and 0 < one.low < release.limits.threshold:
            yield Finding(kind="exact", at=one.at, low=one.low, high=one.high)
    hidden = [one for one in release.statements if one.hidden and one.high == inf]  # spans say what they are
    usual = Counter(one.mark for one in hidden).most_common(1)
    for one in hidden:
        if one.mark != usual[0][0]:
            yield Finding(kind="marked", at=one.at, low=one.low, high=one.high)


def _unrounded(release: Published) -> Iterator[Finding]:
    for one in release.statements:
        if not one.exact and one.value is not None and one.value % release.limits.threshold:
            yield Finding(kind="not-rounded", at=one.at, low=one.low, high=one.high)


def _unadded(release: Published) -> Iterator[Finding]:
    """Shown wholes that are not the sum of their shown parts, table by table, along each dimension."""
    for table in {one.table for one in release.statements}:
        shown = {one.at: one.value for one in release.statements if one.table == table and one.value is not None}
        for axis, name in enumerate(release.dimensions):
            parts: dict[Coordinates, int] = {}
            for at, value in shown.items():
                parent = release.parents.get(name, {}).get(at[axis])
                if parent is not None:
                    whole = (*at[:axis], parent, *at[axis + 1 :])
                    parts[whole] = parts.get(whole, 0) + value
            for whole, total in parts.items():
                if whole in shown and shown[whole] != total:
                    yield Finding(kind="not-additive", at=whole, low=total, high=shown[whole])
