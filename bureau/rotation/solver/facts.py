"""What follows from a problem before anybody plans: lookups by id, what is open, who may come."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cached_property

from bureau.rotation.solver.problem import (
    Assignment,
    Block,
    BlockRequires,
    Demand,
    Desk,
    Held,
    Organisation,
    Pin,
    Problem,
    Team,
)

Place = tuple[str, object, str | None]
Kind = tuple[str | None, str | None]
Pairs = Sequence[tuple[Team, Block]]
"""Teams in blocks, in the order in which they are numbered."""
LONGEST_TRAVEL = 60 * 24 * 366
"""Minutes: longer than any month."""


class Facts:
    """A problem with its lookups; computed once, never changed."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.blocks: dict[str, Block] = {block.id: block for block in problem.blocks}
        self.teams: dict[str, Team] = {team.id: team for team in problem.teams}
        self.desks: dict[str, Desk] = {desk.id: desk for desk in problem.desks}
        self.orgs: dict[str, Organisation] = {org.id: org for org in problem.organisations}
        self.travel = timedelta(minutes=min(problem.travel_minutes, LONGEST_TRAVEL))
        self._desks_for: dict[tuple[str, frozenset[str]], frozenset[str]] = {}
        self._closed = {(closed.day, closed.site) for closed in problem.closed_days}

    @cached_property
    def open_blocks(self) -> list[Block]:
        """The blocks of days that are not closed."""
        return [block for block in self.problem.blocks if self.is_open(block)]

    @cached_property
    def pins(self) -> dict[Held, list[Pin]]:
        """The agreed bookings by team and block."""
        pins: dict[Held, list[Pin]] = {}
        for pin in self.problem.pinned:
            pins.setdefault((pin.team, pin.block), []).append(pin)
        return pins

    @cached_property
    def current_desk(self) -> dict[Held, str | None]:
        """The desk of each team and block in the plan in force."""
        return {(one.team, one.block): one.desk for one in self.problem.current or ()}

    @cached_property
    def current_services(self) -> dict[Held, frozenset[str]]:
        """The services of each team and block in the plan in force; empty when there is none."""
        return {(one.team, one.block): one.services for one in self.problem.current or ()}

    @cached_property
    def required_attrs(self) -> dict[str, set[str]]:
        """By block, the attributes that every team there must have."""
        required: dict[str, set[str]] = {}
        for rule in self.problem.rules:
            if isinstance(rule, BlockRequires):
                for block in rule.blocks:
                    required.setdefault(block, set()).add(rule.attr)
        return required

    @cached_property
    def regular_weight(self) -> dict[Held, int]:
        """By team and block, the weight of last month's regular slot that can be kept there."""
        slots: dict[tuple[str, int, int], list[Block]] = {}
        for block in self.open_blocks:
            slots.setdefault(block.slot, []).append(block)
        weight: dict[Held, int] = {}
        for regular in self.problem.previous:
            for block in slots.get(regular.slot, ()):
                if self.teams[regular.team].may_come(block):
                    key = regular.team, block.id
                    weight[key] = weight.get(key, 0) + regular.weight
        return weight

    @cached_property
    def desks_by_site(self) -> dict[str, list[Desk]]:
        """The desks of each site."""
        by_site: dict[str, list[Desk]] = {}
        for desk in self.problem.desks:
            by_site.setdefault(desk.site, []).append(desk)
        return by_site

    @cached_property
    def _open_blocks_by_place(self) -> dict[Place, list[Block]]:
        by_place: dict[Place, list[Block]] = {}
        for block in self.open_blocks:
            for place in places(block):
                by_place.setdefault(place, []).append(block)
        return by_place

    @cached_property
    def demands_by_place(self) -> dict[Place, dict[Kind, list[Demand]]]:
        """The demands by where they count and by what they ask for."""
        by_place: dict[Place, dict[Kind, list[Demand]]] = {}
        for demand in self.problem.demands:
            kinds = by_place.setdefault(place_of(demand), {})
            kinds.setdefault((demand.service, demand.language), []).append(demand)
        return by_place

    @cached_property
    def _teams_by_site(self) -> dict[str, list[Team]]:
        """The teams that come to each site at all, or are pinned there."""
        pinned = {(pin.team, self.blocks[pin.block].site) for pin in self.problem.pinned}
        return {
            site: [
                team for team in self.problem.teams if not team.sites or site in team.sites or (team.id, site) in pinned
            ]
            for site in self.problem.sites
        }

    def blocks_of(self, demand: Demand) -> list[Block]:
        """The open blocks where an assignment counts for the demand's place and time."""
        return self._open_blocks_by_place.get(place_of(demand), [])

    def knows(self, one: Assignment) -> bool:
        """Whether team, block and desk of an assignment exist."""
        return one.team in self.teams and one.block in self.blocks and one.desk in self.desks

    def is_open(self, block: Block) -> bool:
        """Whether something may be planned in the block."""
        closed = self._closed
        return (block.day, None) not in closed and (block.day, block.site) not in closed

    def clash(self, one: Block, other: Block) -> bool:
        """Whether one team cannot hold both: they overlap, or leave no time to travel."""
        first, second = (one, other) if one.begins <= other.begins else (other, one)
        gap = self.travel if one.site != other.site else timedelta(0)
        return second.begins < first.ends + gap

    def desks_for(self, team: Team, block: Block) -> frozenset[str]:
        """The desks of the block that have what the team needs."""
        key = block.id, team.needs
        if key not in self._desks_for:
            self._desks_for[key] = frozenset(
                desk.id
                for desk in self.desks_by_site.get(block.site, ())
                if block.id not in desk.unavailable_blocks and team.needs <= desk.attrs
            )
        return self._desks_for[key]

    def desks_when_pinned(self, team: Team, block: Block) -> frozenset[str]:
        """The desks for the team, narrowed to the one that a pin names."""
        desks = self.desks_for(team, block)
        pins = self.pins.get((team.id, block.id))
        wanted = {pin.desk for pin in pins if pin.desk} if pins else None
        return frozenset(desk for desk in desks if wanted <= {desk}) if wanted else desks

    def may_be_planned(self, team: Team, block: Block) -> bool:
        """Whether no rule about this team and this block alone forbids it."""
        return (
            self.required_attrs.get(block.id, set()) <= team.attrs
            and (team.may_come(block) or (team.id, block.id) in self.pins)
            and bool(self.desks_when_pinned(team, block))
        )

    def candidates(self, blocks: Iterable[Block]) -> list[tuple[Team, Block]]:
        """Every team and open block that may be planned together, in the problem's order."""
        return [
            (team, block)
            for block in blocks
            if self.is_open(block)
            for team in self._teams_by_site.get(block.site, ())
            if self.may_be_planned(team, block)
        ]

    def preference_cost(self, team: Team, block: Block) -> int:
        """2 for an undesired window, 1 outside the preferred ones, if the team has any."""
        if any(window.holds(block) for window in team.undesired):
            return 2
        if team.preferred and not any(window.holds(block) for window in team.preferred):
            return 1
        return 0


def places(block: Block) -> list[Place]:
    """Where an assignment in the block counts: its block, and day, week, month here or anywhere."""
    return [
        ("block", block.id, None),
        ("day", block.day, block.site),
        ("day", block.day, None),
        ("week", block.week, block.site),
        ("week", block.week, None),
        ("month", None, block.site),
        ("month", None, None),
    ]


def place_of(demand: Demand) -> Place:
    """Where a demand counts; a block demand looks at its block alone, whatever site it names."""
    if demand.scope == "block":
        return "block", demand.block, None
    return demand.scope, demand.day or demand.week, demand.site
