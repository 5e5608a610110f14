"""Opening a month and leading it through its phases."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import Refused
from bureau.kernel.month import Month
from bureau.organisations.queries import get_bureau
from bureau.rotation import actions, queries
from bureau.rotation.domain.opening import months_to_open
from bureau.rotation.forms.rounds import DeadlinesForm
from bureau.web.going import again, see
from bureau.web.guard import MANAGER, may_come
from bureau.web.identity import get_identity
from bureau.web.wording import word

from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/month/open")
@may_come(MANAGER)
def open_month(bureau: str) -> str:
    """Which month to open."""
    return _open_page(bureau)


def _open_page(bureau: str, *, chosen: str | None = None, problem: Refused | None = None) -> str:
    place = get_bureau(bureau)
    today = Month.of(local_date(utcnow(), place.timezone))
    months = months_to_open(today, {round_.month for round_ in queries.rounds_of(bureau)})
    return render_template(
        "rotation/open_month.html", bureau=bureau, months=months, chosen=chosen or str(months[0]),
        problem=word(problem) if problem else None,
    )  # fmt: skip


@blueprint.post("/desk/<bureau>/month/open")
@may_come(MANAGER)
def open_chosen_month(bureau: str) -> ResponseReturnValue:
    """Open it; its deadlines are looked at next."""
    chosen = request.form.get("month", "")
    try:
        month = Month.parse(chosen)
        actions.open_round(bureau, str(month), actor=get_identity().actor, now=utcnow())
    except Refused as error:
        return again(_open_page(bureau, chosen=chosen, problem=error))
    flash(gettext("The month is open. Now check its deadlines."), "ok")
    return see("deadlines", bureau=bureau, month=month)


@blueprint.get("/desk/<bureau>/<month>/deadlines")
@may_come(MANAGER)
def deadlines(bureau: str, month: str) -> str:
    """When each phase ends."""
    round_ = queries.get_round(bureau, month)
    form = DeadlinesForm.of(round_)
    return render_template("rotation/deadlines.html", bureau=bureau, round=round_, form=form)


@blueprint.post("/desk/<bureau>/<month>/deadlines")
@may_come(MANAGER)
def save_deadlines(bureau: str, month: str) -> ResponseReturnValue:
    """Set them."""
    round_ = queries.get_round(bureau, month)
    form = DeadlinesForm.typed(request.form, round_)
    try:
        actions.set_deadlines(
            bureau, round_.id, form.deadlines(round_.timezone), advances_itself=form.advances_itself,
            version=form.version, actor=get_identity().actor, now=utcnow(),
        )  # fmt: skip
    except Refused as error:
        form.refuse(error)
        return again(render_template("rotation/deadlines.html", bureau=bureau, round=round_, form=form))
    flash(gettext("The deadlines are saved."), "ok")
    return see("cockpit", bureau=bureau, month=month)


@blueprint.post("/desk/<bureau>/<month>/phase")
@may_come(MANAGER)
def phase(bureau: str, month: str) -> ResponseReturnValue:
    """Go to the next phase, or back."""
    round_ = queries.get_round(bureau, month)
    version = request.form.get("version", round_.version, type=int)
    wanted = request.form.get("phase", "")
    try:
        actions.change_phase(
            bureau, round_.id, wanted, version=version, actor=get_identity().actor, now=utcnow()
        )  # fmt: skip
    except Refused as error:
        flash(word(error), "stop")
    return see("cockpit", bureau=bureau, month=month)
