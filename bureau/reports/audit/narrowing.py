"""Bounds drawn together along the sums until nothing moves: quick, sound for whole numbers, and mostly not the last word."""

from collections import defaultdict, deque
from collections.abc import Sequence
from math import inf


class Contradiction(Exception):
    """No counts at all agree with what was published."""


def narrow(low: list[float], high: list[float], sums: Sequence[tuple[int, tuple[int, ...]]]) -> None:
    """Draw `low` and `high` together in place."""
    touching: dict[int, list[int]] = defaultdict(list)
    for number, (whole, parts) in enumerate(sums):
        for one in (whole, *parts):
            touching[one].append(number)
    waiting, queued = deque(range(len(sums))), set(range(len(sums)))
    while waiting:
        number = waiting.popleft()
        queued.discard(number)
        for moved in _along(low, high, *sums[number]):
            if low[moved] > high[moved]:
                raise Contradiction
            fresh = [one for one in touching[moved] if one not in queued]
            waiting.extend(fresh)
            queued.update(fresh)


def _along(low: list[float], high: list[float], whole: int, parts: tuple[int, ...]) -> list[int]:
    """Those whose bounds move by one sum."""
    least, most, endless = sum(low[one] for one in parts), sum(high[one] for one in parts if high[one] < inf), 0
    endless = sum(high[one] == inf for one in parts)
    moved = [whole] if _set(low, high, whole, least, inf if endless else most) else []
    for one in parts:
        own = high[one] == inf
        others = inf if endless - own else most - (0 if own else high[one])
        if _set(low, high, one, low[whole] - others, high[whole] - (least - low[one])):
            moved.append(one)
            least, most = sum(low[each] for each in parts), sum(high[each] for each in parts if high[each] < inf)
            endless = sum(high[each] == inf for each in parts)
    return moved


def _set(low: list[float], high: list[float], one: int, least: float, most: float) -> bool:
    moves = least > low[one] or most < high[one]
    low[one], high[one] = max(low[one], least), min(high[one], most)
    return moves
