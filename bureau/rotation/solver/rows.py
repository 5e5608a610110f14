"""The limits that team-blocks use up: shifts of a day, a week, a month, at once, and desks."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from bureau.rotation.solver.facts import Facts, Pairs
from bureau.rotation.solver.halls import desk_rows
from bureau.rotation.solver.problem import Block, Limits


class Rows:
    """`room`: what each row allows; `of`: for each pair the rows it uses up; `exact`: no more than the rules ask."""

    def __init__(self, facts: Facts, pairs: Pairs) -> None:
        self.room: list[int] = []
        self.exact = True
        self._facts, self._pairs = facts, pairs
        self._numbers: dict[Hashable, int] = {}
        rows: list[list[int]] = [[] for _ in pairs]
        self._limits(rows)
        self._desks(rows)
        self.of = [tuple(row) for row in rows]

    def _limits(self, rows: list[list[int]]) -> None:
        running = self._instants()
        of_org: dict[tuple[str, str], list[int]] = {}
        for index, (team, block) in enumerate(self._pairs):
            rows[index] += [self._row(*limit) for limit in _limits("team", team.id, team.limits, block, running)]
            key = team.org, block.id
            if key not in of_org:
                limits = self._facts.orgs[team.org].limits
                of_org[key] = [self._row(*limit) for limit in _limits("org", team.org, limits, block, running)]
            rows[index] += of_org[key]

    def _desks(self, rows: list[list[int]]) -> None:
        by_block: dict[str, list[int]] = defaultdict(list)
        for index, (_, block) in enumerate(self._pairs):
            by_block[block.id].append(index)
        for members in by_block.values():
            allowed = {index: self._facts.desks_when_pinned(*self._pairs[index]) for index in members}
            exact, found = desk_rows(allowed, {index for index in members if self._has_its_desk(index)})
            self.exact &= exact
            for confined, desks in found:
                self.room.append(desks)
                for index in confined:
                    rows[index].append(len(self.room) - 1)

    def _has_its_desk(self, index: int) -> bool:
        team, block = self._pairs[index]
        return any(pin.desk for pin in self._facts.pins.get((team.id, block.id), ()))

    def _row(self, key: Hashable, most: int) -> int:
        number = self._numbers.setdefault(key, len(self.room))
        if number == len(self.room):
            self.room.append(most)
        return number

    def _instants(self) -> dict[str, list[int]]:
        """For each block, the numbers of the moments at which some block begins while it runs."""
        moments = sorted({block.begins for block in self._facts.open_blocks})
        by_day: dict[object, list[int]] = defaultdict(list)
        for number, moment in enumerate(moments):
            by_day[moment.date()].append(number)
        return {
            block.id: [
                number
                for day in {block.begins.date(), block.ends.date()}
                for number in by_day[day]
                if block.begins <= moments[number] < block.ends
            ]
            for block in self._facts.open_blocks
        }


def _limits(
    kind: str, owner: str, limits: Limits, block: Block, running: dict[str, list[int]]
) -> Iterable[tuple[Hashable, int]]:
    """The limits that a shift in the block uses up, each with the most it allows."""
    if limits.max_per_day is not None:
        yield (kind, owner, block.day), limits.max_per_day
    week = limits.in_week(block.week)
    if week is not None:
        yield (kind, owner, block.week), week
    if limits.max_per_month is not None:
        yield (kind, owner), limits.max_per_month
    if limits.max_concurrent is not None:
        for moment in running[block.id]:
            yield (kind, owner, "at once", moment), limits.max_concurrent
