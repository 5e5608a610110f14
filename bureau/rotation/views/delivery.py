"""How it went: planned against held, and what a session that did not take place was missed for."""

from flask import Response, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import Refused
from bureau.rotation import actions, queries
from bureau.rotation.domain.delivery import Delivery
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.exports import CSV, delivery_csv
from bureau.web.desk import by_me
from bureau.web.editing import version_seen
from bureau.web.furniture import say
from bureau.web.going import again, see
from bureau.web.guard import COORDINATING, may_come
from bureau.web.identity import get_identity

from .blueprint import blueprint
from .sessions import session_here, session_page
from .whose import read_for, scope_here, scope_of_session

MONTHS_SHOWN = 6


@blueprint.get("/desk/<bureau>/delivery/")
@may_come(COORDINATING)
def delivery_now(bureau: str) -> ResponseReturnValue:
    """To the month that has begun last."""
    found = next(iter(_begun(bureau)), None) or queries.current_round(bureau, now=utcnow())
    if found is None:
        return render_template("rotation/no_month.html", bureau=bureau)
    return see("delivery", bureau=bureau, month=found.month)


def _begun(bureau: str) -> list[RoundInfo]:
    """The months that have begun, the latest first."""
    now = utcnow()
    return [one for one in queries.rounds_of(bureau) if one.month.first <= local_date(now, one.timezone)]


@blueprint.get("/desk/<bureau>/<month>/delivery")
@may_come(COORDINATING)
def delivery(bureau: str, month: str) -> str:
    """Planned against held, by organisation and by service."""
    found = _delivery(bureau, month)
    return render_template(
        "rotation/delivery.html", bureau=bureau, round=found.round, delivery=found, months=_begun(bureau)[:MONTHS_SHOWN],
        manages=get_identity().manages_bureau(bureau),
    )  # fmt: skip


def _delivery(bureau: str, month: str) -> Delivery:
    scope = scope_here(bureau, acting=True)
    chosen = request.args.get("organisation")
    return queries.delivery_of(queries.get_round(bureau, month), organisation=chosen, scope=scope, now=utcnow())


@blueprint.get("/desk/<bureau>/<month>/delivery.csv")
@may_come(COORDINATING)
def delivery_file(bureau: str, month: str) -> ResponseReturnValue:
    """The same for a spreadsheet."""
    headers = {"Content-Disposition": f'attachment; filename="delivery-{bureau}-{month}.csv"'}
    return Response(delivery_csv(_delivery(bureau, month), say), content_type=CSV, headers=headers)


@blueprint.post("/desk/<bureau>/sessions/<int:session>/went")
@may_come(COORDINATING)
def say_how_it_went(bureau: str, session: int) -> ResponseReturnValue:
    """A session took place, or did not and why."""
    detail = session_here(bureau, session)
    try:
        _say(bureau, session)
    except Refused as error:
        return again(session_page(bureau, session_here(bureau, session), problem=error))
    flash(gettext("Saved."), "ok")
    whose = read_for(bureau, detail.session.organisation.code)
    if get_identity().manages_bureau(bureau):
        whose = {"organisation": detail.session.organisation.code}
    return see("delivery", bureau=bureau, month=detail.round.month, _anchor="sessions", **whose)


def _say(bureau: str, session: int) -> None:
    common = {"version": version_seen(), "scope": scope_of_session(bureau, session), **by_me()}
    if request.form.get("went") == "held":
        actions.say_held(bureau, session, **common)
    else:
        because, words = request.form.get("because", ""), request.form.get("words", "")
        actions.say_missed(bureau, session, because=because, words=words, **common)
