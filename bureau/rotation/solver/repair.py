"""Re-planning: the plan in force stays, but for the weeks of a site in which something broke, or that may change."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.forced import force, hold_liked
from bureau.rotation.solver.problem import Assignment, Block, Current, Held, Team
from bureau.rotation.solver.tables import Tables

Area = tuple[str, str]
"""A site and an ISO week."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Repair:
    """A valid draft near the plan in force, and where it may still change.

    `lost`: the team-blocks that cannot stay; `left`: what stays, before anything is repaired.
    """

    draft: Draft
    areas: frozenset[Area]
    lost: tuple[Held, ...]
    left: dict[Held, frozenset[str]]

    def free(self) -> list[int]:
        """The pairs that may change."""
        return [index for index, (_, block) in enumerate(self.draft.tables.pairs) if _area(block) in self.areas]


def begin_repair(facts: Facts) -> Repair | None:
    """The plan in force with what broke taken out and what the rules ask for put in.

    None when no plan is in force, when nothing broke and no week is asked for or all are, or when the weeks where
    something broke cannot be repaired by themselves.
    """
    asked = facts.problem.replan
    if not facts.problem.current or asked >= {_area(block) for block in facts.open_blocks}:
        return None
    current = {(one.team, one.block): one for one in facts.problem.current or ()}
    staying = {key: one.services for key, one in current.items() if may_stay(facts, one)}
    areas = asked | _areas(facts, [*(current.keys() - staying.keys()), *(facts.pins.keys() - current.keys())])
    while areas:
        elsewhere = {key: given for key, given in staying.items() if _area(facts.blocks[key[1]]) not in areas}
        draft = Draft(Tables(facts, _pairs(facts, areas, elsewhere), settled=elsewhere))
        hold_liked(draft, staying.items())
        left = draft.services()
        wider = areas | _areas(facts, staying.keys() - left.keys())
        if wider == areas:
            lost = tuple(sorted(current.keys() - left.keys()))
            sound = force(draft) and draft.is_sound_everywhere()
            return Repair(draft=draft, areas=frozenset(areas), lost=lost, left=left) if sound else None
        areas = wider
    return None


def in_force(facts: Facts) -> tuple[Assignment, ...]:
    """The plan in force as it stood, with every language its services are given in."""
    return tuple(
        Assignment(
            team=one.team,
            block=one.block,
            desk=one.desk or "",
            services=tuple(sorted(one.services)),
            languages=tuple(sorted(facts.teams[one.team].languages_of(one.services))),
        )
        for one in facts.problem.current or ()
    )


def may_stay(facts: Facts, one: Current) -> bool:
    """Whether a team-block of the plan in force breaks no rule by itself."""
    team, block = facts.teams[one.team], facts.blocks[one.block]
    return (
        facts.is_open(block)
        and facts.may_be_planned(team, block)
        and 0 < len(one.services) <= team.max_services
        and one.services <= team.offers.keys()
    )


def _pairs(facts: Facts, areas: AbstractSet[Area], elsewhere: Iterable[Held]) -> list[tuple[Team, Block]]:
    """Whoever may come in the areas, and those who come elsewhere already."""
    free = facts.candidates(block for block in facts.open_blocks if _area(block) in areas)
    return [*free, *((facts.teams[team], facts.blocks[block]) for team, block in elsewhere)]


def _areas(facts: Facts, held: Iterable[Held]) -> set[Area]:
    return {_area(facts.blocks[block]) for _, block in held}


def _area(block: Block) -> Area:
    return block.site, block.week
