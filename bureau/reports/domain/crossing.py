"""Tables that somebody puts together: one measure, by one thing or two, over some months."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bureau.kernel.errors import Refused
from bureau.kernel.month import Month

from .cells import AXIS, Coordinates
from .plan import ATTENDANCES, BANDS, CONSULTATIONS, HELD, PLANNED, UNMET
from .tabulating import Record

MONTH, NEED = "MONTH", "NEED"
_OF_ENTRIES = (MONTH, "ORGANISATION", NEED, "SERVICE", "LANGUAGE", "STATUS", *BANDS)
SPLITS: Mapping[str, tuple[str, ...]] = {
    CONSULTATIONS: _OF_ENTRIES, UNMET: _OF_ENTRIES[:6], ATTENDANCES: _OF_ENTRIES[:5],
    PLANNED: _OF_ENTRIES[:2], HELD: _OF_ENTRIES[:2],
}  # fmt: skip
"""What can be asked for, and by what it can be told apart."""
MOST_MONTHS = 24


class TableImpossible(Refused):
    """There is no such table; ``reason``: ``same`` (rows and columns), ``split`` (not told apart so) or ``long``."""

    code: ClassVar[str] = "report_table_impossible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The table that somebody wants; without ``columns`` it has one."""

    measure: str
    rows: str
    columns: str
    first: Month
    last: Month

    @property
    def months(self) -> list[Month]:
        """All months from the first to the last."""
        found, each = list[Month](), self.first
        while each <= self.last:
            found.append(each)
            each = each.shifted(1)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """The table: codes of rows and columns in their order, and the number in each place."""

    asked: Asked
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: Mapping[tuple[str, str], int]

    def number(self, row: str | None, column: str | None) -> int:
        """What stands there; None stands for all together."""
        return sum(
            number
            for (down, across), number in self.numbers.items()
            if row in (None, down) and column in (None, across)
        )


def ensure_possible(asked: Asked) -> None:
    """Refuse (TableImpossible) what cannot be told apart so, or is too long."""
    splits = SPLITS.get(asked.measure, ())
    if asked.rows == asked.columns:
        raise TableImpossible(reason="same")
    if asked.rows not in splits or asked.columns not in ("", *splits):
        raise TableImpossible(reason="split")
    if not asked.first <= asked.last < asked.first.shifted(MOST_MONTHS):
        raise TableImpossible(reason="long", most=MOST_MONTHS)


def crossed(
    records: Iterable[Record], asked: Asked, needs: Mapping[str, str], order: Mapping[str, Sequence[str]]
) -> Crossed:
    """The table of these records; ``order`` lists the codes of everything. What comes to nothing everywhere has no line."""
    months = {str(month) for month in asked.months}
    numbers: Counter[tuple[str, str]] = Counter()
    for one in records:
        if one.at.measure == asked.measure and one.at.time_period in months:
            numbers[_code(one.at, asked.rows, needs), _code(one.at, asked.columns, needs)] += one.number
    kept = {at: number for at, number in numbers.items() if number}
    return Crossed(
        asked=asked, numbers=kept,
        rows=_in_order({row for row, _ in kept}, order.get(asked.rows, ())),
        columns=_in_order({column for _, column in kept}, order.get(asked.columns, ())),
    )  # fmt: skip


def _code(at: Coordinates, split: str, needs: Mapping[str, str]) -> str:
    if not split:
        return ""
    if split == MONTH:
        return at.time_period
    return needs.get(at.service, at.service) if split == NEED else at[AXIS[split]]


def _in_order(codes: set[str], order: Sequence[str]) -> tuple[str, ...]:
    """As the order has them; what it does not know comes last."""
    places = {code: place for place, code in enumerate(order)}
    return tuple(sorted(codes, key=lambda code: (places.get(code, len(places)), code)))
