"""What people write about the figures of a month, in the bureau's languages, with drafts made from the figures."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import NotFound, Refused, Several
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports import actions
from bureau.reports.domain.said_numbers import NumberNotShown
from bureau.reports.forms import WordsForm
from bureau.reports.queries.words import Written, report_in_hand, written
from bureau.reports.site.words import drafts_of
from bureau.web import formats
from bureau.web.desk import by_me, form_page
from bureau.web.editing import Stored, saved
from bureau.web.going import see
from bureau.web.guard import MANAGER, may_come
from bureau.web.languages import current_language

from .blueprint import blueprint


@blueprint.route("/desk/<bureau>/reports/<month>/words", methods=["GET", "POST"], endpoint="report_words")
@may_come(MANAGER)
def words(bureau: str, month: str) -> ResponseReturnValue:
    """Write and correct the words of a month."""
    place, wanted = places.get_bureau(bureau), begun_month(bureau, month)
    now = written(bureau, place.id, month)
    form, report = WordsForm(written_in=place.languages, stored=_stored(now)), report_in_hand(place.id, month)
    if report is not None:
        form.offer(drafts_of(report))
    told: dict[str, Any] = {
        "bureau": bureau,
        "month": wanted,
        "now": now,
        "figures": report is not None,
        "when": now.at and formats.at(now.at, place.timezone, current_language()),
    }
    if "take" in request.form:
        form.take(request.form["take"])
        flash(gettext("The drafts are in their boxes. Read them, change them, then save."), "news")
        return render_template("reports/desk/words.html", form=form, keep=False, **told)
    refused: list[Refused] = []
    if saved(form, lambda: _save(bureau, month, form, refused), lambda: _stored(written(bureau, place.id, month))):
        flash(gettext("Saved."), "ok")
        return see("report_words", bureau=bureau, month=month)
    keep = not now.published and bool(refused) and all(isinstance(one, NumberNotShown) for one in refused)
    return form_page("reports/desk/words.html", form, keep=keep, **told)


def begun_month(bureau: str, month: str) -> Month:
    """The month of the address, if it has begun; nobody reports of one that is to come."""
    wanted = Month.parse(month)
    if wanted > Month.of(local_date(utcnow(), places.get_bureau(bureau).timezone)):
        raise NotFound
    return wanted


def _stored(now: Written) -> Stored:
    return now.texts, now.version


def _save(bureau: str, month: str, form: WordsForm, refused: list[Refused]) -> None:
    """Write what was typed; what was refused is remembered, since some of it may be kept all the same."""
    version, same = form.version.data or 0, "all_the_same" in request.form
    try:
        actions.correct_words(bureau, month, form.typed_words, version=version, all_the_same=same, **by_me())
    except Several as error:
        refused.extend(error.problems)
        raise
