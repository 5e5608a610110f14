"""Who keeps whom away, who must be there, who comes only with whom; by rule and block, in numbers."""

from collections import defaultdict
from collections.abc import Hashable
from typing import NamedTuple

from bureau.rotation.solver.facts import Facts, Pairs
from bureau.rotation.solver.problem import AlwaysPresent, Companion, NotTogether


class Presence(NamedTuple):
    """An `always_present` rule in one block; `always` when the block may not stay empty."""

    least: int
    always: bool


class Company:
    """For each pair: `apart`, the keys it may not share with other organisations; `serves`, the

    presences it counts for; `needs` and `gives`, the company it asks for and is. `guarded`: for
    each block (by number) its presences.
    """

    def __init__(self, facts: Facts, pairs: Pairs) -> None:
        self._facts, self._pairs = facts, pairs
        self._by_org: dict[str, list[int]] = defaultdict(list)
        for index, (team, _) in enumerate(pairs):
            self._by_org[team.org].append(index)
        self.apart: list[tuple[int, ...]] = [()] * len(pairs)
        self.presences: list[Presence] = []
        self.guarded: dict[int, tuple[int, ...]] = {}
        self.serves: list[tuple[int, ...]] = [()] * len(pairs)
        self.needs: list[tuple[int, ...]] = [()] * len(pairs)
        self.gives: list[tuple[int, ...]] = [()] * len(pairs)
        self.aparts = self.companies = 0
        apart: dict[Hashable, int] = {}
        company: dict[Hashable, int] = {}
        for rule in self._facts.problem.rules:
            match rule:
                case NotTogether():
                    self._read_apart(rule, apart)
                case AlwaysPresent():
                    self._read_presence(rule)
                case Companion(org=org, needs_org=needs_org) if org != needs_org:
                    self._read_companion(rule, company)
        self.aparts, self.companies = len(apart), len(company)

    def _read_apart(self, rule: NotTogether, numbers: dict[Hashable, int]) -> None:
        for index in sorted(index for org in rule.orgs for index in self._by_org[org]):
            block = self._pairs[index][1]
            where = (rule.id, block.site, block.day) if rule.scope == "day" else (rule.id, block.id)
            self.apart[index] += (numbers.setdefault(where, len(numbers)),)

    def _read_presence(self, rule: AlwaysPresent) -> None:
        numbers: dict[str, int] = {}
        blocks = {block.id: index for index, block in enumerate(self._facts.problem.blocks)}
        for block in self._facts.open_blocks:
            if rule.covers(block) and rule.count:
                numbers[block.id] = len(self.presences)
                self.presences.append(Presence(rule.count, rule.when == "open"))
                index = blocks[block.id]
                self.guarded[index] = (*self.guarded.get(index, ()), numbers[block.id])
        for index, (team, block) in enumerate(self._pairs):
            if rule.attr in team.attrs and block.id in numbers:
                self.serves[index] += (numbers[block.id],)

    def _read_companion(self, rule: Companion, numbers: dict[Hashable, int]) -> None:
        for org, table in ((rule.org, self.needs), (rule.needs_org, self.gives)):
            for index in self._by_org[org]:
                key = rule.id, self._pairs[index][1].id
                table[index] += (numbers.setdefault(key, len(numbers)),)
