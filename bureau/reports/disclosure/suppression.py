"""Certified cell suppression: numbers of one to four are hidden, and as few others as keep them from being recovered.

Every hidden cell comes with two whole tables that a reader cannot tell from the truth, the earlier releases of the
year taken together, and that are wide enough apart in it. They prove the protection and stay with the bureau. See
docs/disclosure.md.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bureau.reports.disclosure.field import Change, Field
from bureau.reports.disclosure.linked import Linked, linked
from bureau.reports.domain.cells import HIDDEN, Cell, Coordinates, Counts
from bureau.reports.domain.periods import months_of
from bureau.reports.domain.plan import Plan
from bureau.reports.domain.release import THRESHOLD, Release, Sheet
from bureau.reports.domain.tabulating import Record

WIDTH = THRESHOLD
LOOKS, FEW = 12, 8
"""So many tables are tried for all open cells at once, as long as there are more than a few."""
QUARTER = months_of("2026-Q1")
NOTHING: Change = {}


class NotAdditive(RuntimeError):
    """The true counts do not add up, so that nothing can be said of what a reader can work out."""


class NotProtected(RuntimeError):
    """A cell cannot be protected even if everything that is new is hidden: an earlier release gives it away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Two tables that a reader cannot tell from the truth, ``WIDTH`` apart in ``at``: how their hidden cells differ from it."""

    at: Coordinates
    low: Change = field(repr=False)
    high: Change = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Suppressed:
    """What is to be published, and the proof of its protection, which is nobody's but the bureau's.

    ``truth`` are the true counts of all hidden cells, from which the witnesses' tables differ.
    """

    release: Release
    truth: Counts = field(repr=False)
    witnesses: tuple[Witness, ...] = field(repr=False)


def suppressed(sheet: Sheet, earlier: Sequence[Release], records: Sequence[Record], plan: Plan) -> Suppressed:
    """The sheet with what must be hidden hidden; ``records`` are all of the year so far, none below zero.

    ``plan`` tells which crossed tables will come with the quarter: what is hidden now must stay so then.
    ``earlier`` are the year's releases so far, the oldest first; what they show stays shown and what they hide hidden.
    """
    records = [one for one in records if one.at.time_period <= sheet.id]
    # Months and quarters hang together only through a longer period that is public: others were protected before.
    months = months_of(max((table.period for table in sheet.tables), key=lambda period: len(months_of(period))))
    before = [release for release in earlier if release.id in months]
    known = {at: cell for release in before for at, cell in release.cells.items()}
    tables = [*sheet.tables, *(table for release in before for table in release.tables)]
    crossed = [table for month in months if month <= sheet.id for table in plan.behind(month)]
    absent = {
        at for release in before for table in release.tables for at in table.coordinates(sheet.dimensions)
    } - known.keys()  # fmt: skip
    hidden: dict[Coordinates, int] = {}
    witnesses: list[Witness] = []
    for measure in sorted({table.measure for table in sheet.tables if table.counts_people}):
        mine, behind = ([table for table in of if table.measure == measure] for of in (tables, crossed))
        guard = Guard(linked(mine, behind, sheet.dimensions, records, absent=absent), known)
        guard.protect()
        if len(months) <= len(QUARTER):  # a year has hundreds of hidden cells and gains next to nothing
            guard.show_again(known)
        hidden |= {at: guard.truth[at] for at in sorted(guard.hidden)}
        witnesses += guard.witnesses()
    places = dict.fromkeys(at for table in sheet.tables for at in table.coordinates(sheet.dimensions))
    release = Release(
        id=sheet.id, order=sheet.order, version=sheet.version, supersedes=sheet.supersedes, method="suppression",
        tables=sheet.tables, dimensions=sheet.dimensions, min_width=WIDTH,
        cells={at: HIDDEN if at in hidden else Cell(sheet.counts[at]) for at in places},
    )  # fmt: skip
    return Suppressed(release=release, truth=hidden, witnesses=tuple(witnesses))


class Guard:
    """The protection of one measure: which cells are hidden, and the pairs of tables that prove it enough."""

    def __init__(self, linked_: Linked, known: Mapping[Coordinates, Cell]) -> None:
        self.truth, self.behind = linked_.truth, linked_.behind
        if any(self.truth[one.whole] != sum(self.truth[part] for part in one.parts) for one in linked_.sums):
            raise NotAdditive
        frozen = {at for at, cell in known.items() if not cell.hidden}
        self.field = Field(linked_, frozen)
        self.hidden: set[Coordinates] = set()
        self.lows: dict[Coordinates, Change] = {}
        self.highs: dict[Coordinates, Change] = {}
        public = (at for at in sorted(self.truth) if at not in frozen and at not in self.behind)
        self.hide(at for at in public if at in known or 0 < self.truth[at] < THRESHOLD)

    def hide(self, cells: Iterable[Coordinates]) -> None:
        """Hide these too."""
        for at in cells:
            if at not in self.hidden:
                self.hidden.add(at)
                self.field.hide(at)

    def protect(self) -> None:
        """Hide more until every hidden cell has two tables that are far enough apart."""
        self._look()
        while open_ := self._open():
            for at in open_:
                if self._width(at) < WIDTH and (pair := self.field.quickly_apart(at, WIDTH)):
                    self._take(at, pair)
            self._look()  # where the cheapest tables are not whole, what was hidden for others is mostly enough
            for at in self._open():
                if self._width(at) < WIDTH:
                    self._take(at, self.field.apart(at, WIDTH))

    def show_again(self, known: Collection[Coordinates]) -> None:
        """Take back what was hidden for the sake of others, and is needed no more with all that was hidden after it."""
        for at in sorted(self.hidden - set(known), key=lambda at: (-self.truth[at], at)):
            if not 0 < self.truth[at] < THRESHOLD and self._does_without(at):
                self.field.show(at)

    def _does_without(self, shown: Coordinates) -> bool:
        """Whether all others stay protected when this cell is shown."""
        before = self.hidden, self.lows, self.highs
        self.hidden = self.hidden - {shown}
        self.lows, self.highs = (
            {at: change for at, change in of.items() if shown not in change} for of in (self.lows, self.highs)
        )
        self._look()
        if not all(self._widened(at) for at in self._open()):
            self.hidden, self.lows, self.highs = before
        return shown not in self.hidden

    def _widened(self, at: Coordinates) -> bool:
        """Whether tables that change hidden cells alone come to be far enough apart in this one."""
        for sign in (1, -1):
            if self._width(at) < WIDTH:
                self._far({at: sign})
        return self._width(at) >= WIDTH

    def _look(self) -> None:
        """Try tables that change hidden cells alone, for all open cells at once."""
        for look in range(LOOKS):
            open_ = self._open()
            if len(open_) < FEW:
                break
            self._far({at: 1 if hash_bit(at, look // 2) ^ look % 2 else -1 for at in open_})

    def _far(self, signs: Mapping[Coordinates, int]) -> None:
        if change := self.field.far(signs, self.hidden):
            self._learn(change)

    def _open(self) -> list[Coordinates]:
        """The hidden cells that are not proven safe, the largest first."""
        return sorted((at for at in self.hidden if self._width(at) < WIDTH), key=lambda at: (-self.truth[at], at))

    def _width(self, at: Coordinates) -> int:
        return self.highs.get(at, NOTHING).get(at, 0) - self.lows.get(at, NOTHING).get(at, 0)

    def _take(self, at: Coordinates, pair: tuple[Change, Change] | None) -> None:
        """Hide what two tables change, so that they prove the protection of a cell."""
        if pair is None:
            raise NotProtected(at)
        self.hide(sorted({*pair[0], *pair[1]} - self.behind))
        for change in pair:
            if not self.field.holds(change, self.hidden):
                raise NotProtected(at)
            self._learn(change)

    def _learn(self, change: Change) -> None:
        """Remember a table wherever it is the lowest or the highest so far."""
        for at in change.keys() - self.behind:
            if change[at] < self.lows.get(at, NOTHING).get(at, 0):
                self.lows[at] = change
            if change[at] > self.highs.get(at, NOTHING).get(at, 0):
                self.highs[at] = change

    def witnesses(self) -> list[Witness]:
        """The proof: for every hidden cell its two tables."""
        kept: dict[int, Change] = {}  # one table proves many cells

        def public(change: Change) -> Change:
            if id(change) not in kept:
                kept[id(change)] = {at: by for at, by in sorted(change.items()) if at in self.hidden}
            return kept[id(change)]

        return [
            Witness(at=at, low=public(self.lows.get(at, NOTHING)), high=public(self.highs.get(at, NOTHING)))
            for at in sorted(self.hidden)
        ]


def hash_bit(at: Coordinates, number: int) -> int:
    """A bit for a cell, the same on every machine."""
    return hashlib.sha256("\x1f".join((str(number), *at)).encode()).digest()[0] & 1
