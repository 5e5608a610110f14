"""What an attack may find, and when a count has been found out."""

from dataclasses import dataclass, field
from math import inf

Coordinates = tuple[str, ...]
"""A code for each dimension, in the order of the release's columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that must not be published like this. The count lies in `low` … `high` for certain.

    | kind | |
    |---|---|
    | `exact` | a small count is known |
    | `certain-small` | a count is surely small and surely not nothing |
    | `narrow` | a count that may be small is known too nearly |
    | `presence` | it is certain that there was somebody |
    | `unsuppressed` | hidden here, shown there |
    | `marked` | hidden with another mark than others, which tells why |
    | `changed` | what was published once is published anew with another number |
    | `contradiction` | the published numbers cannot all be true |
    | `not-derived` | a table that claims to be a sum of shown numbers is none |
    | `not-additive` | rounded columns do not add up as they are shown |
    | `not-rounded` | a number that the announced rounding cannot give |
    | `weak` | the announced rounding hides too little: a shown nothing would mean less than four |
    | `not-planned` | a number outside the plan of the year |
    """

    kind: str
    at: Coordinates
    low: float = 0
    high: float = inf


@dataclass(slots=True, kw_only=True)
class Audit:
    """What an attack found: nothing in `findings` and `unproven` means that the releases may be public."""

    findings: list[Finding] = field(default_factory=list)
    protected: int = 0
    """Counts that were published, but not exactly: each of them was attacked, now or when it was new."""
    counts: int = 0
    """All that a reader can think of, published or not."""
    narrowest: int | None = None
    """Each protected count that may be small and is new can still be anything within a span of this or more."""
    unproven: int = 0
    """Counts of which the tightest interval could not be proven in time: no finding, but no all-clear either."""

    @property
    def clear(self) -> bool:
        """Whether nothing was found and nothing is open."""
        return not self.findings and not self.unproven


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How uncertain every protected count must stay: `threshold` and more is never small; intervals are so wide at least."""

    threshold: int
    least_width: int
    contains_zero: bool

    def and_of(self, other: "Limits") -> "Limits":
        """The stricter of both, each by itself."""
        return Limits(
            threshold=max(self.threshold, other.threshold),
            least_width=max(self.least_width, other.least_width),
            contains_zero=self.contains_zero or other.contains_zero,
        )

    def broken_by(self, low: float, high: float) -> str | None:
        """What a reader has found out who knows that a count lies in `low` … `high`; None if nothing."""
        if low == high and 1 <= low < self.threshold:
            return "exact"
        if low >= 1 and high < self.threshold:
            return "certain-small"
        if high - low < self.least_width and low < self.threshold and high >= 1:
            return "narrow"
        if self.contains_zero and 1 <= low < self.threshold:
            return "presence"
        return None

    def enough(self, least: float, most: float, sign: int) -> float:
        """How small (sign 1) or large (-1) a count must be able to be to be safe, which may be `least` and `most` for sure."""
        return max(0.0, most - self.least_width) if sign > 0 else max(self.threshold, least + self.least_width)

    def safe_from(self, least: float, most: float, *, surely: float) -> bool:
        """Whether a count that may be as small as `least` and as large as `most` is safe whatever else is known.

        It is at least `surely` in any case.
        """
        if surely >= self.threshold:
            return True
        wide = most - least >= self.least_width
        not_small = most >= self.threshold or least < 1
        return wide and not_small and (least < 1 or not self.contains_zero)
