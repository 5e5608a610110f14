"""What the manager sees of a round."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bureau.kernel.localised import LocalisedText

from .offers import NamedService, OrganisationInfo, SpokenLanguage
from .rounds import RoundInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseStep:
    """A phase on the line: ``state`` is ``done``, ``now`` or ``next``; ``may_go`` whether the manager may switch to it."""

    phase: str
    state: str
    until: datetime | None
    may_go: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whether an organisation has answered, and what it promised."""

    organisation: OrganisationInfo
    answered_at: datetime | None
    promised: int | None
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """An organisation's promise, its fair share of what is planned, and what it has.

    ``carried``: what it gave above (+) or below (−) its shares before, as far as this month evens it out; ``fair`` is
    what that leaves it.
    """

    organisation: OrganisationInfo
    promised: int
    minimum: int
    carried: int
    fair: int
    given: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageCell:
    """How often something is there and how often it should be; ``state``: ``covered``, ``thin``, ``missing`` or ``unasked``."""

    have: int
    minimum: int
    target: int

    @property
    def state(self) -> str:
        """In one word; shown with a shape, never by colour alone."""
        if not self.target:
            return "unasked"
        if self.have >= self.target:
            return "covered"
        return "thin" if self.have else "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCategory:
    """A service category as staff see it."""

    code: str
    name: LocalisedText
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """A category, with a cell for each of ``Coverage.languages`` and one for any language at all."""

    category: NamedCategory
    cells: tuple[CoverageCell, ...]
    any_language: CoverageCell


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Service category × language, of a month or (``week`` stated) of one ISO week such as ``2026-W50``."""

    week: str | None
    languages: tuple[SpokenLanguage, ...]
    rows: tuple[CoverageRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A wish that the plan does not meet. ``where`` names its block, day, week or month; ``qualified`` who could help."""

    per: str
    where: str
    service: NamedService | None
    language: SpokenLanguage | None
    have: int
    minimum: int
    target: int
    qualified: tuple[OrganisationInfo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalInfo:
    """One run of the solver. ``state`` counts a run without a sign of life as ``failed``.

    ``score`` maps each term to its value; ``gap`` is the distance to the proven best in percent (None: unknown).
    """

    id: int
    number: int
    state: str
    seconds: int
    elapsed: float
    total: int | None
    bound: int | None
    gap: float | None
    score: Mapping[str, int]
    shifts: int
    started_at: datetime
    finished_at: datetime | None
    can_be_accepted: bool
    problem_found: str | None
    """``infeasible``, ``malformed``, ``invalid`` or ``died``, where there is no plan."""
    conflict: tuple[tuple[Any, ...], ...] = ()
    conflict_minimal: bool = True
    """Whether it is proven that nothing in the conflict can be spared."""
    interrupted: bool = False
    """Its process is gone; another one takes it up by itself."""
    stopping: bool = False
    way: tuple[tuple[float, int, int | None], ...] = ()
    """Seconds, total and bound of the plans on the way."""
    weights: Mapping[str, int] = field(default_factory=dict)
    preset: str | None = None
    asked: int = 0
    """All that is wished for, each session times its wish's weight, as the terms of a score count what is missing."""

    @property
    def coverage(self) -> int | None:
        """How much of what is wished for the best plan so far gives, in percent; None where nothing is known of it."""
        if not self.asked or not self.score:
            return None
        missing = self.score.get("uncovered_min", 0) + self.score.get("uncovered_target", 0)
        return int(100 * max(0, self.asked - missing) / self.asked)

    @property
    def proven(self) -> bool:
        """Whether no plan can be better."""
        return self.total is not None and self.bound is not None and self.bound >= self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Cockpit:
    """The round at a glance."""

    round: RoundInfo
    phases: tuple[PhaseStep, ...]
    answers: tuple[Answer, ...]
    coverage: Coverage
    shares: tuple[Share, ...]
    gaps: tuple[Gap, ...]
    proposals: tuple[ProposalInfo, ...]
    slots: int
    taken: int
    published_number: int | None
    fallen: int = 0
    """Sessions that fell out of the plan in force: given back, cancelled, or no longer possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a wish is not met in a proposal: ``kind`` ``conflict`` (with groups), ``possible`` or ``unknown``.

    ``reasons`` are what a look-up says: a code and how many ``teams`` it holds for. ``demand`` is the solver's name.
    """

    demand: str
    gap: Gap
    kind: str | None
    conflict: tuple[tuple[Any, ...], ...]
    reasons: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLeftOut:
    """A session of an accepted plan that did not hold any more. ``starts`` is on the bureau's clock, without a zone.

    ``why`` is the code of the rule; ``subject`` the service or language it speaks of, ``needs`` what its room must be.
    ``worker`` is empty where the worker was deleted.
    """

    starts: datetime
    room: LocalisedText
    organisation: LocalisedText
    worker: str
    why: str
    needs: str
    subject: LocalisedText
