"""True figures of months, for the protection alone: what was logged, what was planned and held, who was sent on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import EVERY_ORGANISATION, Scope
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports.domain.cells import COLUMNS, TOTAL, UNKNOWN
from bureau.reports.domain.dimensions import Code, Dimension, flat, roots, year_of_periods
from bureau.reports.domain.plan import (
    ATTENDANCES,
    CONSULTATIONS,
    COVERED,
    HELD,
    MEASURES,
    PLANNED,
    REFERRALS,
    SPOKEN_HELD,
    SPOKEN_PLANNED,
    UNMET,
)
from bureau.reports.domain.tabulating import Record, record
from bureau.reports.site.names import Labels, labels_in
from bureau.rotation.queries.held import sessions_of_months
from bureau.servicelog.domain.bands import AGE_BANDS, INTERPRETATIONS, OUTCOMES, SEXES, VISIT_KINDS, WAITING_BANDS
from bureau.servicelog.domain.counts import Count
from bureau.servicelog.queries import figures as log
from bureau.servicelog.queries import referrals

KINDS = {"consultation": CONSULTATIONS, "unmet": UNMET, "group": ATTENDANCES}
BANDS = {
    "INTERPRETATION": INTERPRETATIONS, "VISIT": VISIT_KINDS, "WAITING": WAITING_BANDS, "OUTCOME": OUTCOMES,
    "SEX": SEXES, "AGE": AGE_BANDS,
}  # fmt: skip
ARRIVALS = ("arrived", "not-arrived")


def records_of(
    bureau_id: int, months: Sequence[Month], *, now: datetime, scope: Scope = EVERY_ORGANISATION
) -> list[Record]:
    """Everything of those months; corrections of closed months stand in the month in which they were made, below zero."""
    return [*people_of(bureau_id, months, scope=scope), *sessions_of(bureau_id, months, now=now, scope=scope)]


def people_of(bureau_id: int, months: Sequence[Month], *, scope: Scope) -> list[Record]:
    """What counts people: the log, and who was sent on."""
    return [*map(_logged, log.counts(bureau_id, months, scope=scope)), *_referred(bureau_id, months, scope)]


def sessions_of(bureau_id: int, months: Iterable[Month], *, now: datetime, scope: Scope) -> Iterator[Record]:
    """What counts nobody who came: sessions as they were planned and held."""
    needs = {one.code: f"category-{one.category.code}" for one in catalogue.services()}
    for one in sessions_of_months(bureau_id, months, now=now, scope=scope):
        month, covered = str(one.month), sorted({needs[code] for code in one.services})
        yield record(month, PLANNED, organisation=one.organisation)
        yield from (record(month, SPOKEN_PLANNED, language=tag) for tag in one.languages)
        if one.held:
            yield record(month, HELD, organisation=one.organisation)
            yield from (record(month, SPOKEN_HELD, language=tag) for tag in one.languages)
            yield from (record(month, COVERED, service=need, language=tag) for need in covered for tag in one.languages)


def _logged(one: Count) -> Record:
    return record(
        str(one.month), KINDS[one.kind], one.number,
        organisation=one.organisation, service=one.service, language=one.language, status=one.status,
        interpretation=one.interpretation, visit=one.visit_kind, waiting=one.waiting_band, outcome=one.outcome,
        sex=one.sex, age=one.age_band,
    )  # fmt: skip


def _referred(bureau_id: int, months: Sequence[Month], scope: Scope) -> Iterator[Record]:
    """Given in a month: those that have arrived in it, and the rest; who arrives later is not counted twice."""
    for one in referrals.counts(bureau_id, months, scope=scope):
        arrived = min(one.arrived, one.given)
        if arrived:
            yield record(str(one.month), REFERRALS, arrived, arrival=ARRIVALS[0])
        if one.given > arrived:
            yield record(str(one.month), REFERRALS, one.given - arrived, arrival=ARRIVALS[1])


def dimensions_of(bureau_id: int, year: int, languages: Sequence[str]) -> dict[str, Dimension]:
    """All codes with their names in these languages, as they are today: they are frozen with what is published."""
    labels = labels_in(languages)

    def named(dimension: str, code: str, parent: str | None, name: LocalisedText | None = None) -> Code:
        if name is None:
            return Code(code, parent, labels.get((dimension, code), {}))
        return Code(code, parent, {tag: name.in_(tag) for tag in languages})

    # a need and a service may have the same code
    services = [named("SERVICE", f"category-{one.code}", TOTAL, one.name) for one in catalogue.categories()]
    services += [named("SERVICE", one.code, f"category-{one.category.code}", one.name) for one in catalogue.services()]
    owners = [
        named("ORGANISATION", one.organisation.code, TOTAL, one.organisation.name)
        for one in places.partnerships(bureau_id, active=None)
    ]
    found = [
        year_of_periods(year),
        roots("MEASURE", [named("MEASURE", one, None) for one in MEASURES]),
        flat("ORGANISATION", owners),
        flat("SERVICE", services),
        flat("LANGUAGE", [named("LANGUAGE", one.tag, TOTAL, one.name) for one in catalogue.languages()]),
        flat("STATUS", [named("STATUS", one.code, TOTAL, one.name) for one in catalogue.status_groups()], unknown=True),
        *(flat(name, [named(name, one, TOTAL) for one in bands], unknown=True) for name, bands in BANDS.items()),
        flat("ARRIVAL", [named("ARRIVAL", one, TOTAL) for one in ARRIVALS]),
    ]
    return {one.id: _with_common_names(one, labels) for one in sorted(found, key=lambda one: COLUMNS.index(one.id))}


def _with_common_names(dimension: Dimension, labels: Labels) -> Dimension:
    """All together and not asked are called the same everywhere."""
    codes = (
        Code(one.code, one.parent, labels.get(("", one.code), {})) if one.code in (TOTAL, UNKNOWN) else one
        for one in dimension.codes
    )
    return Dimension(dimension.id, tuple(codes))
