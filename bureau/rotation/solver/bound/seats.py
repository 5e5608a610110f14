"""Which sets of desks to count for Hall's condition."""

from collections.abc import Iterable

MOST_UNIONS = 128
Desks = frozenset[str]


def desk_sets(allowed: Iterable[Desks]) -> set[Desks]:
    """The unions of these sets of desks; where they are many, the sets and the union of all."""
    kinds = set(allowed)
    unions: set[Desks] = set()
    for one in sorted(kinds, key=sorted):
        unions |= {one} | {one | union for union in unions}
        if len(unions) > MOST_UNIONS:
            return kinds | {frozenset().union(*kinds)}
    return unions
