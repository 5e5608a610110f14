"""Numbers that donors ask for by codes of their own, with what each was in the last report."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.month import Month
from bureau.kernel.text import clean_text
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.actions import indicators as actions
from bureau.reports.domain.cells import Coordinates
from bureau.reports.domain.dimensions import Dimension
from bureau.reports.domain.document import Report
from bureau.reports.domain.indicators import ensure_told, part_of, parts_told, told_monthly
from bureau.reports.domain.plan import Plan, default_plan
from bureau.reports.forms import IndicatorForm
from bureau.reports.queries.indicators import get_indicator, indicators_of
from bureau.reports.site.names import DIMENSIONS, MEASURES
from bureau.reports.site.shown import Figure, figure_of
from bureau.web import formats
from bureau.web.desk import ask_and_delete, by_me, done, form_page
from bureau.web.editing import Stored, choices, saved
from bureau.web.going import see, to
from bureau.web.guard import MANAGER, may_come
from bureau.web.languages import current_language

from .blueprint import blueprint

BASE = "/desk/<bureau>/reports/indicators"


@blueprint.get(BASE, endpoint="report_indicators")
@may_come(MANAGER)
def indicators(bureau: str) -> str:
    """All of them, in order."""
    place = places.get_bureau(bureau)
    months = queries.published_months(place.id)
    last = queries.report_of(place.id, months[-1]) if months else None
    named = _named(_ground(bureau)[1])
    rows = [(row, _told(row.at, named), _value(row, last)) for row in indicators_of(place.id)]
    return render_template(
        "reports/desk/indicators.html", bureau=bureau, rows=rows, month=Month.parse(months[-1]) if months else None
    )


@blueprint.route(f"{BASE}/new", methods=["GET", "POST"])
@may_come(MANAGER)
def new_indicator(bureau: str) -> ResponseReturnValue:
    """A new one."""
    form = _form(bureau, ({"measure": "consultations", "part": ""}, 0))
    if saved(form, lambda: actions.add_indicator(bureau, _columns(bureau, form), **by_me())):
        return done(to("report_indicators", bureau=bureau))
    return form_page("reports/desk/indicators_form.html", form, bureau=bureau, heading=gettext("Add a number"))


@blueprint.route(f"{BASE}/<int:number>", methods=["GET", "POST"])
@may_come(MANAGER)
def indicator(bureau: str, number: int) -> ResponseReturnValue:
    """Change one."""
    stored: Callable[[], Stored] = partial(_now_stored, bureau, number)
    form = _form(bureau, stored())

    def save() -> None:
        actions.edit_indicator(bureau, number, form.version.data or 0, _columns(bureau, form), **by_me())

    if saved(form, save, stored):
        return done(to("report_indicators", bureau=bureau))
    heading = get_indicator(places.get_bureau(bureau).id, number).code
    return form_page("reports/desk/indicators_form.html", form, bureau=bureau, heading=heading, number=number)


@blueprint.route(f"{BASE}/<int:number>/delete", methods=["GET", "POST"])
@may_come(MANAGER)
def delete_indicator(bureau: str, number: int) -> ResponseReturnValue:
    """Ask once, then delete; what was published keeps it."""
    return ask_and_delete(
        lambda: ((row := get_indicator(places.get_bureau(bureau).id, number)).code, row.version),
        partial(actions.delete_indicator, bureau, number),
        back=to("indicator", bureau=bureau, number=number),
        then=to("report_indicators", bureau=bureau),
        consequence=gettext("Reports that are published keep it; the next ones will not have it."),
    )


@blueprint.post(f"{BASE}/<int:number>/move")
@may_come(MANAGER)
def move_indicator(bureau: str, number: int) -> ResponseReturnValue:
    """One place up or down."""
    actions.move_indicator(bureau, number, up=request.form.get("way") == "up", **by_me())
    return see("report_indicators", bureau=bureau)


@blueprint.post(f"{BASE}/usual")
@may_come(MANAGER)
def take_usual_indicators(bureau: str) -> ResponseReturnValue:
    """Begin with the usual ones."""
    actions.take_usual_indicators(bureau, **by_me())
    return see("report_indicators", bureau=bureau)


def _ground(bureau: str) -> tuple[Plan, Mapping[str, Dimension]]:
    """What this year's reports tell, and how it is called in the reader's language."""
    place = places.get_bureau(bureau)
    series, year = queries.get_series(place.id), local_date(utcnow(), place.timezone).year
    plan = queries.plan_of(series, year) if series else default_plan(year, "rounding")
    return plan, queries.dimensions_of(place.id, year, [current_language()])


def _form(bureau: str, stored: Stored) -> IndicatorForm:
    plan, dimensions = _ground(bureau)
    named = _named(dimensions)
    form = IndicatorForm(written_in=places.get_bureau(bureau).languages, stored=stored)
    form.measure.choices = choices((one, str(MEASURES[one])) for one in told_monthly(plan))
    offered: list[tuple[str, str]] = [("", gettext("All"))]
    for name, codes in parts_told(plan, dimensions):
        offered += [(f"{name}={code}", _part(f"{name}={code}", named)) for code in codes]
    form.part.choices = choices(offered)
    return form


def _columns(bureau: str, form: IndicatorForm) -> dict[str, Any]:
    at = ensure_told(*_ground(bureau), form.measure.data, form.part.data)
    plain = {name: clean_text(form[name].data) for name in ("code", "donor")}
    return {**plain, **form.texts("name"), "at": at}


def _now_stored(bureau: str, number: int) -> Stored:
    row = get_indicator(places.get_bureau(bureau).id, number)
    values = {"code": row.code, "donor": row.donor, "name": row.name}
    return {**values, "measure": row.at.get("measure", ""), "part": part_of(row.at)}, row.version


def _named(dimensions: Mapping[str, Dimension]) -> dict[str, str]:
    """The name of each code, as ``LANGUAGE=ar``."""
    return {
        f"{name}={one.code}": next(iter(one.labels.values()), one.code)
        for name, dimension in dimensions.items()
        for one in dimension.codes
    }


def _part(part: str, named: Mapping[str, str]) -> str:
    name, _, code = part.partition("=")
    return formats.dotted((str(DIMENSIONS[name]), named.get(part, code)))


def _told(at: Mapping[str, str], named: Mapping[str, str]) -> str:
    """What an indicator counts, in words."""
    measure, part = str(MEASURES.get(at.get("measure", ""), "")), part_of(at)
    return formats.dotted((measure, _part(part, named))) if part else measure


def _value(row: Any, last: Report | None) -> Figure | None:
    """What it was in the last report; None where that does not tell it."""
    if last is None:
        return None
    return figure_of(last, Coordinates(last.month, **{name: str(code) for name, code in row.at.items()}))
