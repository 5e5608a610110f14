"""Which part of a plan to free next: a week or a weekday of a site, organisations, a gap."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from random import Random

from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.tables import Tables

LEAST, FIRST, MOST = 100, 300, 1500
"""How many pairs a part has at least, at first and at most."""
GROW, SHRINK = 1.15, 0.9
MEMORY = 0.9
"""How much of a kind's success is remembered at the next try."""

Groups = dict[Hashable, list[int]]


class Kind:
    """One way to choose a part, how large its parts are and how well they have done."""

    def __init__(self, groups: Groups, related: "dict[Hashable, list[Hashable]]") -> None:
        self.groups = groups
        self.keys = list(groups)
        self.related = related
        self.size = float(FIRST)
        self.success = 1.0

    def choose(self, rng: Random, start: Hashable) -> list[int]:
        """The pairs of a group and of related ones, until there are enough; some teams of it if too many."""
        chosen = list(self.groups[start])
        others = [other for other in self.related[start] if other != start]
        rng.shuffle(others)
        for other in others:
            if len(chosen) >= self.size:
                break
            chosen += self.groups[other]
        return chosen

    def learn(self, saved_per_second: float, *, solved: bool) -> None:
        """Larger parts where they are solved in time, smaller where not; more of what saves."""
        self.size = min(MOST, self.size * GROW) if solved else max(LEAST, self.size * SHRINK)
        self.success = MEMORY * self.success + (1 - MEMORY) * saved_per_second


class Neighbourhoods:
    """Every way to choose a part of the plan."""

    def __init__(self, tables: Tables, rng: Random) -> None:
        self._tables = tables
        self._rng = rng
        self.kinds = [kind for kind in (_weeks(tables), _weekdays(tables), _organisations(tables)) if kind.keys]

    def choose(self, draft: Draft) -> tuple[Kind, list[int]]:
        """A kind by its success so far, and the pairs of a part; costly places more often."""
        rng = self._rng
        top = max(kind.success for kind in self.kinds) or 1.0
        kind = rng.choices(self.kinds, [0.15 + kind.success / top for kind in self.kinds])[0]
        start = rng.choice(kind.keys)
        pairs = kind.choose(rng, start)
        return kind, self._cut(pairs, int(1.3 * kind.size))

    def _cut(self, pairs: Sequence[int], most: int) -> list[int]:
        """All pairs of some of the teams where there are too many."""
        if len(pairs) <= most:
            return list(pairs)
        by_team: dict[str, list[int]] = defaultdict(list)
        for pair in pairs:
            by_team[self._tables.pairs[pair][0].id].append(pair)
        teams = list(by_team.values())
        self._rng.shuffle(teams)
        chosen: list[int] = []
        for members in teams:
            if len(chosen) >= most:
                break
            chosen += members
        return chosen


def _groups(keys: Iterable[Hashable]) -> Groups:
    groups: Groups = defaultdict(list)
    for pair, key in enumerate(keys):
        groups[key].append(pair)
    return dict(groups)


def _weeks(tables: Tables) -> Kind:
    groups = _groups((block.site, block.week) for _, block in tables.pairs)
    return Kind(groups, _by_first(groups))


def _weekdays(tables: Tables) -> Kind:
    groups = _groups((block.site, block.day.isoweekday()) for _, block in tables.pairs)
    return Kind(groups, _by_first(groups))


def _organisations(tables: Tables) -> Kind:
    """Organisations with others that come to the same site."""
    groups = _groups(tables.org)
    at: dict[str, list[Hashable]] = defaultdict(list)
    sites: dict[Hashable, str] = {}
    for org, pairs in groups.items():
        sites[org] = tables.pairs[pairs[0]][1].site
        at[sites[org]].append(org)
    return Kind(groups, {org: at[site] for org, site in sites.items()})


def _by_first(groups: Groups) -> "dict[Hashable, list[Hashable]]":
    by_first: dict[object, list[Hashable]] = defaultdict(list)
    for key in groups:
        by_first[key[0]].append(key)  # type: ignore[index]
    return {key: by_first[key[0]] for key in groups}  # type: ignore[index]
