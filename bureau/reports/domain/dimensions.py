"""Dimensions: the codes that a cell can have in one direction, as a tree."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from .cells import TOTAL, UNKNOWN
from .periods import children_of, parent_of


@dataclass(frozen=True, slots=True)
class Code:
    """One code, what it is a part of (None: it is a root), and its name by language."""

    code: str
    parent: str | None
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Dimension:
    """A tree of codes; a code is the sum of those below it. Several roots do not add up to anything."""

    id: str
    codes: tuple[Code, ...]

    def __post_init__(self) -> None:
        """Codes are their own names: the category and the service both called ``housing`` would be one thing."""
        if len(self.parents) < len(self.codes):
            raise ValueError(f"a code stands twice in {self.id}")

    @cached_property
    def parents(self) -> dict[str, str | None]:
        """What each code is a part of."""
        return {one.code: one.parent for one in self.codes}

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """What each code is the sum of; leaves are not in it."""
        found: dict[str, tuple[str, ...]] = {}
        for one in self.codes:
            if one.parent is not None:
                found[one.parent] = (*found.get(one.parent, ()), one.code)
        return found

    def upward(self, code: str) -> Iterator[str]:
        """The code, what it is a part of, and so on to the root; an unknown code is a mistake."""
        above: str | None = code
        while above is not None:
            yield above
            above = self.parents[above]


def flat(name: str, codes: Iterable[str | Code], *, unknown: bool = False) -> Dimension:
    """A dimension whose codes are all parts of the total; ``unknown`` adds the code for what was not asked."""
    named = [one if isinstance(one, Code) else Code(one, TOTAL) for one in codes]
    rest = [Code(UNKNOWN, TOTAL)] if unknown else []
    return Dimension(name, (Code(TOTAL, None), *named, *rest))


def roots(name: str, codes: Iterable[Code]) -> Dimension:
    """A dimension whose codes are never added up, such as what is measured."""
    return Dimension(name, tuple(codes))


def year_of_periods(year: int) -> Dimension:
    """All months, quarters and the year itself."""
    quarters = children_of(str(year))
    months = [month for quarter in quarters for month in children_of(quarter)]
    return Dimension("TIME_PERIOD", tuple(Code(one, parent_of(one)) for one in (str(year), *quarters, *months)))


def over_the_year(now: Mapping[str, Dimension], before: Iterable[Mapping[str, Dimension]]) -> dict[str, Dimension]:
    """Today's dimensions, with every code that the year's earlier releases had, in the place that it had then.

    What was once counted stays in the sums of the year, and under the same heading.
    """
    found = dict(now)
    for older in before:
        for name, dimension in found.items():
            kept = {one.code: one for one in older[name].codes} if name in older else {}
            ours = [replace(one, parent=kept[one.code].parent) if one.code in kept else one for one in dimension.codes]
            gone = [one for code, one in kept.items() if code not in dimension.parents]
            found[name] = Dimension(name, (*ours, *gone))
    return found
