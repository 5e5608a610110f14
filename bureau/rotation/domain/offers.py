"""What an organisation declares for a month."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from bureau.kernel.errors import Refused
from bureau.kernel.localised import LocalisedText
from bureau.organisations.domain.usual import Usual

from .refusals import (
    NotQualified,
    PromiseOutOfRange,
    UnknownBlock,
    UnknownLanguage,
    UnknownLevel,
    UnknownService,
    UnknownWorker,
)
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
    organisation_id: int
    label: str
    role: LocalisedText
    services: tuple[NamedService, ...]
    languages: tuple[SpokenLanguage, ...]
    attributes: tuple[str, ...] = ()

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
class Draft:
    """What is written and not sent: fields by name, and what the last sweeping step replaced. Version 0: nothing yet."""

    cells: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPage:
    """What the page "declare" shows. ``offer`` is the answer sent (None: not answered yet), ``version`` its version."""

    round: RoundInfo
    organisation: OrganisationInfo
    workers: tuple[WorkerChoice, ...]
    blocks: tuple[Block, ...]
    offer: DeclaredOffer | None
    version: int | None
    answered_at: datetime | None
    usual: DeclaredOffer
    """What the form starts with where nothing is stored: the partnership's usual promise and limits, nobody offered."""
    draft: Draft = Draft()
    closures: Mapping[date, LocalisedText] = field(default_factory=dict)
    """Days of the month on which the bureau is closed, and why."""
    shut: frozenset[BlockKey] = frozenset()
    """Blocks in which every slot has been closed."""

    @property
    def base(self) -> DeclaredOffer:
        """What a draft changes: the answer in force, else what is usual."""
        return self.offer or self.usual


NUMBERS = ("promised", "minimum", "max_per_day", "max_per_week", "max_per_month", "max_at_once")
MOST = 999


def problems_of(
    offer: DeclaredOffer,
    *,
    workers: Mapping[int, WorkerChoice],
    services: Collection[str],
    languages: Collection[str],
    blocks: Collection[BlockKey],
) -> list[Refused]:
    """Everything that is wrong with an offer, each with the field it belongs to."""
    found = number_problems(offer)
    for time_ in offer.workers:
        worker = workers.get(time_.worker_id)
        if worker is None:
            found.append(UnknownWorker(field="workers", value=time_.worker_id))
            continue
        found += _pairs(time_, worker, services, languages)
        found += _times(time_, blocks)
    return found


def number_problems(offer: DeclaredOffer) -> list[Refused]:
    """What is wrong with the numbers of an offer."""
    return list(_numbers(offer))


def _numbers(offer: DeclaredOffer) -> Iterator[Refused]:
    for name in NUMBERS:
        low = 0 if name in ("promised", "minimum") else 1
        high = offer.promised if name == "minimum" and 0 <= offer.promised <= MOST else MOST
        if not low <= getattr(offer, name) <= high:
            yield PromiseOutOfRange(field=name, low=low, high=high)


def _pairs(
    time_: OfferedTime, worker: WorkerChoice, services: Collection[str], languages: Collection[str]
) -> Iterator[Refused]:
    field_ = f"worker-{worker.id}"
    for service, language in sorted(time_.pairs):
        if service not in services:
            yield UnknownService(field=field_, value=service)
        elif language not in languages:
            yield UnknownLanguage(field=field_, value=language)
        elif (service, language) not in worker.pairs:
            yield NotQualified(field=field_, worker=worker.label, service=service, language=language)


def _times(time_: OfferedTime, blocks: Collection[BlockKey]) -> Iterator[Refused]:
    field_ = f"worker-{time_.worker_id}"
    for (day, starts), level in sorted(time_.availability.items()):
        if (day, starts) not in blocks:
            yield UnknownBlock(field=field_, day=day, starts=starts)
        if level not in LEVELS:
            yield UnknownLevel(field=field_, value=level)


def from_usual(usual: Usual, workers: Iterable[WorkerChoice] = (), blocks: Iterable[Block] = ()) -> DeclaredOffer:
    """A draft from what a partner usually gives: its numbers, and its weekly pattern on the round's blocks."""
    open_ = tuple(blocks)
    drafted = (
        OfferedTime(
            worker_id=worker.id,
            pairs=worker.pairs,
            availability={
                block.key: level
                for block in open_
                if (level := usual.level_at(worker.label, block.day, block.starts, block.ends)) is not None
            },
        )
        for worker in workers
    )
    return DeclaredOffer(
        **{name: getattr(usual, name) for name in NUMBERS},
        workers=tuple(one for one in drafted if one.availability),
    )


def moved_to(offer: DeclaredOffer, workers: Iterable[WorkerChoice], blocks: Iterable[Block]) -> DeclaredOffer:
    """Last month's offer on this month's blocks, by weekday and hour; workers and pairs that are gone are left out.

    Where a weekday's turns differ, the most frequent level of that weekday and hour counts.
    """
    open_, choices = tuple(blocks), {worker.id: worker for worker in workers}
    drafted = tuple(
        _moved(time_, choices[time_.worker_id], open_) for time_ in offer.workers if time_.worker_id in choices
    )
    return replace(offer, remark="", workers=tuple(one for one in drafted if one.availability))


def _moved(time_: OfferedTime, worker: WorkerChoice, blocks: Iterable[Block]) -> OfferedTime:
    weekly: dict[tuple[int, time], Counter[str]] = defaultdict(Counter)
    for (day, starts), level in sorted(time_.availability.items()):
        weekly[day.isoweekday(), starts][level] += 1
    return OfferedTime(
        worker_id=worker.id,
        pairs=time_.pairs & worker.pairs,
        availability={
            block.key: weekly[slot].most_common(1)[0][0]
            for block in blocks
            if (slot := (block.day.isoweekday(), block.starts)) in weekly
        },
    )
