"""What a wish costs: the plan changed where it must be to fulfil it, the rest of the month held."""

from collections.abc import Iterable

from bureau.rotation.solver.best import Best
from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.ending import Ending
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.improving.improvement import Improvement
from bureau.rotation.solver.plan import Plan
from bureau.rotation.solver.problem import Block
from bureau.rotation.solver.stages import draft_with_core, quick_draft, wanted_of
from bureau.rotation.solver.tables import Tables
from bureau.rotation.solver.wish import Wish

EFFORT_FOR_A_PAIR = 0.0004
MOST_EFFORT = 1.0
"""Deterministic time for the changes around a wish, by how much may change: about 2 seconds at most on a quiet machine."""


class Prices:
    """A plan of a month, ready to be asked what more would cost."""

    def __init__(self, facts: Facts, plan: Plan) -> None:
        self._facts = facts
        self._wanted = tuple(wanted_of(facts, plan))
        self._tables = Tables(facts, facts.candidates(facts.problem.blocks))
        self._before = {self._tables.at[key] for key, _ in self._wanted}

    def draft(self, wish: Wish) -> Draft | None:
        """The plan with the wish fulfilled by adding somebody; None where that breaks a rule."""
        return quick_draft(self._tables.wishing(wish), self._wanted)

    def draft_otherwise(self, wish: Wish, ending: Ending) -> Draft | None:
        """A plan that fulfils the wish and keeps what it can of the plan; None if there is none, or none was found in time."""
        return draft_with_core(self._tables.wishing(wish), self._wanted, wish, ending).draft

    def terms(self, draft: Draft, wish: Wish, ending: Ending) -> dict[str, int]:
        """The terms of the best plan that fulfils the wish and changes nothing far from it; the same every time."""
        free = self.around(draft, wish)
        best = Best(self._facts, lambda progress: None)
        effort = min(MOST_EFFORT, EFFORT_FOR_A_PAIR * len(free))
        best.remember(draft)
        Improvement(draft, best, lambda: ending.over, seed=0, effort=effort).run(1, within=free)
        best.settle()
        return best.terms

    def around(self, draft: Draft, wish: Wish) -> list[int]:
        """The pairs that may change: the weeks of a site that the draft has touched, what its teams hold, and whoever else would do."""
        tables = draft.tables
        moved = self._before.symmetric_difference(draft.held)
        weeks = {_week(tables.pairs[pair][1]) for pair in moved}
        teams = {tables.pairs[pair][0].id for pair in moved}
        others = set(self._fulfilling(wish))
        return [
            pair
            for pair, (team, block) in enumerate(tables.pairs)
            if _week(block) in weeks or (team.id in teams and pair in draft.held) or pair in others
        ]

    def _fulfilling(self, wish: Wish) -> Iterable[int]:
        blocks = {block.id for block in wish.blocks(self._facts)}
        for pair, (team, block) in enumerate(self._tables.pairs):
            if block.id in blocks and wish.team in (None, team.id) and team.gives(*wish.kind):
                yield pair


def _week(block: Block) -> tuple[str, str]:
    return block.site, block.week
