"""The desk of a month's report: what is done, what is still to be done, and the one thing to do next."""

from typing import Any

from flask import flash, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from bureau.calendars.domain.files import report_address
from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import NotFound, Refused
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.actions.preparing import prepare_report
from bureau.reports.actions.publishing import mark_of_seen
from bureau.reports.domain.preparing import ReportBeingPrepared
from bureau.reports.wording import DEEDS, FOUND, NUMBERS_TOO_SMALL
from bureau.servicelog import actions as servicelog
from bureau.web.desk import by_me
from bureau.web.formats import at
from bureau.web.going import again, see
from bureau.web.guard import MANAGER, may_come
from bureau.web.htmx import wanted_by_htmx
from bureau.web.languages import LANGUAGES, current_language
from bureau.web.wording import word

from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/reports/<month>/")
@may_come(MANAGER)
def month(bureau: str, month: str) -> ResponseReturnValue:
    """The month's list of what a report needs."""
    if wanted_by_htmx():
        return _progress(bureau, month)
    return desk_of(bureau, month)


def _progress(bureau: str, month: str) -> Response:
    """How far the preparation is; the whole page changes when it is done."""
    now = utcnow()
    preparation = queries.find_preparation(places.get_bureau(bureau).id, month, now=now)
    if preparation is None or preparation.state != "running":
        part = make_response("")
        part.headers["HX-Refresh"] = "true"
        return part
    return make_response(
        render_template("reports/desk/_progress.html", bureau=bureau, month=month, preparation=preparation)
    )  # fmt: skip


def desk_of(bureau: str, month: str, *, problem: Refused | None = None, typed: str = "") -> str:
    """The page, with why something was not done and what was typed."""
    place, now, wanted = places.get_bureau(bureau), utcnow(), Month.parse(month)
    language, here = current_language(), Month.of(local_date(now, place.timezone))
    if wanted > here:
        raise NotFound
    return render_template(
        "reports/desk/month.html", bureau=bureau, month=wanted, standing=queries.standing_of(bureau, month, now=now),
        preparation=queries.find_preparation(place.id, month, now=now), problem=word(problem) if problem else None,
        problem_field=problem.field if problem else None, typed=typed, here=here,
        unsigned=queries.unsigned_of(place.id, wanted), noted=queries.frame_of(bureau, month, on=wanted.last)["noted"],
        written=[LANGUAGES[tag] for tag in place.languages if tag in LANGUAGES],
        seen=mark_of_seen(bureau, month, now=now), deeds=queries.deeds_of(bureau, month), deed_words=DEEDS,
        found_words=FOUND, too_small=NUMBERS_TOO_SMALL, public=report_address(wanted).path(language, bureau),
        when=lambda moment: at(moment, place.timezone, language), **_words_of(place, month),
    )  # fmt: skip


def _words_of(place: Any, month: str) -> dict[str, Any]:
    """Which texts the report has, and the note of one that was withdrawn."""
    row = queries.find_words(place.id, month)
    texts = [row.summary, row.story, row.lessons] if row else []
    return {"has_words": any(texts), "note": row.withdrawal if row else None}


@blueprint.post("/desk/<bureau>/reports/<month>/close")
@may_come(MANAGER)
def close_log(bureau: str, month: str) -> ResponseReturnValue:
    """Close the month's log."""
    try:
        servicelog.close_month(bureau, str(Month.parse(month)), **by_me())
    except Refused as error:
        return again(desk_of(bureau, month, problem=error))
    flash(gettext("The log of the month is closed. Now the report can be prepared."), "ok")
    return see("month", bureau=bureau, month=month)


@blueprint.post("/desk/<bureau>/reports/<month>/prepare")
@may_come(MANAGER)
def prepare(bureau: str, month: str) -> ResponseReturnValue:
    """Let a process of its own protect and attack the figures; of two who press at once, both see how far it is."""
    try:
        prepare_report(bureau, str(Month.parse(month)), **by_me())
    except ReportBeingPrepared as error:
        flash(word(error), "thin")
    except Refused as error:
        return again(desk_of(bureau, month, problem=error))
    return see("month", bureau=bureau, month=month)
