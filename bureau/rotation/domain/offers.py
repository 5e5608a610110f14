"""What an organisation declares for a month."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bureau.kernel.localised import LocalisedText

from .rounds import Block, RoundInfo

LEVELS = ("preferred", "possible", "undesired")
"""How well a block suits; a block without a level is not possible."""

Pair = tuple[str, str]
"""A service's code and a language's tag."""

BlockKey = tuple[date, time]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedTime:
    """One worker in an offer: what they give and when. ``availability`` maps a block's key to a level."""

    worker_id: int
    pairs: frozenset[Pair] = frozenset()
    availability: Mapping[BlockKey, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredOffer:
    """All that an organisation declares for one round."""

    promised: int
    minimum: int = 0
    max_per_day: int = 1
    max_per_week: int = 5
    max_per_month: int = 20
    max_at_once: int = 1
    remark: str = ""
    workers: tuple[OfferedTime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedService:
    """A service as staff see it."""

    code: str
    name: LocalisedText
    category: str
    icon: str
    needs_private_room: bool
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLanguage:
    """A language as its chip shows it."""

    tag: str
    own_name: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerChoice:
    """A worker who can be offered or booked, with what they give."""

    id: int
    label: str
    role: LocalisedText
    services: tuple[NamedService, ...]
    languages: tuple[SpokenLanguage, ...]

    @property
    def pairs(self) -> frozenset[Pair]:
        """Every service × language this worker has."""
        return frozenset((service.code, language.tag) for service in self.services for language in self.languages)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationInfo:
    """A partner organisation by its name."""

    id: int
    code: str
    name: LocalisedText


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPage:
    """What the page "declare" shows. ``offer`` is what is stored (None: not answered yet), ``version`` its version."""

    round: RoundInfo
    organisation: OrganisationInfo
    workers: tuple[WorkerChoice, ...]
    blocks: tuple[Block, ...]
    offer: DeclaredOffer | None
    version: int | None
    answered_at: datetime | None
    usual: DeclaredOffer
    """What the form starts with where nothing is stored: the partnership's usual promise and limits, nobody offered."""
