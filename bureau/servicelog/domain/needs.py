"""What the log of some months says about the sessions that should be planned: how many, and why."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bureau.kernel.month import Month

from .fives import in_fives

Pair = tuple[str, str]
MONTHS_LOOKED_AT = 3
ENOUGH = 10
"""So many (in fives, so at least six) say that a service is missed in a language; fewer may be chance."""

BORNE = 0.25
"""So much of a session more is borne by the sessions there are."""

WEEKS_A_MONTH = 365.25 / 12 / 7
ONCE_A_WEEK = 0.75
"""What is needed less often than so many times a week is wished by the month."""

GROUP_PLACES = 10
"""How many a group is taken to have room for where the catalogue says one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How long a service takes for one person: a group shares its time."""

    minutes: int
    group: bool = False
    places: int = 1

    @property
    def each(self) -> float:
        """Minutes of a session that one person takes."""
        return self.minutes / (self.places if self.places > 1 else GROUP_PLACES) if self.group else self.minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How often a service was given in a language, and asked for in vain; in fives. ``minutes`` were held in sessions."""

    helped: int = 0
    vain: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is wanted now of a service in a language: so many sessions a week, or a month.

    ``settled`` is the last month that it was confirmed from: no month is taken into account twice.
    """

    demand_id: int
    version: int
    service: str
    language: str
    per: str
    minimum: int
    target: int
    settled: Month | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What is proposed for a service in a language, and what it is made from.

    ``wish`` is what is wanted now, None where nothing is. ``why``: vain (asked for in vain), more (more work than the
    sessions wished have room for), less.
    """

    service: str
    language: str
    per: str
    target: int
    why: str
    asked: Asked
    hours_a_week: float
    wish: Wish | None = None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.service}.{self.language}.{self.per}"

    @property
    def seen(self) -> str:
        """What somebody saw who confirms it: where this is another, they look again."""
        now = (self.wish.demand_id, self.wish.version) if self.wish else (0, 0)
        return ".".join(map(str, (*now, self.target, self.asked.helped, self.asked.vain)))

    @property
    def load(self) -> float | None:
        """Consultations for each hour of sessions held; None where none was."""
        return round(self.asked.helped * 60 / self.asked.minutes, 1) if self.asked.minutes else None


def months_before(month: Month) -> tuple[Month, ...]:
    """The months that are looked at: the last that are over."""
    return tuple(month.shifted(-back) for back in range(MONTHS_LOOKED_AT, 0, -1))


def asked_of(helped: Mapping[Pair, int], vain: Mapping[Pair, int], minutes: Mapping[Pair, int]) -> dict[Pair, Asked]:
    """What was asked, told in fives, so that a page may show it; sessions are no secret."""
    told, missed = in_fives(helped), in_fives(vain)
    return {
        pair: Asked(helped=told.get(pair, 0), vain=missed.get(pair, 0), minutes=minutes.get(pair, 0))
        for pair in sorted({*told, *missed})
    }


def needs_of(
    asked: Mapping[Pair, Asked],
    wishes: Sequence[Wish],
    kinds: Mapping[str, Kind],
    months: Sequence[Month],
    *,
    session_minutes: int,
) -> list[Need]:
    """What should be wished otherwise, what is asked for in vain first; nothing where the log says nothing at all."""
    if not any(one.helped or one.vain for one in asked.values()):
        return []
    weeks = sum((month.last - month.first).days + 1 for month in months) / 7
    due = [one for one in wishes if one.settled is None or one.settled < months[0]]
    found = list(_of_wishes(asked, due, kinds, weeks, session_minutes))
    known = {(one.service, one.language) for one in wishes}
    found += _of_new(asked, known, kinds, weeks, session_minutes)
    return sorted(found, key=lambda one: (("vain", "more", "less").index(one.why), -one.asked.vain, one.key))


def _of_wishes(
    asked: Mapping[Pair, Asked], wishes: Iterable[Wish], kinds: Mapping[str, Kind], weeks: float, minutes: int
) -> Iterator[Need]:
    for wish in wishes:
        one = asked.get((wish.service, wish.language), Asked())
        hours = _hours_a_week(one, kinds[wish.service], weeks)
        target = _sessions(hours, wish.per, minutes)
        if one.vain >= ENOUGH:
            target = max(target, wish.target + 1)
        target = max(target, wish.minimum)
        if target != wish.target and not (target < wish.target and one.vain):
            yield Need(
                service=wish.service, language=wish.language, per=wish.per, target=target, asked=one,
                why=_why(one, rises=target > wish.target), hours_a_week=hours, wish=wish,
            )  # fmt: skip


def _of_new(
    asked: Mapping[Pair, Asked], known: set[Pair], kinds: Mapping[str, Kind], weeks: float, minutes: int
) -> Iterator[Need]:
    for (service, language), one in asked.items():
        if one.vain < ENOUGH or (service, language) in known:
            continue
        hours = _hours_a_week(one, kinds[service], weeks)
        per = "week" if hours * 60 / minutes >= ONCE_A_WEEK else "month"
        target = _sessions(hours, per, minutes)
        yield Need(
            service=service, language=language, per=per, target=target, why="vain", asked=one, hours_a_week=hours
        )


def _hours_a_week(one: Asked, kind: Kind, weeks: float) -> float:
    return round((one.helped + one.vain) * kind.each / 60 / weeks, 1)


def _sessions(hours_a_week: float, per: str, session_minutes: int) -> int:
    a_week = hours_a_week * 60 / session_minutes
    return max(1, math.ceil((a_week if per == "week" else a_week * WEEKS_A_MONTH) - BORNE))


def _why(one: Asked, *, rises: bool) -> str:
    if not rises:
        return "less"
    return "vain" if one.vain >= ENOUGH else "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What is proposed from the log of some months, of which ``counted`` have any entries."""

    months: tuple[Month, ...]
    counted: tuple[Month, ...]
    needs: tuple[Need, ...]
