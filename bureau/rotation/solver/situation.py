"""A plan seen from where one more team would come: who is there, what they hold, where they sit."""

from collections import defaultdict
from collections.abc import Sequence

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.problem import Assignment, Block, Held, Team

Shift = tuple[str, Block]
"""A team and a block it holds."""


class Situation:
    """A valid plan with its lookups."""

    def __init__(self, facts: Facts, plan: Sequence[Assignment]) -> None:
        self.facts = facts
        self.held: dict[Held, Assignment] = {}
        self.there: dict[str, list[Assignment]] = defaultdict(list)
        self.of_team: dict[str, list[Shift]] = defaultdict(list)
        self.of_org: dict[str, list[Shift]] = defaultdict(list)
        for one in plan:
            shift = one.team, facts.blocks[one.block]
            self.held[one.team, one.block] = one
            self.there[one.block].append(one)
            self.of_team[one.team].append(shift)
            self.of_org[facts.teams[one.team].org].append(shift)

    def teams_in(self, block: Block) -> list[Team]:
        """Who is in the block."""
        return [self.facts.teams[one.team] for one in self.there.get(block.id, ())]

    def on_day(self, block: Block, orgs: frozenset[str]) -> list[Shift]:
        """The shifts of these organisations at the block's site on its day."""
        shifts = (shift for org in sorted(orgs) for shift in self.of_org.get(org, ()))
        return [(team, held) for team, held in shifts if (held.site, held.day) == (block.site, block.day)]

    def at_desks(self, block: Block) -> dict[str, str]:
        """By desk, the team that works there in the block."""
        return {one.desk: one.team for one in self.there.get(block.id, ())}

    def can_sit(self, team: Team, block: Block) -> bool:
        """Whether there is a desk for the team, others moved if need be.

        An augmenting path of Kuhn's algorithm; moves nobody.
        """
        at, tried = self.at_desks(block), set[str]()

        def seat(one: Team) -> bool:
            for desk in sorted(self.facts.desks_when_pinned(one, block)):
                if desk not in tried:
                    tried.add(desk)
                    if desk not in at or seat(self.facts.teams[at[desk]]):
                        return True
            return False

        return seat(team)
