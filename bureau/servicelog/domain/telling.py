"""What a month's log tells: a few tables of one way each, beside those of the month before."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bureau.kernel.month import Month

from .fives import in_fives

NOT_SAID = ""
Table = Mapping[str, int]
Tables = Mapping[tuple[str, str], Table]
"""By what was counted and by what it is split: code of a service, an organisation and so on, to number."""

BY_TIME = ("hour", "waiting")
TOLD_TO_ALL = (
    ("consultation", "service"), ("consultation", "language"), ("consultation", "hour"), ("consultation", "waiting"),
    ("unmet", "service"), ("unmet", "language"), ("group", "service"),
)  # fmt: skip
"""What is told, in its order. No two-way table is among them: those would have to agree with each other in more than a
sum.
"""
TOLD_OF_BUREAU = (("consultation", "organisation"), *TOLD_TO_ALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """So many of one kind, by service and language."""

    month: Month
    kind: str
    service: str
    language: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of one kind, of an organisation."""

    month: Month
    kind: str
    organisation: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """So many consultations in an hour of the day, after so long a wait; None where that was not said."""

    month: Month
    hour: int | None
    waiting: str | None
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of a chart: this month and the one before."""

    code: str
    now: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One table: its lines, their sums, and the largest number in it."""

    kind: str
    split: str
    bars: tuple[Bar, ...]
    now: int
    before: int

    @property
    def most(self) -> int:
        """The largest number, at least 1."""
        return max(1, *(max(bar.now, bar.before) for bar in self.bars))

    @property
    def first(self) -> Bar | None:
        """The line with the most of this month, if there is one alone that says something."""
        said = sorted((bar for bar in self.bars if bar.code != NOT_SAID), key=lambda bar: -bar.now)
        alone = said and said[0].now > 0 and (len(said) == 1 or said[0].now > said[1].now)
        return said[0] if alone else None


def tables_of(lines: Iterable[Line], moments: Iterable[Moment], shares: Iterable[Share], month: Month) -> Tables:
    """The tables of a month, each of the whole of what was counted."""
    found: dict[tuple[str, str], Counter[str]] = {key: Counter() for key in TOLD_OF_BUREAU}

    def add(kind: str, split: str, code: str, number: int) -> None:
        if (kind, split) in found:
            found[kind, split][code] += number

    for line in (one for one in lines if one.month == month):
        add(line.kind, "service", line.service, line.number)
        add(line.kind, "language", line.language, line.number)
    for moment in (one for one in moments if one.month == month):
        add("consultation", "hour", NOT_SAID if moment.hour is None else f"{moment.hour:02d}", moment.number)
        add("consultation", "waiting", moment.waiting or NOT_SAID, moment.number)
    for share in (one for one in shares if one.month == month):
        add(share.kind, "organisation", share.organisation, share.number)
    return found


def tables_in_fives(tables: Tables) -> Tables:
    """The same, told in fives."""
    return {key: in_fives(table) for key, table in tables.items()}


def charts(
    wanted: Sequence[tuple[str, str]], now: Tables, before: Tables, order: Mapping[str, Sequence[str]]
) -> list[Chart]:
    """The tables that tell anything, in their order: times as they follow, all else with the most first.

    ``order`` are the codes of each split as the catalogue lists them: no order tells more than the numbers do.
    """
    found = (_chart(kind, split, now[kind, split], before[kind, split], order[split]) for kind, split in wanted)
    return [chart for chart in found if any(bar.code != NOT_SAID for bar in chart.bars)]


def _chart(kind: str, split: str, now: Table, before: Table, order: Sequence[str]) -> Chart:
    codes = [code for code in (*order, NOT_SAID) if now.get(code) or before.get(code)]
    bars = [Bar(code=code, now=now.get(code, 0), before=before.get(code, 0)) for code in codes]
    if split not in BY_TIME:
        bars.sort(key=lambda bar: (-bar.now, -bar.before))
    return Chart(kind=kind, split=split, bars=tuple(bars), now=sum(now.values()), before=sum(before.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vain:
    """What was asked for in vain, of one service in one language, in this month and the one before."""

    service: str
    language: str
    now: int
    before: int


def asked_in_vain(lines: Sequence[Line], month: Month) -> list[Vain]:
    """What was asked for in vain by service and language together, the most first: for whom it is their own."""
    found: dict[tuple[str, str], Counter[bool]] = {}
    for line in lines:
        if line.kind == "unmet":
            found.setdefault((line.service, line.language), Counter())[line.month == month] += line.number
    every = (
        Vain(service=service, language=language, now=count[True], before=count[False])
        for (service, language), count in found.items()
        if count[True] or count[False]
    )
    return sorted(every, key=lambda one: (-one.now, -one.before, one.service, one.language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What a month comes to as a whole: the three kinds, the sessions, and how full those were."""

    consultations: int
    came: int
    vain: int
    planned: int
    held: int
    load: float | None
    """Consultations for each hour of sessions held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A month beside the one before, as its page tells it; ``rounded`` where that is in fives."""

    month: Month
    rounded: bool
    now: Sum
    before: Sum
    charts: tuple[Chart, ...]
    vain: tuple[Vain, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.charts and not self.now.planned


def sum_of(tables: Tables, *, planned: int, held: int, hours: float) -> Sum:
    """The whole of a month from its tables: each kind has one that splits it by service."""
    consultations, came, vain = (sum(tables[kind, "service"].values()) for kind in ("consultation", "group", "unmet"))
    load = round(consultations / hours, 1) if hours else None
    return Sum(consultations=consultations, came=came, vain=vain, planned=planned, held=held, load=load)
