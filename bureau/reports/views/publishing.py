"""Publishing a prepared report: now, later, and taking it back."""

from datetime import datetime

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Invalid, NotFound, Refused
from bureau.kernel.month import FIRST_YEAR, LAST_YEAR, Month
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.actions import withdraw_report
from bureau.reports.actions.publishing import publish_prepared
from bureau.reports.actions.scheduling import schedule_report, unschedule_report
from bureau.reports.domain.preparing import NoteMissing
from bureau.web.desk import by_me
from bureau.web.editing import version_seen
from bureau.web.formats import at
from bureau.web.going import again, see
from bureau.web.guard import MANAGER, may_come
from bureau.web.languages import current_language
from bureau.web.wording import word

from .blueprint import blueprint
from .month import desk_of


@blueprint.post("/desk/<bureau>/reports/<month>/publish")
@may_come(MANAGER)
def publish(bureau: str, month: str) -> ResponseReturnValue:
    """Publish what the person has seen, for good."""
    try:
        publish_prepared(bureau, str(Month.parse(month)), seen=request.form.get("seen", ""), **by_me())
    except Refused as error:
        return again(desk_of(bureau, month, problem=error))
    flash(gettext("The report is published. Residents can read it within a minute."), "ok")
    return see("month", bureau=bureau, month=month)


@blueprint.post("/desk/<bureau>/reports/<month>/schedule")
@may_come(MANAGER)
def schedule(bureau: str, month: str) -> ResponseReturnValue:
    """Choose the moment at which it is published, on the bureau's clock."""
    typed = request.form.get("at", "")
    try:
        moment = _moment(typed)
        schedule_report(bureau, str(Month.parse(month)), moment.date(), moment.time(), **by_me())
    except Refused as error:
        return again(desk_of(bureau, month, problem=error, typed=typed))
    place = places.get_bureau(bureau)
    standing = queries.standing_of(bureau, month, now=utcnow())
    if standing.publish_at is not None:
        told = at(standing.publish_at, place.timezone, current_language())
        flash(gettext("It will be published by itself: %(when)s.", when=told), "ok")
    return see("month", bureau=bureau, month=month)


def _moment(typed: str) -> datetime:
    try:
        wall = datetime.strptime(typed[:16], "%Y-%m-%dT%H:%M")  # noqa: DTZ007  (wall time: the bureau's zone follows)
    except ValueError as error:
        raise Invalid(field="at", reason="moment") from error
    if not FIRST_YEAR <= wall.year <= LAST_YEAR:
        raise Invalid(field="at", reason="moment")
    return wall


@blueprint.post("/desk/<bureau>/reports/<month>/unschedule")
@may_come(MANAGER)
def unschedule(bureau: str, month: str) -> ResponseReturnValue:
    """Take the moment back."""
    unschedule_report(bureau, str(Month.parse(month)), **by_me())
    flash(gettext("It will not be published by itself any more."), "ok")
    return see("month", bureau=bureau, month=month)


@blueprint.route("/desk/<bureau>/reports/<month>/withdraw", methods=["GET", "POST"])
@may_come(MANAGER)
def withdraw(bureau: str, month: str) -> ResponseReturnValue:
    """Ask once; then take the report back, with a note to the public."""
    place, wanted = places.get_bureau(bureau), Month.parse(month)
    row = queries.find_words(place.id, month)
    if row is None or row.state != "published":
        if request.method == "POST":
            flash(gettext("Somebody has withdrawn this report already."), "thin")
            return see("month", bureau=bureau, month=month)
        raise NotFound
    note = {tag: request.form.get(f"note-{tag}", "").strip() for tag in place.languages}
    refusal = None
    if request.method == "POST":
        try:
            return _withdrawn(bureau, month, note)
        except Refused as error:
            refusal = word(error)
    page = render_template(
        "reports/desk/withdraw.html", bureau=bureau, month=wanted, note=note, languages=place.languages,
        version=row.version, refusal=refusal,
    )  # fmt: skip
    return again(page) if refusal else page


def _withdrawn(bureau: str, month: str, note: dict[str, str]) -> ResponseReturnValue:
    if not any(note.values()):
        raise NoteMissing
    withdraw_report(bureau, month, note, version=version_seen(), **by_me())
    flash(gettext("The report is withdrawn. It stays in the list, with your words."), "ok")
    return see("month", bureau=bureau, month=month)
