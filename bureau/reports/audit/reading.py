"""What a reader holds: a published release, read back from the files of its bundle and from nothing else."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from bureau.reports.audit.findings import Coordinates, Limits

TIME = "TIME_PERIOD"
TOTAL = "_T"
ROUNDING = "rounding"
NOT_DIMENSIONS = {"TABLE_ID", "OBS_VALUE", "OBS_STATUS", "CONF_STATUS", "OBS_LO", "OBS_HI"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A line of `cells.csv`: what is said of one count. The true one lies in `low` … `high`; `value` is what is shown."""

    table: str
    at: Coordinates
    value: int | None
    low: float
    high: float
    hidden: bool
    mark: str = ""
    """How the line says that it hides or shows."""

    @property
    def exact(self) -> bool:
        """Whether the count itself is told."""
        return self.low == self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A release as its reader knows it."""

    name: str
    version: int
    method: str
    limits: Limits
    max_deviation: int
    dimensions: tuple[str, ...]
    parents: Mapping[str, Mapping[str, str | None]]
    statements: tuple[Statement, ...]
    sums: tuple[Statement, ...]
    """Statements of the tables that claim to be sums over time of what was shown: checked, then they tell nothing new."""

    def places(self) -> Iterator[Coordinates]:
        """Wherever it says something."""
        return (one.at for one in (*self.statements, *self.sums))


def read(files: Mapping[str, bytes]) -> Published:
    """The release in these files (`datapackage.json`, `codelists.csv`, `cells.csv`); ValueError where it cannot be read."""
    about: Mapping[str, Any] = json.loads(files["datapackage.json"])["sdc"]
    rows = csv.DictReader(io.StringIO(files["cells.csv"].decode()))
    dimensions = tuple(name for name in rows.fieldnames or () if name not in NOT_DIMENSIONS)
    derived = frozenset(about.get("derived") or ())
    statements = [_statement(row, dimensions, about) for row in rows]
    require = about.get("require") or {}
    method, threshold = str(about["method"]), int(about["threshold"])
    # never less than the method can give: a rounded nothing may be up to four
    width = max(int(require.get("min_width", threshold)), threshold - (method == ROUNDING))
    return Published(
        name=str(about["release"]["id"]),
        version=int(about["release"]["version"]),
        method=method,
        limits=Limits(threshold=threshold, least_width=width, contains_zero=bool(require.get("contain_zero"))),
        max_deviation=int(about.get("max_dev") or 0),
        dimensions=dimensions,
        parents=_parents(files["codelists.csv"]),
        statements=tuple(one for one in statements if one.table not in derived),
        sums=tuple(one for one in statements if one.table in derived),
    )


def _parents(text: bytes) -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {}
    for row in csv.DictReader(io.StringIO(text.decode())):
        found.setdefault(row["DIM"], {})[row["CODE"]] = row["PARENT"] or None
    return found


def _statement(row: Mapping[str, str], dimensions: tuple[str, ...], about: Mapping[str, Any]) -> Statement:
    low, high, value = _said(row, about)
    at = tuple(row[name] for name in dimensions)
    mark = f"{row['OBS_STATUS']} {row['CONF_STATUS']}"
    return Statement(
        table=row["TABLE_ID"], at=at, value=value, low=low, high=high, hidden=value is None, mark=mark
    )  # fmt: skip


def _said(row: Mapping[str, str], about: Mapping[str, Any]) -> tuple[float, float, int | None]:
    shown, low, high = (row.get(name, "").strip() for name in ("OBS_VALUE", "OBS_LO", "OBS_HI"))
    if shown:
        value, off = int(shown), int(about.get("max_dev") or 0)
        return max(0, value - off), value + off, value
    if low:
        return int(low), int(high) if high else inf, None
    return 1 if about.get("zeros") == "public" else 0, inf, None


def leaves(parents: Mapping[str, str | None], code: str) -> Iterator[str]:
    """The codes without children below a code, or itself."""
    children = [one for one, parent in parents.items() if parent == code]
    if not children:
        yield code
    for child in children:
        yield from leaves(parents, child)
