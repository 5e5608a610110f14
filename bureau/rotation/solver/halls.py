"""Enough desks in a block, as limits on how many teams may be confined to which desks."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

MOST_UNIONS = 1024

Desks = frozenset[str]
Row = tuple[list[int], int]
"""Teams by number, and how many of them can be seated together at most."""


def desk_rows(allowed: Mapping[int, Desks], agreed: AbstractSet[int] = frozenset()) -> tuple[bool, list[Row]]:
    """Rows under which the teams of a block can always be seated, each at a desk it may use.

    Hall's theorem: they can exactly if for every union D of allowed desk sets at most |D| teams
    are confined to D. Where the unions are too many each kind of team gets desks of its own,
    which suffices but is more than needed; the first value says whether the rows are exact.
    `agreed` teams certainly come, to the one desk that they may use: nobody else gets it.
    """
    taken = frozenset[str]().union(*(allowed[one] for one in agreed))
    rows = [([one for one in sorted(agreed) if desk in allowed[one]], 1) for desk in sorted(taken)]
    exact, others = _others({one: desks - taken for one, desks in allowed.items() if one not in agreed})
    return exact, [row for row in rows if len(row[0]) > 1] + others


def _others(allowed: Mapping[int, Desks]) -> tuple[bool, list[Row]]:
    unions = _unions(set(allowed.values()))
    if unions is None:
        return False, _rows(_parted(allowed))
    return True, [
        (confined, len(desks))
        for desks in unions
        if len(confined := [one for one, its in allowed.items() if its <= desks]) > len(desks)
    ]


def _rows(kinds: Mapping[Desks, list[int]]) -> list[Row]:
    return [(members, len(desks)) for desks, members in kinds.items()]


def _parted(allowed: Mapping[int, Desks]) -> dict[Desks, list[int]]:
    """Each kind of team with desks that no other kind may use; the choosiest kinds first."""
    taken: set[str] = set()
    parted: dict[Desks, list[int]] = {}
    kinds = sorted(set(allowed.values()), key=lambda desks: (len(desks), sorted(desks)))
    for place, desks in enumerate(kinds):
        free = sorted(desks - taken)
        own = frozenset(free[: max(1, len(free) // (len(kinds) - place))])
        taken |= own
        parted.setdefault(own, []).extend(one for one, its in allowed.items() if its == desks)
    return parted


def _unions(sets: set[Desks]) -> list[Desks] | None:
    """Every union of the sets, smallest first; None when there are too many."""
    unions: set[Desks] = set()
    for one in sorted(sets, key=sorted):
        unions |= {one} | {one | union for union in unions}
        if len(unions) > MOST_UNIONS:
            return None
    return sorted(unions, key=lambda desks: (len(desks), sorted(desks)))
