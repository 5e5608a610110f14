"""What processes spend of the processor, as Linux counts it."""

import os
from pathlib import Path

PROCESSES = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")


def spent_by(*roots: int) -> float:
    """Seconds of the processor that these processes and all that they started have spent; nought where nobody counts."""
    known = dict(_counted(one) for one in PROCESSES.glob("[0-9]*") if (one / "stat").exists())
    family = set(roots)
    while more := {number for number, (parent, _) in known.items() if parent in family} - family:
        family |= more
    return sum(known[number][1] for number in family & known.keys())


def _counted(process: Path) -> tuple[int, tuple[int, float]]:
    """The number of a process, its parent's, and its seconds with those of its children that have ended."""
    try:
        words = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:  # it ended while we looked
        return int(process.name), (0, 0.0)
    return int(process.name), (int(words[1]), sum(map(int, words[11:15])) / TICK)
