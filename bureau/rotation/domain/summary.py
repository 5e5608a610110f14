"""An offer in a few words, for those who declared it: "legal help in Bulgarian and Arabic, Thursdays 10–12"."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from .offers import LEVELS, BlockKey, DeclaredOffer, NamedService, OfferedTime, Pair, SpokenLanguage, WorkerChoice
from .rounds import Block

Span = tuple[time, time]

MOST_EXCEPTIONS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """Services that are given in the same languages."""

    services: tuple[NamedService, ...]
    languages: tuple[SpokenLanguage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Hours that come again: on every one of the ``weekdays``, but for the ``missing`` days; else on ``days`` only.

    ``days`` is empty where the weekdays say it all.
    """

    spans: tuple[Span, ...]
    weekdays: tuple[int, ...] = ()
    missing: tuple[date, ...] = ()
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSummary:
    """What one worker gives, and when by how well it suits."""

    label: str
    givings: tuple[Giving, ...]
    times: Mapping[str, tuple[Times, ...]]


def summarise(
    offer: DeclaredOffer, workers: Iterable[WorkerChoice], blocks: Collection[Block]
) -> tuple[WorkerSummary, ...]:
    """The offered workers, in the order of ``workers``; those who give nothing or never can are left out."""
    offered = {one.worker_id: one for one in offer.workers}
    found = (_worker(offered[choice.id], choice, blocks) for choice in workers if choice.id in offered)
    return tuple(one for one in found if one.givings and one.times)


def _worker(offered: OfferedTime, choice: WorkerChoice, blocks: Collection[Block]) -> WorkerSummary:
    by_level: dict[str, set[BlockKey]] = defaultdict(set)
    for key, level in offered.availability.items():
        by_level[level].add(key)
    times = {level: times_of(by_level[level], blocks) for level in LEVELS if by_level[level]}
    return WorkerSummary(
        label=choice.label,
        givings=givings_of(offered.pairs, choice),
        times={level: found for level, found in times.items() if found},
    )


def givings_of(pairs: Collection[Pair], choice: WorkerChoice) -> tuple[Giving, ...]:
    """Services put together where their languages are the same, in the worker's order."""
    together: dict[tuple[SpokenLanguage, ...], list[NamedService]] = defaultdict(list)
    for service in choice.services:
        languages = tuple(one for one in choice.languages if (service.code, one.tag) in pairs)
        if languages:
            together[languages].append(service)
    return tuple(Giving(services=tuple(services), languages=languages) for languages, services in together.items())


def times_of(offered: Collection[BlockKey], blocks: Iterable[Block]) -> tuple[Times, ...]:
    """The offered blocks told by weekday and hours, weekdays first, then single days."""
    turns: dict[tuple[int, Span], list[Block]] = defaultdict(list)
    for block in sorted(blocks):
        turns[block.day.isoweekday(), (block.starts, block.ends)].append(block)
    found = [
        _told(weekday, span, there, offered)
        for (weekday, span), there in sorted(turns.items())
        if any(block.key in offered for block in there)
    ]
    return tuple(sorted(_put_together(_joined(found)), key=_in_order))


def _told(weekday: int, span: Span, there: Iterable[Block], offered: Collection[BlockKey]) -> Times:
    days = tuple(block.day for block in there if block.key in offered)
    missing = tuple(block.day for block in there if block.key not in offered)
    if len(missing) <= MOST_EXCEPTIONS and len(missing) < len(days):
        return Times(spans=(span,), weekdays=(weekday,), missing=missing)
    return Times(spans=(span,), days=days)


def _joined(found: Iterable[Times]) -> list[Times]:
    """Hours of the same days become one: 10–12 and 12–14 are 10–14, 10–12 and 13–15 stay two spans."""
    by_days: dict[Times, list[Span]] = defaultdict(list)
    for one in found:
        by_days[replace(one, spans=())] += one.spans
    return [replace(one, spans=_without_seams(spans)) for one, spans in by_days.items()]


def _without_seams(spans: Iterable[Span]) -> tuple[Span, ...]:
    whole: list[Span] = []
    for starts, ends in sorted(spans):
        if whole and whole[-1][1] == starts:
            whole[-1] = (whole[-1][0], ends)
        else:
            whole.append((starts, ends))
    return tuple(whole)


def _put_together(found: Iterable[Times]) -> list[Times]:
    """Weekdays without exceptions that have the same hours, and single days that have, are named together."""
    alike: dict[Times, list[Times]] = defaultdict(list)
    for one in found:
        alike[replace(one, weekdays=(), days=()) if not one.missing else one].append(one)
    told = []
    for many in alike.values():
        weekdays = tuple(weekday for one in many for weekday in one.weekdays)
        days = tuple(sorted(day for one in many for day in one.days))
        told += [replace(many[0], weekdays=weekdays, days=())] if weekdays else []
        told += [replace(many[0], weekdays=(), days=days)] if days else []
    return told


def _in_order(one: Times) -> tuple[bool, tuple[int, ...], tuple[date, ...], tuple[Span, ...]]:
    return bool(one.days), one.weekdays, one.days, one.spans


def most_possible(offer: DeclaredOffer) -> int:
    """How many sessions the offer leaves room for at most, by its times and its limits."""
    there = Counter(key for one in offer.workers if one.pairs for key in one.availability)
    by_day: Counter[date] = Counter()
    for (day, _), workers in there.items():
        by_day[day] += min(workers, offer.max_at_once)
    by_week: Counter[tuple[int, int]] = Counter()
    for day, sessions in by_day.items():
        by_week[day.isocalendar()[:2]] += min(sessions, offer.max_per_day)
    return min(offer.max_per_month, sum(min(sessions, offer.max_per_week) for sessions in by_week.values()))
