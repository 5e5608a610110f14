"""The manager's round at a glance."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.rotation import actions, queries
from bureau.web.going import see
from bureau.web.guard import MANAGER, may_come
from bureau.web.identity import get_identity
from bureau.web.wording import word

from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/month/")
@may_come(MANAGER)
def month(bureau: str) -> ResponseReturnValue:
    """To the month in planning; before the first, how to open it."""
    found = queries.current_round(bureau, now=utcnow())
    if found is None:
        return render_template("rotation/no_month.html", bureau=bureau)
    return see("cockpit", bureau=bureau, month=found.month)


@blueprint.get("/desk/<bureau>/<month>/")
@may_come(MANAGER)
def cockpit(bureau: str, month: str) -> ResponseReturnValue:
    """The round: phases, answers, coverage, shares and gaps."""
    now = utcnow()
    found = queries.cockpit(queries.get_round(bureau, month), now=now)
    months = queries.rounds_of(bureau)
    return render_template("rotation/cockpit.html", bureau=bureau, cockpit=found, round=found.round, months=months)


@blueprint.post("/desk/<bureau>/<month>/remind")
@may_come(MANAGER)
def remind(bureau: str, month: str) -> ResponseReturnValue:
    """Ask once more those who have not answered, or one of them."""
    chosen = request.form.get("organisation")
    try:
        sent = actions.remind_missing(bureau, month, organisation=chosen, actor=get_identity().actor, now=utcnow())
    except Refused as error:
        flash(word(error), "stop")
        return see("cockpit", bureau=bureau, month=month)
    if sent:
        flash(ngettext("%(num)d reminder is on its way.", "%(num)d reminders are on their way.", sent), "ok")
    else:
        flash(gettext("Nobody was reminded: whoever has not answered was asked today already."), "thin")
    return see("cockpit", bureau=bureau, month=month)
