"""Which months can be opened."""

from collections.abc import Collection

from bureau.kernel.month import Month

MONTHS_AHEAD = 3


def months_to_open(today: Month, opened: Collection[Month]) -> tuple[Month, ...]:
    """The next months without a round, the likeliest first: those after the latest open one, then those left out."""
    latest = max((month for month in opened if month >= today), default=today.shifted(-1))
    ahead = tuple(latest.shifted(step) for step in range(1, MONTHS_AHEAD + 1))
    left_out = tuple(
        month for step in range(MONTHS_AHEAD) if (month := today.shifted(step)) not in opened and month not in ahead
    )
    return ahead + left_out
