"""Who could take an open slot, the most fitting first: what their organisation offered, and what is missing there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from .board import Candidate, Seat
from .offers import OfferedTime, Pair
from .rooms import attributes_of, needs_of_session
from .round_facts import Wanted, iso_week
from .rounds import Block

MOST_ASKED = 2
"""So many services are ticked beforehand; a session that promises everything promises nothing."""

LEVELS = {"preferred": 3, "possible": 2, "undesired": 1}
NEEDED, WISHED = 10, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWish:
    """Something that is missing at that time; ``worth`` is larger where even the minimum is not met."""

    service: str | None
    language: str | None
    worth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A worker with what they would give there; ``asked`` are those of the services that are missing there."""

    worker_id: int
    services: tuple[str, ...]
    languages: tuple[str, ...]
    asked: frozenset[str]
    offered: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A session as far as wishes count it: when it begins, what is given in it and spoken."""

    day: date
    starts: time
    services: frozenset[str]
    languages: frozenset[str]


def days_that_count(block: Block, wanted: Iterable[Wanted]) -> tuple[date, date]:
    """The first and last day of which the sessions must be known, to say what is missing in the block."""
    if any(wish.per == "month" for wish in wanted):
        return date.min, date.max
    monday = block.day - timedelta(days=block.day.weekday())
    return monday, monday + timedelta(days=6)


def open_wishes(block: Block, wanted: Iterable[Wanted], given: Sequence[Given]) -> tuple[OpenWish, ...]:
    """What the bureau wishes of the block, or of its day, week or month, and does not have."""
    found = []
    for wish in wanted:
        have = sum(_meets(one, wish) and _in_place(wish.per, one, block) for one in given)
        if have < wish.target:
            worth = wish.weight * (NEEDED if have < wish.minimum else WISHED)
            found.append(OpenWish(service=wish.service, language=wish.language, worth=worth))
    return tuple(found)


def _in_place(per: str, one: Given, block: Block) -> bool:
    same = {
        "block": (one.day, one.starts) == block.key,
        "day": one.day == block.day,
        "week": iso_week(one.day) == iso_week(block.day),
        "month": True,
    }
    return same[per]


def _meets(one: Given, wish: Wanted) -> bool:
    return wish.service in (None, *one.services) and wish.language in (None, *one.languages)


def suggestions(
    candidates: Iterable[Candidate],
    offered: Mapping[int, OfferedTime],
    block: Block,
    seat: Seat,
    wishes: Sequence[OpenWish],
) -> tuple[Suggestion, ...]:
    """One for each candidate who is free then, the best first: who offered that time, who gives what is missing."""
    ranked = []
    for place, candidate in enumerate(one for one in candidates if not one.busy):
        time = offered.get(candidate.worker_id, OfferedTime(worker_id=candidate.worker_id))
        level = LEVELS.get(time.availability.get(block.key, ""), 0)
        worth, made = _suggestion(candidate, time, seat, wishes, offered=level > 0)
        ranked.append(((-(level > 0), -worth, -level, place), made))
    return tuple(made for _, made in sorted(ranked, key=lambda one: one[0]))


def _suggestion(
    candidate: Candidate, time: OfferedTime, seat: Seat, wishes: Sequence[OpenWish], *, offered: bool
) -> tuple[int, Suggestion]:
    pairs = _pairs(candidate, time)
    worth = {
        one.code: _worth(one.code, pairs, wishes) for one in candidate.services if one.code in {p[0] for p in pairs}
    }
    fitting = [one.code for one in candidate.services if needs_of_session([one]) <= attributes_of(seat)]
    best = sorted((code for code in worth if code in fitting), key=lambda code: -worth[code])
    asked = [code for code in best if worth[code]][:MOST_ASKED]
    services = asked or best[:1] or fitting[:1]
    languages = [one.tag for one in candidate.languages if any((code, one.tag) in pairs for code in services)]
    made = Suggestion(
        worker_id=candidate.worker_id,
        services=tuple(services),
        languages=tuple(languages or (one.tag for one in candidate.languages)),
        asked=frozenset(asked),
        offered=offered,
    )
    return sum(worth[code] for code in asked), made


def _pairs(candidate: Candidate, time: OfferedTime) -> frozenset[Pair]:
    """What the organisation offered of what the worker can give in this room; all of it where it offered nothing."""
    able = frozenset((one.code, spoken.tag) for one in candidate.services for spoken in candidate.languages)
    return able & time.pairs or able


def _worth(service: str, pairs: frozenset[Pair], wishes: Sequence[OpenWish]) -> int:
    """How much is missing of that service in a language that comes with it."""
    spoken = {language for code, language in pairs if code == service}
    return sum(wish.worth for wish in wishes if wish.service in (None, service) and wish.language in (None, *spoken))


def in_order(candidates: Iterable[Candidate], best: Sequence[Suggestion]) -> tuple[Candidate, ...]:
    """The candidates as they are suggested, those who are busy last."""
    place = {one.worker_id: number for number, one in enumerate(best)}
    return tuple(sorted(candidates, key=lambda one: place.get(one.worker_id, len(place))))
