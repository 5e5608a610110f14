"""The month's log of an organisation: what it comes to, every entry, corrections, and signing it off."""

from typing import Any
from uuid import uuid4

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.catalogue import queries as catalogue
from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import Refused
from bureau.kernel.month import Month
from bureau.kernel.scopes import Scope
from bureau.kernel.text import whole_number
from bureau.organisations import queries as places
from bureau.servicelog import actions
from bureau.servicelog.domain.bands import BANDS
from bureau.servicelog.domain.entries import counts_in
from bureau.servicelog.forms import read_entry
from bureau.servicelog.queries.ground import closed_months
from bureau.servicelog.queries.history import history_of
from bureau.servicelog.queries.months import Line, entries_in, figures_in, get_line, is_closed, signed_off
from bureau.servicelog.queries.notes import notes_beside, settings_of
from bureau.servicelog.wording import DEEDS, REASONS, counts_later
from bureau.web.bands import BAND_NAMES
from bureau.web.bands import BANDS as BAND_WORDS
from bureau.web.desk import by_me
from bureau.web.formats import at
from bureau.web.furniture import say
from bureau.web.going import again, see
from bureau.web.guard import LOGGING, LOGGING_FOR, may_come
from bureau.web.identity import get_identity, scope_of
from bureau.web.languages import current_language
from bureau.web.wording import word

from .blueprint import blueprint
from .whose import organisations_of


@blueprint.get("/desk/<bureau>/log/")
@may_come(LOGGING)
def log_now(bureau: str) -> ResponseReturnValue:
    """To this month's log of the first organisation that one logs for."""
    place = places.get_bureau(bureau)
    mine = organisations_of(get_identity(), place.id, bureau)
    if not mine:
        return render_template("servicelog/nobody.html", bureau=bureau)
    month = Month.of(local_date(utcnow(), place.timezone))
    return see("month", bureau=bureau, organisation=mine[0].code, month=month)


@blueprint.get("/desk/<bureau>/log/<organisation>/<month>/")
@may_come(LOGGING_FOR)
def month(bureau: str, organisation: str, month: str) -> str:
    """What the month comes to, and its entries."""
    place, wanted, person = places.get_bureau(bureau), Month.parse(month), get_identity()
    partner = places.get_partner(place.id, organisation)
    scope, page = _scope(bureau, organisation), whole_number(request.args.get("page", "")) or 0
    entries, more = entries_in(place.id, wanted, scope=scope, page=page)
    today = local_date(utcnow(), place.timezone)
    return render_template(
        "servicelog/month.html", bureau=bureau, partner=partner.organisation, month=wanted,
        figures=figures_in(place.id, wanted, scope=scope), entries=entries, more=more, page=page,
        service_names={one.code: say(one.name) for one in catalogue.services()},
        language_names={one.tag: say(one.name) for one in catalogue.languages()},
        mine=organisations_of(person, place.id, bureau), closed=is_closed(place.id, wanted),
        signed=partner.organisation_id in signed_off(place.id, wanted), reasons=REASONS, over=today >= wanted.last, here=Month.of(today),
    )  # fmt: skip


@blueprint.route("/desk/<bureau>/log/<organisation>/entries/<int:entry>", methods=["GET", "POST"])
@may_come(LOGGING_FOR)
def entry(bureau: str, organisation: str, entry: int) -> ResponseReturnValue:
    """An entry, to be corrected or taken back with a reason."""
    place = places.get_bureau(bureau)
    line = get_line(place.id, entry, scope=_scope(bureau, organisation))
    refusal = None
    if request.method == "POST":
        try:
            return _corrected(bureau, organisation, line)
        except Refused as error:
            refusal = word(error)
    page = render_template(
        "servicelog/entry.html", bureau=bureau, partner=line.organisation, line=line, refusal=refusal, reasons=REASONS,
        typed=request.form, band_names=BAND_NAMES, note=_note(place, line, _scope(bureau, organisation)), deeds=DEEDS,
        history=history_of(line.row, scope=_scope(bureau, organisation)),
        when=lambda moment: at(moment, place.timezone, current_language()), **_choices(line),
    )  # fmt: skip
    return again(page) if refusal else page


def _note(place: Any, line: Line, scope: Scope) -> Any:
    """The words beside the entry, where the bureau keeps such and their time is not over."""
    if not settings_of(place.id).notes:
        return None
    today = local_date(utcnow(), place.timezone)
    return notes_beside([line.row.id], scope=scope, today=today).get(line.row.id)


def _choices(line: Line) -> dict[str, Any]:
    """What the lists of the form offer."""
    groups = catalogue.status_groups()
    return {
        "service_choices": [(one.code, say(one.name)) for one in catalogue.services()],
        "language_choices": [(one.tag, one.own_name) for one in catalogue.languages()],
        "band_choices": {name: [(code, BAND_WORDS[name, code]) for code in codes] for name, codes in BANDS.items()},
        "status_choices": [(one.code, say(one.name)) for one in groups],
        "status_now": next((one.code for one in groups if one.id == line.row.status_group_id), ""),
    }


def _corrected(bureau: str, organisation: str, line: Line) -> ResponseReturnValue:
    who: dict[str, Any] = {
        "scope": _scope(bureau, organisation), "person_id": get_identity().person_id, **by_me(),
        "reason": request.form.get("reason", ""),
    }  # fmt: skip
    if request.form.get("step") == "take_back":
        actions.take_back(bureau, line.row.id, **who)
        flash(gettext("The entry was taken back."), "ok")
    else:
        values = {
            **request.form,
            "ref": str(uuid4()),
            "kind": line.row.kind,
            "day": line.row.day.isoformat(),
            "hour": line.row.hour,
        }
        right = read_entry(values, now=utcnow(), timezone=places.get_bureau(bureau).timezone)
        actions.correct_entry(bureau, line.row.id, right, **who)
        flash(gettext("The entry was corrected."), "ok")
    if later := counts_later(counts_in(line.row.day, closed_months(line.row.bureau_id)), line.row.day):
        flash(later, "news")
    return see("month", bureau=bureau, organisation=organisation, month=line.row.month)


@blueprint.post("/desk/<bureau>/log/<organisation>/<month>/sign-off")
@may_come(LOGGING_FOR)
def sign_off(bureau: str, organisation: str, month: str) -> ResponseReturnValue:
    """Say that the month is complete, or take the word back."""
    scope = _scope(bureau, organisation)
    try:
        if request.form.get("step") == "withdraw":
            actions.withdraw_sign_off(bureau, organisation, month, scope=scope, **by_me())
        else:
            person_id = get_identity().person_id
            actions.sign_off(bureau, organisation, month, scope=scope, person_id=person_id, **by_me())
    except Refused as error:
        flash(word(error), "stop")
    return see("month", bureau=bureau, organisation=organisation, month=month)


def _scope(bureau: str, organisation: str) -> Scope:
    """The organisation's own entries only, whoever looks."""
    return scope_of(places.get_partner_id(places.get_bureau(bureau).id, organisation))
