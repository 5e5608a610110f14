"""Which teams and blocks can matter to whether there is a plan at all."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from bureau.rotation.solver.facts import Facts, Kind
from bureau.rotation.solver.problem import AlwaysPresent, Block, Companion, Team
from bureau.rotation.solver.wish import Wish

Pair = tuple[Team, Block]


def needed_pairs(facts: Facts, wish: Wish | None, may: Callable[[Team, Block], bool]) -> list[Pair]:
    """Every team and open block that some plan may need, of those that `may` allows.

    What no pin, hard demand, hard minimum, rule or wish asks for can be taken out of a valid plan
    and leaves it valid: limits and overlaps only forbid. Those who are there for the sake of
    others (company, a presence) are needed only where somebody is asked for. So a plan exists
    exactly if one exists on these pairs, whichever of the rules hold.
    """
    asked = _Asked(facts, wish)
    order = {team.id: index for index, team in enumerate(facts.problem.teams)}
    pairs: list[Pair] = []
    for block in facts.open_blocks:
        there = asked.for_(block)
        if there:
            there |= asked.beside(block)
            teams = (facts.teams[team] for team in sorted(there, key=order.__getitem__))
            pairs += [(team, block) for team in teams if may(team, block)]
    return pairs


class _Asked:
    """Who is asked for in each block, and who may have to come with them."""

    def __init__(self, facts: Facts, wish: Wish | None) -> None:
        self._facts = facts
        self._present = [rule for rule in facts.problem.rules if isinstance(rule, AlwaysPresent)]
        self._by_kind: dict[Kind, set[str]] = {}
        self._kinds: dict[str, set[Kind]] = defaultdict(set)
        self._teams: dict[str, set[str]] = defaultdict(set)
        for pin in facts.problem.pinned:
            self._teams[pin.block].add(pin.team)
        for demand in facts.problem.demands:
            if demand.hard and demand.min:
                self._ask(facts.blocks_of(demand), (demand.service, demand.language))
        if wish is not None and wish.team is not None:
            for block in wish.blocks(facts):
                self._teams[block.id].add(wish.team)
        elif wish is not None:
            self._ask(wish.blocks(facts), wish.kind)

    def _ask(self, blocks: Iterable[Block], kind: Kind) -> None:
        for block in blocks:
            self._kinds[block.id].add(kind)

    def for_(self, block: Block) -> set[str]:
        """The teams that something can ask for in the block."""
        found = set(self._teams.get(block.id, ())) | self._promised
        for kind in self._kinds.get(block.id, ()):
            found |= self._giving(kind)
        for rule in self._present:
            if rule.when == "open" and rule.covers(block):
                found |= self._having(rule.attr)
        return found

    def beside(self, block: Block) -> set[str]:
        """The teams that others may need beside them in the block."""
        found = set(self._companions)
        for rule in self._present:
            if rule.covers(block):
                found |= self._having(rule.attr)
        return found

    def _giving(self, kind: Kind) -> set[str]:
        if kind not in self._by_kind:
            self._by_kind[kind] = {team.id for team in self._facts.problem.teams if team.gives(*kind)}
        return self._by_kind[kind]

    def _having(self, attr: str) -> set[str]:
        return {team.id for team in self._facts.problem.teams if attr in team.attrs}

    @cached_property
    def _promised(self) -> set[str]:
        orgs = {org.id for org in self._facts.problem.organisations if org.min_hard and org.min_shifts}
        return self._of(orgs)

    @cached_property
    def _companions(self) -> set[str]:
        rules = [rule for rule in self._facts.problem.rules if isinstance(rule, Companion)]
        return self._of({rule.needs_org for rule in rules if rule.org != rule.needs_org})

    def _of(self, orgs: set[str]) -> set[str]:
        return {team.id for team in self._facts.problem.teams if team.org in orgs}
