"""Small published releases, written by hand."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Files = dict[str, bytes]
Line = tuple[str, tuple[str, ...], object]
"""A table, coordinates, and what is shown: a number, None where hidden, a pair for a range."""

AREAS = {"_T": "", "north": "_T", "south": "_T"}
KINDS = {"_T": "", "legal": "_T", "school": "_T"}
MONTHS = {"2026": "", "2026-Q1": "2026", "2026-01": "2026-Q1", "2026-02": "2026-Q1", "2026-03": "2026-Q1"}
CODES: Mapping[str, Mapping[str, str]] = {"TIME_PERIOD": MONTHS, "AREA": AREAS, "KIND": KINDS}


def a_release(
    lines: Iterable[Line],
    *,
    name: str = "2026-01",
    method: str = "suppression",
    max_dev: int = 0,
    zeros: str = "hidden",
    derived: Sequence[str] = (),
    require: Mapping[str, Any] | None = None,
    codes: Mapping[str, Mapping[str, str]] = CODES,
) -> Files:
    """The files of a release with these cells."""
    about = {
        "threshold": 5, "method": method, "max_dev": max_dev, "zeros": zeros, "derived": list(derived),
        "require": dict(require or {}), "release": {"id": name, "version": 1, "supersedes": None, "order": 1},
    }  # fmt: skip
    return {
        "datapackage.json": json.dumps({"sdc": about}).encode(),
        "codelists.csv": _csv(
            ["DIM", "CODE", "PARENT"], ([dim, *pair] for dim, pairs in codes.items() for pair in pairs.items())
        ),
        "cells.csv": _csv(
            ["TABLE_ID", *codes, "OBS_VALUE", "OBS_STATUS", "CONF_STATUS", "OBS_LO", "OBS_HI"], map(_row, lines)
        ),
    }


def _row(line: Line) -> list[object]:
    table, at, shown = line
    low, high = shown if isinstance(shown, tuple) else ("", "")
    value = "" if shown is None or isinstance(shown, tuple) else shown
    return [table, *at, value, "A", "F", low, high]


def _csv(head: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode()
