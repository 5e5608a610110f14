"""Sessions that come again every week."""

from datetime import date
from functools import partial

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import NotFound, Refused
from bureau.kernel.scopes import Scope
from bureau.kernel.text import whole_number
from bureau.organisations.queries import get_bureau
from bureau.rotation import actions, queries
from bureau.rotation.domain.series import SeriesInfo
from bureau.rotation.forms.moments import day_typed
from bureau.rotation.wording import why_not_then
from bureau.web.desk import Doomed, ask_and_delete, by_me
from bureau.web.editing import version_seen
from bureau.web.going import again, see, to
from bureau.web.guard import COORDINATING, may_come
from bureau.web.identity import get_identity, scope_at, scope_of
from bureau.web.wording import word

from .blueprint import blueprint
from .sessions import session_here, session_page
from .slots import booking_page
from .whose import scope_here, scope_of_session


def scope_of_series(bureau: str, series: int) -> Scope:
    """What the person works on with that series: it is its organisation's; NotFound where they do not coordinate it."""
    person, owner = get_identity(), queries.owner_of_series(bureau, series)
    if person.manages_bureau(bureau):
        return scope_at(person, bureau)
    if owner not in {tie.organisation_id for tie in person.members_at(bureau) if tie.coordinates}:
        raise NotFound
    return scope_of(owner)


@blueprint.get("/desk/<bureau>/series/")
@may_come(COORDINATING)
def series(bureau: str) -> str:
    """Our series, or for the manager everybody's."""
    scope = scope_here(bureau, acting=True)
    today = local_date(utcnow(), get_bureau(bureau).timezone)
    found = queries.series_at(bureau, scope=scope, today=today)
    return render_template("rotation/series.html", bureau=bureau, series=found, all=scope.organisation_id is None)


@blueprint.post("/desk/<bureau>/slots/<int:slot>/every-week")
@may_come(COORDINATING)
def begin_series(bureau: str, slot: int) -> ResponseReturnValue:
    """Book the slot and the same one of every week."""
    try:
        number = actions.begin_series(
            bureau, slot, worker_id=whole_number(request.form.get("worker", "")) or 0,
            services=request.form.getlist("service"), languages=request.form.getlist("language"), until=_until(),
            scope=scope_here(bureau, acting=True), **by_me(),
        )  # fmt: skip
    except Refused as error:
        return again(booking_page(bureau, slot, problem=error))
    return _begun(bureau, number)


@blueprint.post("/desk/<bureau>/sessions/<int:session>/every-week")
@may_come(COORDINATING)
def repeat_session(bureau: str, session: int) -> ResponseReturnValue:
    """Let a booked session come again every week."""
    try:
        number = actions.repeat_session(
            bureau, session, until=_until(), scope=scope_of_session(bureau, session), **by_me()
        )
    except Refused as error:
        return again(session_page(bureau, session_here(bureau, session), problem=error))
    return _begun(bureau, number)


def _begun(bureau: str, number: int) -> ResponseReturnValue:
    flash(
        gettext("From now on it comes again every week. Below is every day, and what could not be booked and why."),
        "ok",
    )
    return see("one_series", bureau=bureau, series=number)


def _until() -> date | None:
    text = request.form.get("until", "").strip()
    return day_typed(text, field="until") if text else None


@blueprint.get("/desk/<bureau>/series/<int:series>/")
@may_come(COORDINATING)
def one_series(bureau: str, series: int) -> str:
    """One series with every day in the open months, and how to change it."""
    return _page(bureau, series)


def _page(bureau: str, number: int, problem: Refused | None = None) -> str:
    scope, now = scope_of_series(bureau, number), utcnow()
    found = queries.get_series(bureau, number, scope=scope)
    days = queries.series_days(bureau, found, now=now)
    known, today = {one.day for one in days}, local_date(now, get_bureau(bureau).timezone)
    return render_template(
        "rotation/one_series.html", bureau=bureau, one=found, days=[(day, why_not_then(day, found)) for day in days],
        ahead=sorted((day, why) for day, why in found.exceptions.items() if day not in known and day >= today),
        free=sum(day.state == "free" for day in days), colleagues=_colleagues(found, scope), typed=request.form,
        problem=word(problem) if problem else None,
    )  # fmt: skip


def _colleagues(found: SeriesInfo, scope: Scope) -> object:
    own = scope_of(found.organisation.id)
    return queries.choices_of(found.organisation.id, own if scope.organisation_id is None else scope)


@blueprint.post("/desk/<bureau>/series/<int:series>/")
@may_come(COORDINATING)
def change_series(bureau: str, series: int) -> ResponseReturnValue:
    """Another worker, other services or languages, in every session to come."""
    change = partial(
        actions.change_series, worker_id=whole_number(request.form.get("worker", "")) or 0,
        services=request.form.getlist("service"), languages=request.form.getlist("language"), version=version_seen(),
    )  # fmt: skip
    return _done(bureau, series, change, gettext("The series is changed, in every session to come."))


@blueprint.post("/desk/<bureau>/series/<int:series>/again")
@may_come(COORDINATING)
def book_again(bureau: str, series: int) -> ResponseReturnValue:
    """Book the days that are free now."""
    try:
        number = actions.book_again(bureau, series, scope=scope_of_series(bureau, series), **by_me())
    except Refused as error:
        return again(_page(bureau, series, problem=error))
    sentence = ngettext("%(num)d more session is booked.", "%(num)d more sessions are booked.", number)
    flash(sentence if number else gettext("Nothing more could be booked."), "ok" if number else "thin")
    return see("one_series", bureau=bureau, series=series)


@blueprint.post("/desk/<bureau>/series/<int:series>/leave-out")
@may_come(COORDINATING)
def leave_out(bureau: str, series: int) -> ResponseReturnValue:
    """Not on that day."""
    try:
        day = day_typed(request.form.get("day", ""), field="day")
    except Refused as error:
        return again(_page(bureau, series, problem=error))
    out = partial(actions.leave_out, day=day, reason=request.form.get("reason", ""))
    return _done(bureau, series, out, gettext("That day is left out. It stays so when the month is made again."))


@blueprint.post("/desk/<bureau>/series/<int:series>/put-back")
@may_come(COORDINATING)
def put_back(bureau: str, series: int) -> ResponseReturnValue:
    """On that day after all."""
    try:
        day = day_typed(request.form.get("day", ""), field="day")
        booked = actions.put_back(bureau, series, day, scope=scope_of_series(bureau, series), **by_me())
    except Refused as error:
        return again(_page(bureau, series, problem=error))
    if booked:
        flash(gettext("That day is booked again."), "ok")
    else:
        flash(gettext("That day is no longer left out. It could not be booked now."), "thin")
    return see("one_series", bureau=bureau, series=series)


@blueprint.route("/desk/<bureau>/series/<int:series>/end", methods=["GET", "POST"])
@may_come(COORDINATING)
def end_series(bureau: str, series: int) -> ResponseReturnValue:
    """After which day it ends."""
    problem: Refused | None = None
    if request.method == "POST":
        try:
            _end(bureau, series)
        except Refused as error:
            problem = error
        else:
            return see("one_series", bureau=bureau, series=series)
    found = queries.get_series(bureau, series, scope=scope_of_series(bureau, series))
    page = render_template(
        "rotation/end_series.html", bureau=bureau, one=found, typed=request.form,
        problem=word(problem) if problem else None,
    )  # fmt: skip
    return again(page) if problem else page


def _end(bureau: str, number: int) -> None:
    given_back = actions.end_series(
        bureau, number, last=day_typed(request.form.get("last", ""), field="last"),
        reason=request.form.get("reason", ""), version=version_seen(), scope=scope_of_series(bureau, number), **by_me(),
    )  # fmt: skip
    sentence = ngettext(
        "The series ends then. %(num)d later session is given back.",
        "The series ends then. %(num)d later sessions are given back.",
        given_back,
    )
    flash(sentence, "ok")


@blueprint.route("/desk/<bureau>/series/<int:series>/delete", methods=["GET", "POST"])
@may_come(COORDINATING)
def delete_series(bureau: str, series: int) -> ResponseReturnValue:
    """Ask once, then forget it; what is booked stays."""

    def look() -> Doomed:
        found = queries.get_series(bureau, series, scope=scope_of_series(bureau, series))
        return gettext("Every week: %(worker)s", worker=found.worker), found.version

    def delete(*, version: int, **who: object) -> None:
        actions.delete_series(bureau, series, version=version, scope=scope_of_series(bureau, series), **by_me())

    return ask_and_delete(
        look, delete, back=to("one_series", bureau=bureau, series=series), then=to("series", bureau=bureau),
        consequence=gettext("Nothing is booked by itself any more. What is booked stays, as single sessions."),
    )  # fmt: skip


def _done(bureau: str, number: int, deed: partial[None], sentence: str) -> ResponseReturnValue:
    """Do it for the series, and go back to its page."""
    try:
        deed(bureau, number, scope=scope_of_series(bureau, number), **by_me())
    except Refused as error:
        return again(_page(bureau, number, problem=error))
    flash(sentence, "ok")
    return see("one_series", bureau=bureau, series=number)
