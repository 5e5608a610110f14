"""All files of a month's report in seven languages: how long they take, how much memory, and with ten times the cells of a month."""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flask_babel import force_locale

from bureau.kernel.typeset import typesetting
from bureau.reports.domain.cells import TOTAL, Cell, Coordinates
from bureau.reports.domain.dimensions import Code, Dimension
from bureau.reports.domain.document import Report
from bureau.reports.domain.release import Release, all_coordinates
from bureau.web.languages import LANGUAGES
from tests.audit._making import application
from tests.audit.report import drafts_of
from tests.bench.measuring import table
from tests.bench.spending import spent_by
from tests.factories.reports import a_report

MOST_SECONDS = {"a month": 20, "December": 20, "ten times the cells": 60}
MOST_MEMORY = 500
"""Mebibytes, of both processes together."""


@dataclass(frozen=True)
class Row:
    """What the files of a report cost; seconds of the processor are those of both processes."""

    name: str
    cells: int
    wall: float
    cpu: float
    memory: float
    kinds: Counter[str]

    @property
    def well(self) -> bool:
        """Whether it keeps what is promised for two cores that nobody else uses."""
        return self.cpu <= MOST_SECONDS[self.name] and self.memory <= MOST_MEMORY


def run(words: Sequence[str] = ()) -> bool:
    """Print the table; False where a bound is broken. ``words`` may name a row by its first word."""
    with application() as app, app.app_context():
        made: dict[str, Callable[[], Report]] = {
            "a month": lambda: a_report(app, "2026-11", months=11),
            "December": lambda: a_report(app, "2026-12", months=12),
            "ten times the cells": lambda: tenfold(a_report(app, "2026-11", months=11)),
        }
        rows = [_measured(name, make()) for name, make in made.items() if not words or name.split()[0] in words]
    table(
        f"all files of a report in {len(LANGUAGES)} languages, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        ["report", "cells", "wall s", "CPU s", "memory MiB", "CPU s by kind"],
        [
            [
                row.name, row.cells, f"{row.wall:.1f}", f"{row.cpu:.1f}", f"{row.memory:.0f}",
                ", ".join(f"{kind} {seconds / 1000:.1f}" for kind, seconds in row.kinds.most_common()),
            ]
            for row in rows
        ],
    )  # fmt: skip
    return all(row.well for row in rows)


def _measured(name: str, report: Report) -> Row:
    began, spent, kinds = time.perf_counter(), _spent(), Counter[str]()
    memory = 0.0
    with typesetting():
        for path, size in _written(report, kinds):
            memory = max(memory, _held())
            if path.startswith("en/"):
                sys.stderr.write(f"{name}: {path}, {size / 1024:.0f} KiB\n")
        wall, cpu = time.perf_counter() - began, _spent() - spent
    return Row(name, len(report.release.cells), wall, cpu, memory, kinds)


def _written(report: Report, kinds: Counter[str]) -> Iterator[tuple[str, int]]:
    for language in LANGUAGES:
        with force_locale(LANGUAGES[language].locale):
            for draft in drafts_of(report, language):
                before = _spent()
                size = len(draft.make())
                kinds[Path(draft.path).suffix[1:]] += round((_spent() - before) * 1000)
                yield draft.path, size


def _spent() -> float:
    return spent_by(os.getpid())


def _held() -> float:
    """Mebibytes that this process and the one that typesets have held at most."""
    here = os.getpid()
    typesetters = Path(f"/proc/{here}/task/{here}/children").read_text().split()
    return sum(_most(number) for number in (str(here), *typesetters))


def _most(process: str) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def tenfold(report: Report) -> Report:
    """The same with about ten times the cells: four times the organisations, services and languages."""
    release = report.release
    dimensions = {
        name: _fourfold(one) if name in ("ORGANISATION", "SERVICE", "LANGUAGE") else one
        for name, one in release.dimensions.items()
    }
    cells = {at: _as_of_first(release, at) for at in all_coordinates(release.tables, dimensions)}
    return replace(report, release=replace(release, dimensions=dimensions, cells=cells))


def _fourfold(dimension: Dimension) -> Dimension:
    leaves = [one for one in dimension.codes if one.code not in dimension.children and one.code != TOTAL]
    more = [
        Code(f"{one.code}~{turn}", one.parent, {tag: f"{name} {'I' * turn}" for tag, name in one.labels.items()})
        for turn in (2, 3, 4)
        for one in leaves
    ]
    return Dimension(dimension.id, (*dimension.codes, *more))


def _as_of_first(release: Release, at: Coordinates) -> Cell:
    return release.cells[Coordinates(*(code.partition("~")[0] for code in at))]
