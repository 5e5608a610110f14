"""Twenty seeded years of figures, rounded and suppressed: what is shown, how true it is, how long it takes, and the attack.

``make audit ARGS="disclosure 3"`` takes three seeds, ``disclosure 3 rounding`` one method of them; ``disclosure mutants``
spoils what was published in all ways that we could think of, ``disclosure insiders`` lets partners subtract their own.
"""

import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from bureau.reports.audit.attacking import attack
from bureau.reports.disclosure.rounding import rounded
from bureau.reports.disclosure.suppression import suppressed
from bureau.reports.domain.bundle import bundle_of
from bureau.reports.domain.cells import Coordinates
from bureau.reports.domain.periods import frequency_of
from bureau.reports.domain.release import Release, Sheet
from tests.audit._insiders import found_by_partners
from tests.bench.measuring import table
from tests.reports.made import MONTHS, SECRET, Made
from tests.reports.mutants import series_of, tried

SEEDS = 20
SPOILED = 2
"""The year that is spoiled: of a small bureau, where most is hidden."""
SPOILED_MONTHS = {"rounding": 3, "suppression": 6}
"""So much of it: a rounded month has five times the cells, so that a quarter with its sums takes as long as half a year."""
LEAST_SHOWN = {"month": 95, "quarter": 80, "year": 90}
MOST_SECONDS = {"rounding": (2, 2), "suppression": (5, 30)}
"""For a month, and for December with its quarter and the year."""
MOST_AWAY, MOST_MEAN = 4, 2.0


def run(words: list[str]) -> bool:
    """Protect and attack so many years by both methods; whether everything holds that is promised."""
    asked = [look for name, look in (("mutants", _mutants), ("insiders", _insiders)) if name in words]
    kept = [look(words) for look in asked or (_years, _mutants, _insiders)]  # all, even after one found something
    return all(kept)


def _mutants(words: list[str]) -> bool:
    """Spoiled releases of a quarter or half a year by each method: whether every one is found."""
    found = {method: tried(Made(SPOILED, months=SPOILED_MONTHS[method]), method, most=3) for method in _methods(words)}
    rows = [[method, number, number - len(missed)] for method, (number, missed) in found.items()]
    table("spoiled releases", ["method", "spoiled", "found"], rows)
    missed = [name for _, names in found.values() for name in names]
    sys.stdout.write("\n".join([*missed, ""]))
    return not missed


def _insiders(words: list[str]) -> bool:
    """What partners find out about others: told, and promised to nobody. Rounded months tell nothing of each other."""
    months = {"rounding": 1, "suppression": 3}
    rows = [
        {"method": method, "months": months[method]}
        | found_by_partners(series_of(Made(1, months=months[method]), method))
        for method in _methods(words)
    ]
    head = list(dict.fromkeys(name for row in rows for name in row))
    table("found by all partners who subtract their own", head, [[row.get(name, 0) for name in head] for row in rows])
    return True


def _methods(words: list[str]) -> list[str]:
    return [method for method in MOST_SECONDS if method in words] or list(MOST_SECONDS)


def _years(words: list[str]) -> bool:
    """Whole years by both methods."""
    seeds = next((int(word) for word in words if word.isdigit()), SEEDS)
    folder = next((Path(word) for word in words if "/" in word), None)
    broken: list[str] = []
    for method in _methods(words):
        rows = [_year(method, seed, folder, broken) for seed in range(1, seeds + 1)]
        table(f"{method}: one year a line", list(rows[0]), [list(row.values()) for row in rows])
    sys.stdout.write("\n".join([*broken, ""]))
    return not broken


def _year(method: str, seed: int, folder: Path | None, broken: list[str]) -> dict[str, object]:
    made = Made(seed)
    plan = made.plan(method)
    releases: list[Release] = []
    sheets: list[Sheet] = []
    seconds = []
    for month in MONTHS:
        sheet = made.sheet(plan, month)
        start = time.process_time()
        if method == "rounding":
            releases.append(rounded(sheet, releases, secret=SECRET))
        else:
            releases.append(suppressed(sheet, releases, made.records, plan).release)
        seconds.append(time.process_time() - start)
        sheets.append(sheet)
    bundles = [bundle_of(release) for release in releases]
    if folder is not None:
        _keep(bundles, folder / f"{method}-{seed}")
    start = time.process_time()
    found = attack(bundles, planned=plan.allowed())
    row: dict[str, object] = {
        "seed": seed, "consultations": _consultations(sheets[-1]), "cells": sum(len(one.cells) for one in releases),
        "month s": f"{max(seconds[:-1]):.1f}", "December s": f"{seconds[-1]:.1f}",
        "findings": len(found.findings), "unproven": found.unproven, "attack s": f"{time.process_time() - start:.1f}",
    }  # fmt: skip
    if found.findings or found.unproven:
        kinds = Counter(one.kind for one in found.findings)
        broken.append(f"{method} {seed}: {dict(kinds)}, {found.unproven} unproven")
    for number, most in zip((max(seconds[:-1]), seconds[-1]), MOST_SECONDS[method], strict=True):
        if number > most:
            broken.append(f"{method} {seed}: {number:.1f} s where {most} s are promised")
    return row | (_truth(sheets, releases, broken) if method == "rounding" else _shown(sheets, releases, broken, seed))


def _consultations(sheet: Sheet) -> int:
    return next(count for at, count in sheet.counts.items() if at == Coordinates(sheet.id[:4], "consultations"))


def _keep(bundles: list[dict[str, bytes]], folder: Path) -> None:
    for month, files in zip(MONTHS, bundles, strict=True):
        (folder / month).mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / month / name).write_bytes(content)


def _truth(sheets: list[Sheet], releases: list[Release], broken: list[str]) -> dict[str, object]:
    """How far rounded numbers are from the true ones."""
    away: list[int] = []
    signed: list[int] = []
    for sheet, release in zip(sheets, releases, strict=True):
        for table_ in release.tables:
            for at in release.coordinates(table_) if table_.counts_people and not table_.derived else ():
                value = release.cells[at].value
                if value is None or value % 5:
                    broken.append(f"{release.id}: {at} is shown as {value}")
                elif sheet.counts[at]:
                    away.append(abs(value - sheet.counts[at]))
                    signed.append(value - sheet.counts[at])
    if max(away) > MOST_AWAY or statistics.mean(away) > MOST_MEAN:
        broken.append(f"{max(away)} away at most, {statistics.mean(away):.2f} on average")
    return {
        "most away": max(away), "mean away": f"{statistics.mean(away):.2f}", "bias": f"{statistics.mean(signed):+.2f}",
    }  # fmt: skip


def _shown(sheets: list[Sheet], releases: list[Release], broken: list[str], seed: int) -> dict[str, object]:
    """How much of the year's volume of consultations is shown: one-way by month, two-way by quarter and year."""
    every: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for sheet, release in zip(sheets, releases, strict=True):
        for kind, volume in _volumes(sheet, release):
            every[kind].update(volume)
    shares = {kind: 100 * volume[False] / volume.total() for kind, volume in every.items()}
    broken += [
        f"suppression {seed}: of the volume by {kind} {share:.1f} % is shown"
        for kind, share in shares.items()
        if share < LEAST_SHOWN[kind]
    ]
    return {f"{kind} %": f"{share:.1f}" for kind, share in shares.items()}


def _volumes(sheet: Sheet, release: Release) -> Iterator[tuple[str, Counter[bool]]]:
    """The volume of inner cells of each kind of period: hidden or not."""
    for table_ in release.tables:
        kind, width = frequency_of(table_.period), len(table_.dimensions)
        if table_.measure != "consultations" or width != (1 if kind == "month" else 2):
            continue
        leaves = {code for name in table_.dimensions for code in table_.leaves(sheet.dimensions[name])}
        volume: Counter[bool] = Counter()
        for at in release.coordinates(table_):
            if sum(code in leaves for code in at) == width:
                volume[release.cells[at].hidden] += sheet.counts[at]
        yield kind, volume
