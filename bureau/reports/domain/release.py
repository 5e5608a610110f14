"""A release: all numbers that are public of a month, frozen; everything that people read is made from it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .cells import COLUMNS, HIDDEN, Cell, Coordinates, Counts
from .dimensions import Code, Dimension
from .periods import months_of
from .plan import Method, ShownTable

THRESHOLD = 5
"""Numbers of people from one to just below it are shown to nobody."""
Zeros = Literal["hidden", "public"]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What is to be published, before protection: tables, codes and the true counts. It never leaves memory."""

    id: str
    order: int
    tables: tuple[ShownTable, ...]
    dimensions: Mapping[str, Dimension]
    counts: Counts = field(repr=False)
    version: int = 1
    supersedes: str | None = None


@dataclass(frozen=True, kw_only=True)
class Release:
    """What is public of a month. ``max_dev`` is how far a value is from the truth at most; 0 where it is exact.

    ``min_width`` is how many numbers beside the true one a reader can at least not exclude for what is protected.
    """

    id: str
    order: int
    method: Method
    tables: tuple[ShownTable, ...]
    dimensions: Mapping[str, Dimension]
    cells: Mapping[Coordinates, Cell]
    version: int = 1
    supersedes: str | None = None
    max_dev: int = 0
    min_width: int = THRESHOLD
    zeros: Zeros = "hidden"
    threshold: int = THRESHOLD

    def table(self, name: str) -> ShownTable:
        """The table of that name."""
        return next(one for one in self.tables if one.id == name)

    def coordinates(self, table: ShownTable) -> Iterator[Coordinates]:
        """All cells of a table, totals first."""
        return table.coordinates(self.dimensions)

    def bounds(self, table: ShownTable, at: Coordinates) -> tuple[int, int | None]:
        """What the truth of a shown cell lies between; no upper end where it is hidden."""
        cell = self.cells[at]
        if cell.value is None:
            return cell.low or 0, cell.high
        if not table.counts_people:
            return cell.value, cell.value
        away = self.max_dev * len(months_of(table.period))
        return max(0, cell.value - away), cell.value + away

    def to_json(self) -> dict[str, Any]:
        """As one JSON-like document."""
        return {
            "id": self.id, "version": self.version, "supersedes": self.supersedes, "order": self.order,
            "method": self.method, "max_dev": self.max_dev, "min_width": self.min_width, "zeros": self.zeros,
            "threshold": self.threshold,
            "tables": [table_to_json(table) for table in self.tables],
            "dimensions": [_dimension_to_json(self.dimensions[name]) for name in COLUMNS],
            "cells": [[*at, cell.value, cell.low, cell.high] for at, cell in self.cells.items()],
        }  # fmt: skip

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Release":
        """Read what ``to_json`` wrote."""
        width = len(COLUMNS)
        simple = ("id", "version", "supersedes", "order", "method", "max_dev", "min_width", "zeros", "threshold")
        return cls(
            **{name: document[name] for name in simple},
            tables=tuple(table_from_json(one) for one in document["tables"]),
            dimensions={one["id"]: _dimension_from_json(one) for one in document["dimensions"]},
            cells={Coordinates(*row[:width]): Cell(*row[width:]) for row in document["cells"]},
        )


def table_to_json(table: ShownTable) -> dict[str, Any]:
    """A table without its cells, JSON-like."""
    return {
        "id": table.id, "measure": table.measure, "dimensions": list(table.dimensions), "period": table.period,
        "derived": table.derived, "counts_people": table.counts_people, "coarse": table.coarse,
    }  # fmt: skip


def table_from_json(document: Mapping[str, Any]) -> ShownTable:
    """Read what ``table_to_json`` wrote."""
    return ShownTable(**{**document, "dimensions": tuple(document["dimensions"])})


def all_coordinates(tables: Iterable[ShownTable], dimensions: Mapping[str, Dimension]) -> list[Coordinates]:
    """Every cell of these tables once, in a stable order."""
    return list(dict.fromkeys(at for table in tables for at in table.coordinates(dimensions)))


def hidden_in(release: Release) -> list[Coordinates]:
    """The cells of which nothing is shown."""
    return [at for at, cell in release.cells.items() if cell == HIDDEN]


def _dimension_to_json(dimension: Dimension) -> dict[str, Any]:
    return {"id": dimension.id, "codes": [[one.code, one.parent, dict(one.labels)] for one in dimension.codes]}


def _dimension_from_json(document: Mapping[str, Any]) -> Dimension:
    return Dimension(document["id"], tuple(Code(*row) for row in document["codes"]))
