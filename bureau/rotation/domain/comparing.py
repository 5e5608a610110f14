"""Plans side by side: what one gains over another and loses, and what becomes of last month's hours."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time

from .weights import TERMS, Weights, weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How much of a term the two plans have; fewer is better."""

    term: str
    before: int
    after: int

    @property
    def gained(self) -> int:
        """By how much the second plan is better; below nothing where it is worse."""
        return self.before - self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Term by term, and the penalty points of both by either's weights: totals by different weights cannot be compared."""

    differences: tuple[Difference, ...]
    by_first: tuple[int, int]
    by_second: tuple[int, int]

    @property
    def gains(self) -> tuple[Difference, ...]:
        """Where the second is better."""
        return tuple(one for one in self.differences if one.gained > 0)

    @property
    def losses(self) -> tuple[Difference, ...]:
        """Where the second is worse."""
        return tuple(one for one in self.differences if one.gained < 0)


def compare(
    first: Mapping[str, int], second: Mapping[str, int], first_weights: Weights, second_weights: Weights
) -> Comparison:
    """The second score against the first, in the terms' order."""
    return Comparison(
        differences=tuple(
            Difference(term=term, before=first.get(term, 0), after=second.get(term, 0)) for term in TERMS
        ),
        by_first=(weighed(first, first_weights), weighed(second, first_weights)),
        by_second=(weighed(first, second_weights), weighed(second, second_weights)),
    )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Coming:
    """A session of an organisation as residents remember it: its weekday (1 is Monday) and hour."""

    organisation: str
    weekday: int
    starts: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """What becomes of the hours at which residents found an organisation last month, and how many sessions it has.

    An hour is a weekday and a time, however often. As many hours as are gone and new at once have ``moved``.
    """

    organisation: str
    before: int
    after: int
    kept: int
    moved: int
    new: int
    gone: int


def habits(last_month: Iterable[Coming], plan: Iterable[Coming]) -> tuple[Habit, ...]:
    """A plan beside last month, by organisation."""
    before, after = Counter(last_month), Counter(plan)
    return tuple(_habit(code, before, after) for code in sorted({one.organisation for one in (*before, *after)}))


def _habit(code: str, before: Counter[Coming], after: Counter[Coming]) -> Habit:
    known, held = ({one for one in hours if one.organisation == code} for hours in (before, after))
    moved = min(len(known - held), len(held - known))
    return Habit(
        organisation=code,
        before=sum(before[one] for one in known),
        after=sum(after[one] for one in held),
        kept=len(known & held),
        moved=moved,
        new=len(held - known) - moved,
        gone=len(known - held) - moved,
    )
