"""When the bureau is open: a week, with blocks added and ended."""

from datetime import date, timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from bureau.kernel import rows
from bureau.kernel.clock import local_date, utcnow
from bureau.organisations import queries
from bureau.organisations.actions import place as actions
from bureau.organisations.forms.place import EndHoursForm, HoursForm
from bureau.web.desk import by_me, form_page
from bureau.web.editing import Stored, choices, saved
from bureau.web.formats import weekday as weekday_name
from bureau.web.guard import MANAGER, may_come
from bureau.web.languages import current_language

from .blueprint import blueprint, stored

A_MONDAY = date(2026, 1, 5)
WEEK = tuple(A_MONDAY + timedelta(days=offset) for offset in range(7))


@blueprint.route("/place/hours/", methods=["GET", "POST"])
@may_come(MANAGER)
def hours(bureau: str) -> ResponseReturnValue:
    """The week, and a form to open longer."""
    place = queries.get_bureau(bureau)
    form = HoursForm(stored=({"valid_from": local_date(utcnow(), place.timezone)}, 0))
    form.weekdays.choices = choices((str(day.isoweekday()), weekday_name(day, current_language())) for day in WEEK)

    def save() -> None:
        typed = form.typed("weekdays", "starts", "ends", "valid_from")
        actions.open_hours(bureau, **typed, **by_me())

    if saved(form, save):
        return stored("hours", bureau=bureau)
    return form_page("organisations/hours.html", form, bureau=bureau, week=_week(bureau))


def _week(bureau: str) -> list[dict[str, object]]:
    every = queries.hours(queries.get_bureau(bureau).id)
    return [{"day": day, "blocks": [row for row in every if row.weekday == day.isoweekday()]} for day in WEEK]


@blueprint.route("/place/hours/<int:block>/end", methods=["GET", "POST"])
@may_come(MANAGER)
def end_hours(bureau: str, block: int) -> ResponseReturnValue:
    """Ask from which day on, then end the block."""
    row = queries.get_hours(queries.get_bureau(bureau).id, block)
    form = EndHoursForm(stored=_now_stored(bureau, block))

    def save() -> None:
        actions.end_hours(bureau, block, form.version.data or 0, **form.typed("closed_from"), **by_me())

    if saved(form, save, lambda: _now_stored(bureau, block)):
        return stored("hours", bureau=bureau)
    day = WEEK[row.weekday - 1]
    page = render_template("organisations/end_hours.html", bureau=bureau, form=form, block=row, day=day)
    return page, 422 if form.errors else 200


def _now_stored(bureau: str, block: int) -> Stored:
    place = queries.get_bureau(bureau)
    kept = queries.get_hours(place.id, block)
    today = local_date(utcnow(), place.timezone)
    closed_from = kept.valid_until + timedelta(days=1) if kept.valid_until else today
    return {"closed_from": closed_from}, rows.mark(kept, actions.ENDING)
