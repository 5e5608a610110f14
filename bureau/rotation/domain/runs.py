"""A run of the solver, as seen from outside."""

from collections.abc import Mapping, Sequence
from typing import Any

MOST_ATTEMPTS = 5
"""So many processes are tried on one run: a month on which the solver dies each time would be tried for ever."""
MOST_POINTS = 60
"""So many points of a run's way are kept for its picture."""

Point = tuple[float, int, int | None]
"""Seconds, total and bound."""


def better_progress(known: Mapping[str, Any], told: Mapping[str, Any], *, base: float) -> dict[str, Any]:
    """The progress of a run with what its process told: never worse than known, for the best plan of an earlier process
    is kept. ``base`` are the seconds that earlier processes had.
    """
    total, terms, bound = told["total"], told["terms"], told["bound"]
    if "total" in known:
        if known["total"] <= total:
            total, terms = known["total"], known["terms"]
        bound = max((one for one in (known.get("bound"), bound) if one is not None), default=None)
    seconds = base + told["seconds"]
    return {
        **known, "seconds": seconds, "total": total, "bound": bound, "terms": dict(terms),
        "way": with_point(known.get("way", ()), (round(seconds, 1), total, bound)),
    }  # fmt: skip


def with_point(way: Sequence[Sequence[Any]], point: Point) -> list[list[Any]]:
    """The way with one point more, unless it lies in the past; thinned where it grows long, its ends kept."""
    points = [list(one) for one in way]
    if points and points[-1][0] > point[0]:
        return points
    points.append(list(point))
    return points if len(points) <= MOST_POINTS else [points[0], *points[2:-1:2], points[-1]]
