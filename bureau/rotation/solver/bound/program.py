"""A linear or integer program as plain arrays, built row by row without a modelling layer."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
INFINITY = float("inf")


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """Minimise `constant + cost x` with `low <= A x <= high` and `0 <= x <= upper`; A by rows.

    Every column is bounded, so that any prices of the rows give a finite bound. Every valid plan
    is a solution in whole numbers, at the plan's own total or less.
    """

    cost: Floats
    upper: Floats
    low: Floats
    high: Floats
    starts: Ints
    columns: Ints
    values: Floats
    constant: float

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.cost)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.low)

    @property
    def row_of(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(self.height, dtype=np.int32), np.diff(self.starts))


class Builder:
    """Collects columns and rows; memory stays near that of the finished arrays."""

    def __init__(self) -> None:
        self.constant = 0.0
        self._cost, self._upper = array("d"), array("d")
        self._low, self._high = array("d"), array("d")
        self._starts, self._columns, self._values = array("i", [0]), array("i"), array("d")

    def __len__(self) -> int:
        """How many columns there are so far."""
        return len(self._cost)

    def column(self, cost: float = 0.0, upper: float = 1.0) -> int:
        """A new variable from 0 to `upper`."""
        self._cost.append(cost)
        self._upper.append(upper)
        return len(self._cost) - 1

    def charge(self, column: int, cost: float) -> None:
        """Let a variable cost so much more."""
        self._cost[column] += cost

    def at_most(self, columns: Sequence[int], high: float, less: Sequence[tuple[int, float]] = ()) -> None:
        """The columns together are at most `high` plus the weighted ones of `less`."""
        self._row(columns, less, -INFINITY, high)

    def at_least(self, columns: Sequence[int], low: float, less: Sequence[tuple[int, float]] = ()) -> None:
        """The columns together are at least `low` plus the weighted ones of `less`."""
        self._row(columns, less, low, INFINITY)

    def exactly(self, columns: Sequence[int], value: float, less: Sequence[tuple[int, float]] = ()) -> None:
        """The columns together are `value` plus the weighted ones of `less`."""
        self._row(columns, less, value, value)

    def _row(self, columns: Sequence[int], less: Sequence[tuple[int, float]], low: float, high: float) -> None:
        self._columns.extend(columns)
        self._values.extend([1.0] * len(columns))
        for column, value in less:
            self._columns.append(column)
            self._values.append(-value)
        self._starts.append(len(self._columns))
        self._low.append(low)
        self._high.append(high)

    def finish(self) -> Program:
        """The program; the builder is used up."""
        return Program(
            cost=np.asarray(self._cost, dtype=np.float64),
            upper=np.asarray(self._upper, dtype=np.float64),
            low=np.asarray(self._low, dtype=np.float64),
            high=np.asarray(self._high, dtype=np.float64),
            starts=np.asarray(self._starts, dtype=np.int32),
            columns=np.asarray(self._columns, dtype=np.int32),
            values=np.asarray(self._values, dtype=np.float64),
            constant=self.constant,
        )
