"""Moving a session to another slot of its month: what it breaks, what it worsens and what it betters, said before.

``breaks`` and ``ensure_can_move`` are the same rules, so what is shown and what is decided cannot differ.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bureau.kernel.errors import Invalid, Refused

from .board import Seat
from .booking import (
    Limits,
    Presence,
    ensure_can_leave,
    ensure_open,
    ensure_qualified,
    ensure_room_fits,
    ensure_within_limits,
)
from .cockpit import Gap
from .offers import NamedService, SpokenLanguage, WorkerChoice
from .problem import places_of
from .refusals import SlotTaken, UnknownWorker, WorkerBusy
from .round_facts import Held, RoundFacts, Wanted, iso_week
from .rounds import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A session, and a slot that it could go to.

    ``giver`` is its worker as they are today, where they still come; ``busy`` is when its worker is elsewhere, ``present`` when its organisation is there, both without the session.
    """

    state: str
    starts_at: datetime
    worker: str
    giver: WorkerChoice | None
    services: tuple[NamedService, ...]
    languages: tuple[str, ...]
    stays: bool
    phase: str
    block: Block
    seat: Seat
    closed: bool
    taken: bool
    busy: tuple[Presence, ...]
    present: tuple[Presence, ...]
    limits: Limits


def breaks(move: Move, *, now: datetime) -> tuple[Refused, ...]:
    """Every rule that the move breaks; none where it can be made."""
    return tuple(refusal for rule in _RULES if (refusal := _refusal(rule, move, now)) is not None)


def ensure_can_move(move: Move, *, now: datetime) -> None:
    """Refuse with the first rule that the move breaks."""
    for refusal in breaks(move, now=now):
        raise refusal


def _refusal(rule: Callable[[Move, datetime], None], move: Move, now: datetime) -> Refused | None:
    try:
        rule(move, now)
    except Refused as refusal:
        return refusal
    return None


def _can_leave(move: Move, now: datetime) -> None:
    ensure_can_leave(move.state, move.starts_at, now=now)


def _goes_elsewhere(move: Move, _now: datetime) -> None:
    if move.stays:
        raise Invalid(field="to", reason="choice")


def _is_open(move: Move, now: datetime) -> None:
    ensure_open(move.phase, move.block, closed=move.closed, now=now)


def _is_free(move: Move, _now: datetime) -> None:
    if move.taken and not move.stays:
        raise SlotTaken(near=())


def _worker_is_free(move: Move, _now: datetime) -> None:
    if any(one.starts_at < move.block.ends_at and move.block.starts_at < one.ends_at for one in move.busy):
        raise WorkerBusy(field="worker", worker=move.worker)


def _worker_gives_it(move: Move, _now: datetime) -> None:
    if move.giver is None:
        raise UnknownWorker(field="worker", value=move.worker)
    ensure_qualified(move.giver, {one.code for one in move.services}, set(move.languages))


def _room_fits(move: Move, _now: datetime) -> None:
    ensure_room_fits(move.seat, move.services)


def _within_limits(move: Move, _now: datetime) -> None:
    ensure_within_limits(move.limits, move.block, move.present)


_RULES = (
    _can_leave,
    _goes_elsewhere,
    _is_open,
    _is_free,
    _worker_gives_it,
    _worker_is_free,
    _room_fits,
    _within_limits,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What becomes worse and better. ``habit``: an hour of last month is ``left`` or ``found``, or neither.

    ``liked``: how the organisation declared the old and the new time (None: not at all); empty where that is the same.
    """

    lost: tuple[Gap, ...] = ()
    gained: tuple[Gap, ...] = ()
    habit: str = ""
    liked: tuple[str | None, ...] = ()

    @property
    def worsens(self) -> bool:
        """Whether anything becomes worse."""
        return bool(self.lost) or self.habit == "left" or _worse(self.liked)


_LIKING = ("preferred", "possible", "undesired", None)


def _worse(liked: Sequence[str | None]) -> bool:
    return bool(liked) and _LIKING.index(liked[0]) < _LIKING.index(liked[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """All that is said of a move before it is made."""

    breaks: tuple[Refused, ...]
    difference: Difference
    pinned: bool
    published: bool
    leaves_series: bool = False
    """It comes again every week, and there it would be in another week than the one that it stands for."""


def difference(
    facts: RoundFacts,
    session: Held,
    to: Block,
    *,
    services: Iterable[NamedService],
    languages: Iterable[SpokenLanguage],
) -> Difference:
    """What the month gains and loses when the session goes to another block; its names come with it."""
    others = [one for one in facts.held if (one.worker_id, one.block) != (session.worker_id, session.block)]
    named, spoken = {one.code: one for one in services}, {one.tag: one for one in languages}
    lost, gained = [], []
    for wish in facts.wanted:
        if not _counts(session, wish) or place_in(wish.per, session.block) == place_in(wish.per, to):
            continue
        before, after = _cover(facts, wish, session.block, others), _cover(facts, wish, to, others)
        if before.have < before.target:
            lost.append(before.of(wish, named, spoken))
        if after.have < after.target:
            gained.append(after.more().of(wish, named, spoken))
    return Difference(
        lost=tuple(sorted(lost, key=lambda one: (one.have >= one.minimum, one.have, one.where))),
        gained=tuple(gained),
        habit=_habit(facts, session, to),
        liked=_liked(facts, session, to),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cover:
    """How often a wish is met at a place, and how often it should be."""

    where: str
    have: int
    minimum: int
    target: int

    def more(self) -> "_Cover":
        return _Cover(where=self.where, have=self.have + 1, minimum=self.minimum, target=self.target)

    def of(self, wish: Wanted, named: dict[str, NamedService], spoken: dict[str, SpokenLanguage]) -> Gap:
        return Gap(
            per=wish.per,
            where=self.where,
            service=named[wish.service] if wish.service else None,
            language=spoken[wish.language] if wish.language else None,
            have=self.have,
            minimum=self.minimum,
            target=self.target,
            qualified=(),
        )


def _cover(facts: RoundFacts, wish: Wanted, block: Block, others: Iterable[Held]) -> _Cover:
    """How the wish stands where that block lies, without the session."""
    where = place_in(wish.per, block)
    minimum, target = asked_at(wish, where, facts.blocks)
    have = sum(_counts(one, wish) and place_in(wish.per, one.block) == where for one in others)
    return _Cover(where=where, have=have, minimum=minimum, target=target)


def asked_at(wish: Wanted, where: str, blocks: Sequence[Block]) -> tuple[int, int]:
    """The least that is wished for at a place of the month, and how much is."""
    share = next((part for place, part in places_of(wish.per, blocks) if where in place.values()), 1.0)
    minimum = int(wish.minimum * share)
    return minimum, max(minimum, round(wish.target * share))


def _counts(session: Held, wish: Wanted) -> bool:
    return counts(wish, session.services, session.languages)


def counts(wish: Wanted, services: Collection[str], languages: Collection[str]) -> bool:
    """Whether a session with these is one that is wished for."""
    gives = wish.service is None or wish.service in services
    return gives and (wish.language is None or wish.language in languages)


def place_in(per: str, block: Block) -> str:
    """Where a wish counts a block; a wish for the month has one place only."""
    places = {"block": block.code, "day": block.day.isoformat(), "week": iso_week(block.day)}
    return places.get(per, "")


def _habit(facts: RoundFacts, session: Held, to: Block) -> str:
    """Whether residents know the worker at the old hour, or at the new one, from last month."""
    old, new = (
        (session.worker_id, block.day.isoweekday(), block.starts) in facts.previous for block in (session.block, to)
    )
    return "" if old == new else "left" if old else "found"


def _liked(facts: RoundFacts, session: Held, to: Block) -> tuple[str | None, ...]:
    """How the organisation declared both times for the worker; empty where it is the same, or nothing was declared."""
    declared = [
        offered.availability
        for answer in facts.answers
        for offered in answer.offer.workers
        if offered.worker_id == session.worker_id
    ]
    if not declared:
        return ()
    old, new = declared[0].get(session.block.key), declared[0].get(to.key)
    return () if old == new else (old, new)
