"""Costs of a count: the largest convex function below a cost, as steps of constant slope."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """`width` units, each of which changes the cost by `slope`."""

    width: int
    slope: float


def envelope(cost: Sequence[float]) -> list[Step]:
    """The lower convex envelope of `cost[0], cost[1], …`, from left to right (Andrew's chain)."""
    hull: list[int] = []
    for point in range(len(cost)):
        while len(hull) > 1 and _is_above(cost, hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    return [
        Step(width=right - left, slope=(cost[right] - cost[left]) / (right - left)) for left, right in pairwise(hull)
    ]


def _is_above(cost: Sequence[float], left: int, middle: int, right: int) -> bool:
    """Whether the middle point lies on or above the line through the others; whole numbers stay exact."""
    return (cost[middle] - cost[left]) * (right - left) >= (cost[right] - cost[left]) * (middle - left)
