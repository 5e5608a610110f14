"""Which part of a plan to free next: a week or a weekday of a site, or some organisations."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from random import Random
from typing import Any

from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.tables import Tables

LEAST, FIRST, MOST = 100, 300, 1500
"""How many pairs a part has at least, at first and at most."""
GROW, SHRINK = 1.15, 0.9
CURIOSITY = 0.15
"""The chance of a kind without success, beside 1 for the most successful one."""
MEMORY = 0.9
"""How much of a kind's success is remembered at the next try."""

Groups = Mapping[Any, list[int]]
Related = Mapping[Any, list[Hashable]]
Way = tuple[Groups, Related]
"""The pairs by some key, and for each key those that go well with it."""


class Kind:
    """One way to choose a part, how large its parts are and how well they have done."""

    def __init__(self, groups: Groups, related: Related, *, promising: bool = False) -> None:
        self.groups = groups
        self.keys = list(groups)
        self.related = related
        self.promising = promising
        self.size = float(FIRST)
        self.success = 1.0

    def learn(self, saved_for_effort: float, *, solved: bool) -> None:
        """Larger parts where they are solved in time, smaller where not; more of what saves."""
        self.size = min(MOST, self.size * GROW) if solved else max(LEAST, self.size * SHRINK)
        self.success = MEMORY * self.success + (1 - MEMORY) * saved_for_effort


class Neighbourhoods:
    """Every way to choose a part of the plan."""

    def __init__(self, tables: Tables, rng: Random) -> None:
        self._tables = tables
        self._rng = rng
        self._promising: set[int] = set()
        self.kinds = self._all_kinds(promising=False)

    def _all_kinds(self, *, promising: bool) -> list[Kind]:
        ways = (_weeks(self._tables), _weekdays(self._tables), _organisations(self._tables))
        return [Kind(*way, promising=promising) for way in ways if way[0]]

    def favour(self, pairs: Iterable[int]) -> None:
        """Choose larger parts too, of these pairs and of those that are held."""
        if not self._promising:
            self.kinds += self._all_kinds(promising=True)
        self._promising = set(pairs)

    def choose(self, draft: Draft) -> tuple[Kind, list[int]]:
        """A kind, the more successful the more often, and the pairs of one of its parts."""
        top = max(kind.success for kind in self.kinds) or 1.0
        kind = self._rng.choices(self.kinds, [CURIOSITY + kind.success / top for kind in self.kinds])[0]
        return kind, self._cut(self._gathered(kind, draft), int(1.3 * kind.size))

    def _gathered(self, kind: Kind, draft: Draft) -> list[int]:
        """The pairs of a group and of related ones, until there are enough."""
        start = self._rng.choice(kind.keys)
        others = [other for other in kind.related[start] if other != start]
        self._rng.shuffle(others)
        gathered: list[int] = []
        for key in (start, *others):
            if len(gathered) >= kind.size:
                break
            members = kind.groups[key]
            if kind.promising:
                members = [pair for pair in members if pair in self._promising or pair in draft.held]
            gathered += members
        return gathered

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
    groups: dict[Any, list[int]] = defaultdict(list)
    for pair, key in enumerate(keys):
        groups[key].append(pair)
    return dict(groups)


def _weeks(tables: Tables) -> Way:
    groups = _groups((block.site, block.week) for _, block in tables.pairs)
    return groups, _of_the_same_site(groups)


def _weekdays(tables: Tables) -> Way:
    groups = _groups((block.site, block.day.isoweekday()) for _, block in tables.pairs)
    return groups, _of_the_same_site(groups)


def _organisations(tables: Tables) -> Way:
    """Organisations with others that come to the same site."""
    groups = _groups(tables.org)
    sites = {org: tables.pairs[pairs[0]][1].site for org, pairs in groups.items()}
    at: dict[str, list[Hashable]] = defaultdict(list)
    for org, site in sites.items():
        at[site].append(org)
    return groups, {org: at[site] for org, site in sites.items()}


def _of_the_same_site(groups: Groups) -> Related:
    at: dict[str, list[Hashable]] = defaultdict(list)
    for key in groups:
        at[key[0]].append(key)
    return {key: at[key[0]] for key in groups}
