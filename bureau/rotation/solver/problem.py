"""The problem of one month: what is open, who comes, what is needed (format bureau-rota/1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from bureau.rotation.solver.offering import Offering

FORMAT = "bureau-rota/1"
TERMS = (
    "uncovered_min",
    "uncovered_target",
    "promise_unmet",
    "fairness",
    "continuity",
    "regularity",
    "preferences",
    "spread",
    "changes",
)

Scope = Literal["block", "day", "week", "month"]
Held = tuple[str, str]
"""A team and a block."""
Group = tuple[str | int, ...]
"""A named part of the hard rules: a pin, a demand, a rule, a limit or an availability."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """An opening block of a site, with its wall-clock minutes and its real instants (UTC)."""

    id: str
    site: str
    day: date
    week: str
    start: int
    end: int
    begins: datetime
    ends: datetime

    @property
    def slot(self) -> tuple[str, int, int]:
        """The place in the week a resident remembers: site, weekday, start."""
        return self.site, self.day.isoweekday(), self.start


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """A stretch of wall-clock time on a weekday or on one date."""

    weekday: int | None = None
    day: date | None = None
    start: int
    end: int

    def holds(self, block: Block) -> bool:
        """Whether the whole block lies in the window."""
        on_day = block.day == self.day if self.day else block.day.isoweekday() == self.weekday
        return on_day and self.start <= block.start and block.end <= self.end


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedDay:
    """A day on which a site (all sites when None) is shut."""

    day: date
    site: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """A place where one team works during a block."""

    id: str
    site: str
    attrs: frozenset[str] = frozenset()
    unavailable_blocks: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The most shifts of an organisation or a team; None where there is no limit."""

    max_per_day: int | None = None
    max_per_week: int | None = None
    max_per_month: int | None = None
    max_concurrent: int | None = None
    boundary_load: Mapping[str, int] = field(default_factory=dict)

    def in_week(self, week: str) -> int | None:
        """What the weekly limit leaves to this month, after last month's shifts of that week."""
        if self.max_per_week is None:
            return None
        return max(0, self.max_per_week - self.boundary_load.get(week, 0))


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation:
    """A partner with what it promised and what it was given before."""

    id: str
    name: str = ""
    promised: int
    min_shifts: int = 0
    min_hard: bool = False
    carry: int = 0
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, kw_only=True, slots=True)
class Team(Offering):
    """People of one organisation who come together: what they offer, when, and what they need."""

    id: str
    org: str
    sites: frozenset[str] = frozenset()
    available: tuple[Window, ...] = ()
    preferred: tuple[Window, ...] = ()
    undesired: tuple[Window, ...] = ()
    unavailable_dates: frozenset[date] = frozenset()
    needs: frozenset[str] = frozenset()
    attrs: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)

    def may_come(self, block: Block) -> bool:
        """Whether the team declared itself available for the block."""
        if block.day in self.unavailable_dates:
            return False
        if self.sites and block.site not in self.sites:
            return False
        return any(window.holds(block) for window in self.available)


@dataclass(frozen=True, kw_only=True, slots=True)
class Demand:
    """How many teams are wanted in a scope, for a service, a language, the pair or anybody."""

    id: str
    scope: Scope
    block: str | None = None
    day: date | None = None
    week: str | None = None
    site: str | None = None
    service: str | None = None
    language: str | None = None
    min: int
    target: int
    weight: int = 1
    hard: bool = False

    def asks_in(self, block: Block) -> bool:
        """Whether the block, open or not, is in the demand's scope."""
        if self.scope == "block":
            return block.id == self.block
        here = self.site in (None, block.site)
        return here and self.day in (None, block.day) and self.week in (None, block.week)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """A service wanted on several different days of a site's week."""

    site: str
    week: str
    service: str
    days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NotTogether:
    """At most one of these organisations at a site in one block or on one day."""

    id: str
    orgs: frozenset[str]
    scope: Literal["block", "day"] = "block"


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockRequires:
    """Every team in these blocks has the attribute."""

    id: str
    blocks: frozenset[str]
    attr: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AlwaysPresent:
    """So many teams with the attribute whenever somebody is there, or in every open block."""

    id: str
    attr: str
    count: int = 1
    when: Literal["any", "open"] = "any"
    sites: frozenset[str] = frozenset()

    def covers(self, block: Block) -> bool:
        """Whether the rule speaks about the block's site."""
        return not self.sites or block.site in self.sites


@dataclass(frozen=True, kw_only=True, slots=True)
class Companion:
    """One organisation comes only to blocks where the other one is."""

    id: str
    org: str
    needs_org: str


Rule = NotTogether | BlockRequires | AlwaysPresent | Companion


@dataclass(frozen=True, kw_only=True, slots=True)
class Pin:
    """An agreed booking that must stay."""

    team: str
    block: str
    desk: str | None = None
    services: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class RegularSlot:
    """A slot that a team held last month."""

    team: str
    site: str
    weekday: int
    start: int
    weight: int = 1

    @property
    def slot(self) -> tuple[str, int, int]:
        """Site, weekday, start: comparable with `Block.slot`."""
        return self.site, self.weekday, self.start


@dataclass(frozen=True, kw_only=True, slots=True)
class Assignment:
    """A team at a desk in a block, with the services and languages it gives there."""

    team: str
    block: str
    desk: str
    services: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Current:
    """A team-block of the plan in force."""

    team: str
    block: str
    desk: str | None
    services: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One month to plan."""

    id: str
    month: str
    timezone: str
    travel_minutes: int = 0
    sites: tuple[str, ...] = ()
    closed_days: tuple[ClosedDay, ...] = ()
    blocks: tuple[Block, ...] = ()
    desks: tuple[Desk, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    teams: tuple[Team, ...] = ()
    demands: tuple[Demand, ...] = ()
    spread: tuple[Spread, ...] = ()
    rules: tuple[Rule, ...] = ()
    pinned: tuple[Pin, ...] = ()
    previous: tuple[RegularSlot, ...] = ()
    current: tuple[Current, ...] | None = None
    replan: frozenset[tuple[str, str]] = frozenset()
    """Sites and weeks that may change although nothing of the plan in force broke there."""
    planned_shifts: int = 0
    weights: Mapping[str, int] = field(default_factory=dict)
    levels: tuple[tuple[str, ...], ...] = ()

    def weight(self, term: str) -> int:
        """What one unit of a term costs; nothing when the problem does not say."""
        return self.weights.get(term, 0)
