"""The days on which the bureau is closed."""

from datetime import date
from functools import partial

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from bureau.kernel import rows
from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import Invalid, NotFound
from bureau.kernel.text import whole_number
from bureau.organisations import queries
from bureau.organisations.actions import place as actions
from bureau.organisations.forms.place import ClosureForm
from bureau.organisations.forms.words import CLOSURE_KINDS
from bureau.web.desk import Doomed, ask_and_delete, by_me, done, form_page
from bureau.web.editing import saved
from bureau.web.formats import day_full
from bureau.web.guard import MANAGER, may_come
from bureau.web.languages import current_language

from .blueprint import blueprint, stored, to

FIRST_YEAR, LAST_YEAR = 2000, 2099


@blueprint.route("/place/closures/", methods=["GET", "POST"])
@may_come(MANAGER)
def closures(bureau: str) -> ResponseReturnValue:
    """The closed days of a year, a form for one more, and the public holidays in one go."""
    place = queries.get_bureau(bureau)
    year = _year(request.args.get("year", "") or str(local_date(utcnow(), place.timezone).year))
    form = ClosureForm(written_in=place.languages)

    def save() -> None:
        actions.add_closure(bureau, {**form.typed("day", "kind"), **form.texts("reason")}, **by_me())

    if saved(form, save):
        return stored("closures", bureau=bureau, year=form.typed("day")["day"].year)
    found = queries.closures(queries.get_bureau(bureau).id, date(year, 1, 1), date(year, 12, 31))
    return form_page("organisations/closures.html", form, bureau=bureau, year=year, closures=found, kinds=CLOSURE_KINDS)


@blueprint.post("/place/closures/holidays")
@may_come(MANAGER)
def public_holidays(bureau: str) -> ResponseReturnValue:
    """Add the public holidays of a year."""
    year = _year(request.form.get("year", ""))
    number = actions.add_public_holidays(bureau, year, **by_me())
    sentence = ngettext("%(num)d public holiday was added.", "%(num)d public holidays were added.", number)
    return done(
        to("closures", bureau=bureau, year=year), sentence if number else gettext("All of them were there already.")
    )


@blueprint.route("/place/closures/<day>/delete", methods=["GET", "POST"])
@may_come(MANAGER)
def delete_closure(bureau: str, day: str) -> ResponseReturnValue:
    """Ask once, then open again on that day."""
    closed = _day(day)

    def look() -> Doomed:
        row = queries.get_closure(queries.get_bureau(bureau).id, closed)
        return day_full(closed, current_language()), rows.mark(row, actions.CLOSURE_COLUMNS)

    back = to("closures", bureau=bureau, year=closed.year)
    return ask_and_delete(
        look, partial(actions.remove_closure, bureau, closed), back=back, then=back,
        consequence=gettext("The bureau is open again on that day. Months that are already open for planning stay."),
    )  # fmt: skip


def _year(text: str) -> int:
    year = whole_number(text)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(field="year", reason="number", low=FIRST_YEAR, high=LAST_YEAR)
    return year


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotFound from error
