"""How many shifts limits leave to a team or an organisation, whatever the others do."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from bureau.rotation.solver.problem import Block, Limits


def room(limits: Limits, blocks: Iterable[Block]) -> int:
    """The most of these shifts that the limits per day, week and month allow."""
    days: Counter[tuple[str, object]] = Counter((block.week, block.day) for block in blocks)
    weeks: dict[str, int] = defaultdict(int)
    for (week, _), count in days.items():
        weeks[week] += _least(count, limits.max_per_day)
    in_weeks = sum(_least(count, limits.in_week(week)) for week, count in weeks.items())
    return _least(in_weeks, limits.max_per_month)


def _least(count: int, limit: int | None) -> int:
    return count if limit is None else min(count, limit)
