"""The open-data form of a release: a Frictionless Data Package whose columns and codes have SDMX names."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .cells import COLUMNS, Cell, Coordinates
from .dimensions import Code, Dimension
from .release import Release, table_from_json, table_to_json

OBSERVED = ("OBS_VALUE", "OBS_STATUS", "CONF_STATUS", "OBS_LO", "OBS_HI")
SHOWN, SUPPRESSED = ("A", "F"), ("Q", "N")
"""SDMX: a normal value, free; missing and suppressed, not for publication. One code for whatever the reason is."""
SDC = ("threshold", "method", "max_dev", "zeros")


def bundle_of(release: Release, about: Mapping[str, Any] | None = None) -> dict[str, bytes]:
    """The files of a release by name, the same bytes every time; ``about`` adds title, licences and such."""
    facts = {table.id for table in release.tables if not table.counts_people}
    files = {
        "cells.csv": _csv(("TABLE_ID", *COLUMNS, *OBSERVED), _lines(release, facts=False)),
        "codelists.csv": _csv(*_codelists(release)),
    }
    if facts:
        files["facts.csv"] = _csv(("TABLE_ID", *COLUMNS, *OBSERVED), _lines(release, facts=True))
    package = {**_package(release, facts=bool(facts)), **(about or {})}
    return {"datapackage.json": _json(package), **files}


def release_from(files: Mapping[str, bytes]) -> Release:
    """Read what ``bundle_of`` wrote."""
    sdc = json.loads(files["datapackage.json"])["sdc"]
    rows = [row for name in ("cells.csv", "facts.csv") if name in files for row in _rows(files[name])]
    return Release(
        **{name: sdc[name] for name in SDC},
        **sdc["release"],
        min_width=sdc["require"]["min_width"],
        tables=tuple(map(table_from_json, sdc["tables"])),
        dimensions=_dimensions(_rows(files["codelists.csv"])),
        cells={Coordinates(*(row[name] for name in COLUMNS)): _cell(row) for row in rows},
    )


def _lines(release: Release, *, facts: bool) -> Iterator[list[str]]:
    for table in release.tables:
        if table.counts_people == facts:
            continue
        for at in release.coordinates(table):
            yield [table.id, *at, *_observed(release.cells[at])]


def _observed(cell: Cell) -> list[str]:
    numbers = ["" if one is None else str(one) for one in (cell.value, cell.low, cell.high)]
    return [numbers[0], *(SUPPRESSED if cell.hidden else SHOWN), *numbers[1:]]


def _cell(row: Mapping[str, str]) -> Cell:
    return Cell(*(int(row[name]) if row[name] else None for name in ("OBS_VALUE", "OBS_LO", "OBS_HI")))


def _codelists(release: Release) -> tuple[tuple[str, ...], Iterator[list[str]]]:
    codes = [(name, one) for name in COLUMNS for one in release.dimensions[name].codes]
    languages = sorted({tag for _, one in codes for tag in one.labels})
    lines = (
        [name, one.code, one.parent or "", one.labels.get("en", ""), *(one.labels.get(tag, "") for tag in languages)]
        for name, one in codes
    )
    return ("DIM", "CODE", "PARENT", "LABEL", *(f"LABEL_{tag}" for tag in languages)), lines


def _dimensions(rows: Iterable[Mapping[str, str]]) -> dict[str, Dimension]:
    found: dict[str, list[Code]] = {name: [] for name in COLUMNS}
    for row in rows:
        labels = {name.removeprefix("LABEL_"): text for name, text in row.items() if text and name.startswith("LABEL_")}
        found[row["DIM"]].append(Code(row["CODE"], row["PARENT"] or None, labels))
    return {name: Dimension(name, tuple(codes)) for name, codes in found.items()}


def _package(release: Release, *, facts: bool) -> dict[str, Any]:
    columns = _codelists(release)[0]
    resources = [_resource("cells", _CELLS), _resource("codelists", _strings(columns))]
    if facts:
        resources.append(_resource("facts", _CELLS))
    return {
        "profile": "tabular-data-package",
        "name": f"report-{release.id.lower()}",
        "version": f"{release.version}.0.0",
        "resources": resources,
        "sdc": _sdc(release),
    }


def _sdc(release: Release) -> dict[str, Any]:
    return {
        **{name: getattr(release, name) for name in SDC},
        "require": {"min_width": release.min_width, "contain_zero": False},
        "noise_sd": None,
        "release": {name: getattr(release, name) for name in ("id", "version", "supersedes", "order")},
        "derived": [table.id for table in release.tables if table.derived],
        "tables": [table_to_json(table) for table in release.tables],
    }


def _resource(name: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _strings(names: Iterable[str]) -> list[dict[str, Any]]:
    return [{"name": name, "type": "string"} for name in names]


_CELLS: list[dict[str, Any]] = [
    {"name": "TABLE_ID", "type": "string", "constraints": {"required": True}},
    *({"name": name, "type": "string", "constraints": {"required": True}} for name in COLUMNS),
    {"name": "OBS_VALUE", "type": "integer"},
    {"name": "OBS_STATUS", "type": "string", "constraints": {"required": True, "enum": ["A", "Q"]}},
    {"name": "CONF_STATUS", "type": "string", "constraints": {"required": True, "enum": ["F", "N"]}},
    {"name": "OBS_LO", "type": "integer"},
    {"name": "OBS_HI", "type": "integer"},
]


def _csv(header: Iterable[str], lines: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return out.getvalue().encode()


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
