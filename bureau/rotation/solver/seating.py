"""Which team works at which desk of a block: a bipartite matching, kept by augmenting paths."""

from collections.abc import Iterable

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.problem import Held


class Seating:
    """The desks of one block and who works there."""

    def __init__(self, facts: Facts, block: str) -> None:
        self._facts = facts
        self._block = facts.blocks[block]
        self.team_at: dict[str, str] = {}
        self._orders: dict[frozenset[str], list[str]] = {}

    def seat(self, team: str) -> bool:
        """Find the team a desk, moving others if need be; False when none can be found.

        An augmenting path of Kuhn's algorithm: a failed search moves nobody.
        """
        used = self._facts.current_desk.get((team, self._block.id))
        if used is not None and used not in self.team_at and used in self._desks(team):
            self.team_at[used] = team
            return True
        return self._seat(team, set())

    def could_seat(self, team: str) -> bool:
        """Whether `seat` would find a desk; moves nobody."""
        before = dict(self.team_at)
        found = self.seat(team)
        self.team_at = before
        return found

    def _seat(self, team: str, tried: set[str]) -> bool:
        order = self._wished_order(team)
        for desk in sorted(order, key=self.team_at.__contains__):  # a free desk moves nobody
            if desk in tried:
                continue
            tried.add(desk)
            if desk not in self.team_at or self._seat(self.team_at[desk], tried):
                self.team_at[desk] = team
                return True
        return False

    def _wished_order(self, team: str) -> list[str]:
        """The desk of the plan in force first, then those with the least equipment."""
        facts = self._facts
        used, desks = facts.current_desk.get((team, self._block.id)), self._desks(team)
        if desks not in self._orders:
            self._orders[desks] = sorted(desks, key=lambda desk: (len(facts.desks[desk].attrs), desk))
        order = self._orders[desks]
        return order if used not in desks else [str(used), *(desk for desk in order if desk != used)]

    def _desks(self, team: str) -> frozenset[str]:
        return self._facts.desks_when_pinned(self._facts.teams[team], self._block)


def seat_all(facts: Facts, held: Iterable[Held]) -> dict[Held, str]:
    """A desk for each team and block that can have one; those of the plan in force are seated first, and stay."""
    seatings: dict[str, Seating] = {}
    for team, block in sorted(held, key=lambda key: key not in facts.current_desk):
        seatings.setdefault(block, Seating(facts, block)).seat(team)
    return {(team, block): desk for block, seating in seatings.items() for desk, team in seating.team_at.items()}
