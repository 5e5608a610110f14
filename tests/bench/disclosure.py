"""Protection and attack of a month at the usual size and at ten times the cells: seconds of CPU, and memory.

``make audit ARGS=disclosure`` measures whole years.
"""

import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from bureau.reports.audit.attacking import attack
from bureau.reports.domain.bundle import bundle_of
from tests.bench.measuring import table
from tests.reports.made import MONTHS, Made
from tests.reports.mutants import protected

USUAL = {"rounding": Made(1, months=3), "suppression": Made(1, months=3)}
TEN_TIMES = {
    "rounding": Made(1, months=3, partners=380, busy=10), "suppression": Made(1, months=3, partners=900, busy=10),
}  # fmt: skip
"""Most cells of a rounded month are partners by services; where cells are hidden, a month has tables of one dimension."""
MOST_SECONDS = {"rounding": (2, 30), "suppression": (5, 30)}
MOST_SECONDS_TEN_TIMES, MOST_MEMORY = 60, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a month took: cells, seconds for protection and attack, megabytes of its process."""

    cells: int
    protection: float
    attack: float
    memory: int


def run(words: list[str]) -> bool:
    """Print the table; whether every bound is kept."""
    rows, kept = [], True
    for size, bureaux in (("usual", USUAL), ("ten times", TEN_TIMES)):
        for method, made in bureaux.items():
            if words and not {size.split()[0], method} & set(words):
                continue
            one = _alone(made, method)
            fits = _fits(one, method, usual=size == "usual")
            kept &= fits
            rows.append([
                method, size, one.cells, f"{one.protection:.1f}", f"{one.attack:.1f}", one.memory, "" if fits else "too much",
            ])  # fmt: skip
    table("A month", ["method", "size", "cells", "protection s", "attack s", "MB", ""], rows)
    return kept


def _fits(one: Taken, method: str, *, usual: bool) -> bool:
    most = MOST_SECONDS[method]
    in_time = one.protection <= most[0] and one.attack <= most[1]
    return (in_time if usual else one.protection + one.attack <= MOST_SECONDS_TEN_TIMES) and one.memory <= MOST_MEMORY


def _alone(made: Made, method: str) -> Taken:
    """Measured in a process of its own."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured, made, method).result()


def _measured(made: Made, method: str) -> Taken:
    plan = made.plan(method)
    sheets = [made.sheet(plan, month) for month in MONTHS[:2]]
    first = protected(plan, sheets[0], [], made.records)
    start = time.process_time()
    releases = [first, protected(plan, sheets[1], [first], made.records)]
    between = time.process_time()
    found = attack([bundle_of(one) for one in releases], planned=plan.allowed(), fresh=1)
    if found.findings:
        raise AssertionError(found.findings[0])
    return Taken(
        cells=len(releases[1].cells), protection=between - start, attack=time.process_time() - between,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )  # fmt: skip
