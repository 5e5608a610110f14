"""A published report as a bureau may have it, the same at each call, with names in seven languages.

Its numbers are rounded to fives one by one: good for whatever is made from a report, no proof of the protection.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from flask import Flask

from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.reports.domain.cells import COLUMNS, TOTAL, UNKNOWN, Cell, Coordinates
from bureau.reports.domain.dimensions import Code, Dimension, flat, roots, year_of_periods
from bureau.reports.domain.document import Report
from bureau.reports.domain.periods import months_of
from bureau.reports.domain.plan import (
    ATTENDANCES,
    CONSULTATIONS,
    COVERED,
    FACTS,
    HELD,
    MEASURES,
    PLANNED,
    REFERRALS,
    SPOKEN_HELD,
    SPOKEN_PLANNED,
    UNMET,
    default_plan,
)
from bureau.reports.domain.release import Release
from bureau.reports.domain.tabulating import Record, record, tabulate
from bureau.reports.queries.figures import ARRIVALS, BANDS
from bureau.reports.site.names import Labels, labels_in
from tests.factories.programmes import a_bureau, a_programme

LANGUAGES = ("bg", "en", "fr", "uk", "ru", "ar", "fa")
STATUSES = ("temporary-protection", "protected", "applicant", "other")


def a_report(
    app: Flask, month: str = "2026-12", *, months: int = 3, method: str = "rounding", **changes: Any
) -> Report:
    """The report of a month, with as many ``months`` as that, its own included."""
    bureau = a_bureau()
    own = Month.parse(month)
    told = [str(own.shifted(back)) for back in range(1 - months, 1)]
    releases = [_release(app, one, told[0], method) for one in told]
    report = Report(
        bureau=bureau.code, name=bureau.name, city=LocalisedText({"en": "Sofia"}), languages=LANGUAGES, month=month,
        published_on=own.shifted(1).first.replace(day=7), release=releases[-1], earlier=tuple(releases[:-1]),
    )  # fmt: skip
    return replace(report, **changes)


def dimensions(app: Flask, year: int) -> dict[str, Dimension]:
    """The codes of the demonstration bureau, with their names."""
    with app.app_context():
        return _dimensions(labels_in(LANGUAGES), year)


def _dimensions(labels: Labels, year: int) -> dict[str, Dimension]:
    programme = a_programme()

    def named(dimension: str, code: str, parent: str | None, name: LocalisedText | None = None) -> Code:
        common = labels.get(("", code)) or labels.get((dimension, code)) or {"en": code}
        return Code(code, parent, common if name is None else {tag: name.in_(tag) for tag in LANGUAGES})

    services = [named("SERVICE", f"category-{one.code}", TOTAL, one.name) for one in programme.categories]
    services += [named("SERVICE", one.code, f"category-{one.category}", one.name) for one in programme.services]
    found = [
        year_of_periods(year),
        roots("MEASURE", [named("MEASURE", one, None) for one in MEASURES]),
        flat("ORGANISATION", [named("", one.code, TOTAL, one.name) for one in programme.organisations]),
        flat("SERVICE", services),
        flat("LANGUAGE", [named("", one.tag, TOTAL, one.name) for one in programme.languages]),
        flat("STATUS", [named("", one, TOTAL) for one in STATUSES], unknown=True),
        *(flat(name, [named(name, one, TOTAL) for one in bands], unknown=True) for name, bands in BANDS.items()),
        flat("ARRIVAL", [named("ARRIVAL", one, TOTAL) for one in ARRIVALS]),
    ]
    return {
        one.id: Dimension(
            one.id, tuple(Code(c.code, c.parent, c.labels or labels.get(("", c.code), {})) for c in one.codes)
        )
        for one in sorted(found, key=lambda one: COLUMNS.index(one.id))
    }


@cache
def _release(app: Flask, month: str, since: str, method: str) -> Release:
    """With the quarter and the year in the months that complete them."""
    year = int(month[:4])
    codes = dimensions(app, year)
    plan = default_plan(year, "suppression" if method == "suppression" else "rounding")
    tables = plan.tables_of(month, since)
    told = max((months_of(table.period) for table in tables), key=len)
    counts = tabulate([one for each in told for one in _records(each, codes)], tables, codes)
    months = {each: _release(app, each, since, method) for each in told if each != month}
    rounded = method == "rounding"
    shown = _rounded if rounded else _hiding
    cells = {at: Cell(number) if at.measure in FACTS else shown(at, number) for at, number in counts.items()}
    for at in (one for table in tables if table.derived for one in table.coordinates(codes)):
        cells[at] = Cell(sum(_value(months, cells, at.at(time_period=each)) for each in months_of(at.time_period)))
    return Release(
        id=month, order=int(month[:4]) * 12 + int(month[5:]), method=plan.method, tables=tables, dimensions=codes,
        cells=cells, max_dev=4 if rounded else 0, min_width=4 if rounded else 5,
    )  # fmt: skip


def _value(months: dict[str, Release], own: dict[Coordinates, Cell], at: Coordinates) -> int:
    cells = months[at.time_period].cells if at.time_period in months else own
    return cells[at].value or 0


def _rounded(at: Coordinates, number: int) -> Cell:
    up = random.Random("|".join(at)).random() < (number % 5) / 5
    return Cell(number // 5 * 5 + 5 * up)


def _hiding(at: Coordinates, number: int) -> Cell:
    return Cell(number) if number >= 5 else Cell()


def _records(month: str, codes: dict[str, Dimension]) -> Iterator[Record]:
    draw = random.Random(month)
    services = [one.code for one in codes["SERVICE"].codes if one.code not in codes["SERVICE"].children]
    languages = [one.code for one in codes["LANGUAGE"].codes if one.code != TOTAL]
    organisations = [one.code for one in codes["ORGANISATION"].codes if one.code != TOTAL]
    liked = {service: 1 / (1 + place) for place, service in enumerate(services[::-1])}
    spoken = {tag: 1 / (1 + place) for place, tag in enumerate(sorted(languages))}
    bands = {name: [one.code for one in codes[name].codes if one.code != TOTAL] for name in BANDS}
    for _ in range(draw.randint(220, 420)):
        asked: dict[str, Any] = {name.lower(): _asked(draw, of) for name, of in bands.items()}
        yield record(
            month, CONSULTATIONS, organisation=draw.choice(organisations), status=draw.choice(STATUSES),
            service=_one(draw, liked), language=_one(draw, spoken), **asked,
        )  # fmt: skip
    for _ in range(draw.randint(20, 60)):
        yield record(month, UNMET, service=_one(draw, liked), language=_one(draw, spoken))
    yield from (record(month, ATTENDANCES, draw.randint(3, 14), service=draw.choice(services)) for _ in range(9))
    yield from (record(month, REFERRALS, arrival=draw.choice(ARRIVALS)) for _ in range(draw.randint(10, 50)))
    for organisation in organisations:
        planned = draw.randint(2, 14)
        yield record(month, PLANNED, planned, organisation=organisation)
        yield record(month, HELD, planned - draw.randint(0, 2), organisation=organisation)
    for tag in languages[:-1]:  # nobody speaks the last
        planned = round(90 * spoken[tag])
        yield record(month, SPOKEN_PLANNED, planned, language=tag)
        yield record(month, SPOKEN_HELD, planned - draw.randint(0, 2), language=tag)
        needs = codes["SERVICE"].children[TOTAL]
        yield from (record(month, COVERED, draw.randint(0, planned // 3), service=need, language=tag) for need in needs)


def _one(draw: random.Random, shares: dict[str, float]) -> str:
    return draw.choices(list(shares), list(shares.values()))[0]


def _asked(draw: random.Random, codes: list[str]) -> str | None:
    code = draw.choice(codes)
    return None if code == UNKNOWN else code
