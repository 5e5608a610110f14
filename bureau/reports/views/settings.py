"""How the bureau reports: how people are protected, since when, and which tables are ever public in a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import NotFound
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.actions.settings import choose_tables, report_so
from bureau.reports.domain.dimensions import Dimension
from bureau.reports.domain.plan import Table
from bureau.reports.forms import SeriesForm, TablesForm
from bureau.reports.queries.settings import planned
from bureau.reports.site.names import DIMENSIONS, MEASURES
from bureau.web import formats
from bureau.web.desk import by_me, done, form_page
from bureau.web.editing import Stored, choices, saved
from bureau.web.going import to
from bureau.web.guard import MANAGER, may_come
from bureau.web.languages import current_language

from .blueprint import blueprint

MONTHS_BACK = 36
OFTEN = {
    "month": lazy_gettext("Every month"),
    "quarter": lazy_gettext("Every quarter"),
    "year": lazy_gettext("Every year"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A table of the plan in words: what it counts by what, how often, and whose number one of its cells would be."""

    id: str
    title: str
    often: str
    example: str
    coarse: bool


@blueprint.route("/desk/<bureau>/reports/settings", methods=["GET", "POST"], endpoint="report_settings")
@may_come(MANAGER)
def settings(bureau: str) -> ResponseReturnValue:
    """Choose how people are protected, and since when there are reports."""
    form = _series_form(bureau)

    def save() -> None:
        report_so(bureau, form.method.data, form.since.data, version=form.version.data or 0, **by_me())

    if saved(form, save, lambda: _series_stored(bureau)):
        return done(to("report_settings", bureau=bureau))
    return form_page("reports/desk/settings.html", form, **_told(bureau))


@blueprint.route("/desk/<bureau>/reports/settings/<int:year>", methods=["GET", "POST"], endpoint="report_plan")
@may_come(MANAGER)
def plan(bureau: str, year: int) -> ResponseReturnValue:
    """Choose which tables are ever public in the year; once it has a report they can only be read."""
    place = places.get_bureau(bureau)
    series, years = queries.get_series(place.id), _years(bureau)
    if series is None or year not in years:
        raise NotFound
    now = planned(series, year)
    form = TablesForm(stored=_plan_stored(bureau, year))
    described = {one.id: one for one in _described(bureau, year, now.usual.tables)}
    form.tables.choices = choices((one.id, one.title) for one in described.values())

    def save() -> None:
        choose_tables(bureau, year, form.tables.data or [], version=form.version.data or 0, **by_me())

    if saved(form, save, lambda: _plan_stored(bureau, year)):
        return done(to("report_plan", bureau=bureau, year=year))
    shown = list(_described(bureau, year, now.plan.tables)) if now.fixed else []
    return form_page(
        "reports/desk/settings_plan.html", form, bureau=bureau, year=year, years=years, now=now, described=described,
        shown=shown,
    )  # fmt: skip


def _series_form(bureau: str) -> SeriesForm:
    form = SeriesForm(stored=_series_stored(bureau))
    today = Month.of(local_date(utcnow(), places.get_bureau(bureau).timezone))
    offered = {str(today.shifted(-back)): today.shifted(-back) for back in range(MONTHS_BACK)}
    since = form.before["since"]
    offered.setdefault(since, Month.parse(since))
    named = ((code, formats.capital(formats.month_name(one, current_language()))) for code, one in offered.items())
    form.since.choices = choices(named)
    return form


def _series_stored(bureau: str) -> Stored:
    place = places.get_bureau(bureau)
    series = queries.get_series(place.id)
    if series is None:
        last = Month.of(local_date(utcnow(), place.timezone)).shifted(-1)
        return {"method": "rounding", "since": str(last)}, 0
    return {"method": series.method, "since": series.since}, series.version


def _told(bureau: str) -> dict[str, Any]:
    """What is settled already."""
    place = places.get_bureau(bureau)
    published, year = queries.published_months(place.id), local_date(utcnow(), place.timezone).year
    series = queries.get_series(place.id)
    return {
        "bureau": bureau, "series": series, "years": _years(bureau), "year": year,
        "since": Month.parse(series.since) if series else None,
        "published": bool(published), "settled": any(month >= str(year) for month in published),
    }  # fmt: skip


def _years(bureau: str) -> list[int]:
    """The years whose plan may be looked at: since the series began, and the next one."""
    place = places.get_bureau(bureau)
    series, year = queries.get_series(place.id), local_date(utcnow(), place.timezone).year
    first = int(series.since[:4]) if series else year
    return list(range(min(first, year), year + 2))


def _plan_stored(bureau: str, year: int) -> Stored:
    series = queries.get_series(places.get_bureau(bureau).id)
    if series is None:
        raise NotFound
    now = planned(series, year)
    return {"tables": [table.id for table in now.plan.tables]}, now.version


def _described(bureau: str, year: int, tables: tuple[Table, ...]) -> Iterator[Described]:
    dimensions = queries.dimensions_of(places.get_bureau(bureau).id, year, [current_language()])
    for table in tables:
        by = " × ".join(str(DIMENSIONS[name]) for name in table.dimensions)
        parts = [_first(dimensions[name], coarse=table.coarse) for name in table.dimensions]
        yield Described(
            id=table.id, title=formats.dotted((str(MEASURES[table.measure]), by)), often=formats.dotted(str(OFTEN[one]) for one in table.frequencies),
            example=formats.dotted(parts) if all(parts) and len(parts) > 1 else "", coarse=table.coarse and "SERVICE" in table.dimensions,
        )  # fmt: skip


def _first(dimension: Dimension, *, coarse: bool) -> str:
    """What the first code of the finest, or of the coarsest, is called."""
    for one in dimension.codes:
        if one.parent is not None and (coarse or one.code not in dimension.children):
            return next(iter(one.labels.values()), one.code)
    return ""
