"""Cancelling a whole day, and putting it back."""

from datetime import date

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import NotFound, Refused
from bureau.organisations.queries import get_bureau
from bureau.rotation import actions, queries
from bureau.rotation.forms.days import CancelDayForm
from bureau.rotation.forms.moments import day_typed
from bureau.rotation.wording import in_short
from bureau.web.desk import by_me, form_page
from bureau.web.editing import saved
from bureau.web.going import again, see
from bureau.web.guard import MANAGER, may_come
from bureau.web.wording import word

from .blueprint import blueprint

blueprint.add_app_template_filter(in_short)


@blueprint.get("/desk/<bureau>/days/")
@may_come(MANAGER)
def days(bureau: str) -> ResponseReturnValue:
    """Which day; those that are cancelled."""
    chosen = request.args.get("day", "")
    problem: Refused | None = None
    if chosen:
        try:
            return see("cancel_day", bureau=bureau, day=day_typed(chosen, field="day"))
        except Refused as error:
            problem = error
    today = local_date(utcnow(), get_bureau(bureau).timezone)
    page = render_template(
        "rotation/days.html", bureau=bureau, today=today, cancelled=queries.days_cancelled(bureau, today=today),
        problem=word(problem) if problem else None,
    )  # fmt: skip
    return again(page) if problem else page


@blueprint.route("/desk/<bureau>/days/<day>/cancel", methods=["GET", "POST"])
@may_come(MANAGER)
def cancel_day(bureau: str, day: str) -> ResponseReturnValue:
    """What it would touch, and why; then cancel it."""
    wanted, place = _day(day), get_bureau(bureau)
    form = CancelDayForm(written_in=place.languages)

    def save() -> None:
        number = actions.cancel_day(bureau, wanted, form.texts("reason")["reason"], **by_me())
        sentence = ngettext(
            "The day is cancelled, with %(num)d session. Those concerned are told.",
            "The day is cancelled, with %(num)d sessions. Those concerned are told.",
            number,
        )
        flash(sentence if number else gettext("The day is cancelled. No session was planned on it."), "ok")

    if saved(form, save):
        return see("cancelled_day", bureau=bureau, day=wanted)
    if request.method == "GET" and wanted in queries.days_cancelled(bureau, today=wanted):
        return see("cancelled_day", bureau=bureau, day=wanted)
    found = queries.day_ahead(bureau, wanted, now=utcnow())
    return form_page("rotation/cancel_day.html", form, bureau=bureau, ahead=found)


@blueprint.get("/desk/<bureau>/days/<day>/")
@may_come(MANAGER)
def cancelled_day(bureau: str, day: str) -> str:
    """What the cancellation touched, and how to put it back."""
    return _page(bureau, _day(day))


def _page(bureau: str, day: date, problem: Refused | None = None) -> str:
    found = queries.day_cancelled(bureau, day, now=utcnow())
    return render_template(
        "rotation/cancelled_day.html", bureau=bureau, cancelled=found, problem=word(problem) if problem else None
    )


@blueprint.post("/desk/<bureau>/days/<day>/restore")
@may_come(MANAGER)
def restore_day(bureau: str, day: str) -> ResponseReturnValue:
    """Put the day back, as far as slots and workers are still free."""
    wanted = _day(day)
    try:
        restored = actions.restore_day(bureau, wanted, **by_me())
    except Refused as error:
        return again(_page(bureau, wanted, problem=error))
    sentence = ngettext(
        "The day takes place. %(num)d session is back.",
        "The day takes place. %(num)d sessions are back.",
        restored.back,
    )
    flash(sentence, "thin" if restored.left else "ok")
    return see("cancelled_day", bureau=bureau, day=wanted)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotFound from error
