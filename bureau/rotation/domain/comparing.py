"""Two plans for one month side by side: what the one gains over the other, and what it loses."""

from collections.abc import Mapping
from dataclasses import dataclass

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
