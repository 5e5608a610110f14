"""Referrals of an organisation: those that it gave, those that come to it, and what becomes of one."""

from typing import Any
from uuid import uuid4

from flask import Response, flash, render_template, request
from flask.typing import ResponseReturnValue

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import NotFound, Refused
from bureau.kernel.scopes import Scope
from bureau.kernel.text import whole_number
from bureau.organisations import queries as places
from bureau.rotation.queries.desk import sessions_on
from bureau.servicelog import actions
from bureau.servicelog.domain.codes import read_code, spaced
from bureau.servicelog.domain.referrals import CodeUnknown, ForAnother, ReferralSeen
from bureau.servicelog.exports import CSV, XLSX, referrals_csv, referrals_xlsx
from bureau.servicelog.queries.referrals import (
    PAGE,
    coming_to,
    every_referral,
    find_referral,
    get_referral,
    given_by,
)
from bureau.servicelog.wording import REFERRAL_ENDS, REFERRAL_STATES
from bureau.web.desk import by_me
from bureau.web.going import again, see
from bureau.web.guard import LOGGING, LOGGING_FOR, may_come
from bureau.web.identity import get_identity, scope_of
from bureau.web.wording import word

from .blueprint import blueprint
from .whose import organisations_of


def own_scope(bureau: str, organisation: str) -> Scope:
    """The organisation's own referrals only, whoever looks."""
    return scope_of(places.get_partner_id(places.get_bureau(bureau).id, organisation))


@blueprint.get("/desk/<bureau>/referrals/")
@may_come(LOGGING)
def referrals_now(bureau: str) -> ResponseReturnValue:
    """To the referrals of the first organisation that one logs for."""
    mine = organisations_of(get_identity(), places.get_bureau(bureau).id, bureau)
    if not mine:
        return render_template("servicelog/nobody.html", bureau=bureau)
    return see("referrals", bureau=bureau, organisation=mine[0].code)


@blueprint.get("/desk/<bureau>/referrals/<organisation>/")
@may_come(LOGGING_FOR)
def referrals(bureau: str, organisation: str) -> str:
    """The open ones at both ends, by date; or those that are closed."""
    return _list(bureau, organisation)


def _list(bureau: str, organisation: str, *, typed: str = "", refusal: str = "") -> str:
    place = places.get_bureau(bureau)
    partner = places.get_partner(place.id, organisation)
    closed, page = "closed" in request.args, whole_number(request.args.get("page", "")) or 0
    coming = coming_to(place.id, partner.organisation_id, closed=closed, page=page)
    given = given_by(place.id, partner.organisation_id, closed=closed, page=page)
    return render_template(
        "servicelog/referrals.html", bureau=bureau, partner=partner.organisation, coming=coming[:PAGE], given=given[:PAGE],
        more=max(len(coming), len(given)) > PAGE, closed=closed, page=page, typed=typed, refusal=refusal,
        today=local_date(utcnow(), place.timezone), states=REFERRAL_STATES, ends=REFERRAL_ENDS,
        mine=organisations_of(get_identity(), place.id, bureau),
    )  # fmt: skip


@blueprint.post("/desk/<bureau>/referrals/<organisation>/find")
@may_come(LOGGING_FOR)
def find_code(bureau: str, organisation: str) -> ResponseReturnValue:
    """From the code on a slip to what it is for. The code stands in no address."""
    typed = request.form.get("code", "")
    try:
        found, at = _found(bureau, organisation, typed)
    except Refused as refusal:
        return again(_list(bureau, organisation, typed=typed, refusal=word(refusal)))
    return see("referral", bureau=bureau, organisation=at, number=found.id)


def _found(bureau: str, organisation: str, typed: str) -> tuple[ReferralSeen, str]:
    """The referral of that code, and the end of it at which the person may look at it (CodeMistyped, CodeUnknown, ForAnother)."""
    place = places.get_bureau(bureau)
    found = find_referral(place.id, read_code(typed))
    if found is None:
        raise CodeUnknown
    mine = [organisation, *(one.code for one in organisations_of(get_identity(), place.id, bureau))]
    ends = (found.receiver.code, found.giver.code)
    at = next((end for end in ends if end in mine), None)
    if at is None:
        raise ForAnother(organisation=found.receiver.name)
    return found, at


@blueprint.get("/desk/<bureau>/referrals/<organisation>/<int:number>/")
@may_come(LOGGING_FOR)
def referral(bureau: str, organisation: str, number: int) -> str:
    """What it is for, and what may be said of it."""
    place, now = places.get_bureau(bureau), utcnow()
    found = get_referral(place.id, number, scope=own_scope(bureau, organisation))
    return render_template(
        "servicelog/referral.html", bureau=bureau, organisation=organisation, one=found, code=spaced(found.code),
        today=local_date(now, place.timezone), states=REFERRAL_STATES, ends=REFERRAL_ENDS, ref=str(uuid4()),
        marks=found.receiver.code == organisation, gave=found.giver.code == organisation,
        session_id=_in_hand(bureau, organisation),
    )  # fmt: skip


def _in_hand(bureau: str, organisation: str) -> int | None:
    """The organisation's session in which a consultation is counted now, if there is just one."""
    now = utcnow()
    day = local_date(now, places.get_bureau(bureau).timezone)
    sessions = sessions_on(bureau, day, scope=own_scope(bureau, organisation))
    in_hand = [session.id for session in sessions if session.in_hand(now)]
    return in_hand[0] if len(in_hand) == 1 else None


@blueprint.post("/desk/<bureau>/referrals/<organisation>/<int:number>/")
@may_come(LOGGING_FOR)
def say_of_referral(bureau: str, organisation: str, number: int) -> ResponseReturnValue:
    """Somebody came with it; nobody did after all; nothing more is to be done; it is to be done after all."""
    who: dict[str, Any] = {"scope": own_scope(bureau, organisation), **by_me()}
    step = request.form.get("step", "")
    try:
        if step == "close":
            actions.close_referral(bureau, number, reason=request.form.get("reason", ""), **who)
        elif step in STEPS:
            STEPS[step](bureau, number, **who)
        else:
            raise NotFound
    except Refused as refusal:
        if isinstance(refusal, NotFound):
            raise
        flash(word(refusal), "thin")
    return see("referral", bureau=bureau, organisation=organisation, number=number)


STEPS: dict[str, Any] = {
    "arrived": actions.mark_arrived,
    "not_arrived": actions.take_arrival_back,
    "reopen": actions.reopen_referral,
}


@blueprint.get("/desk/<bureau>/referrals/<organisation>/referrals.<any(csv, xlsx):kind>")
@may_come(LOGGING_FOR)
def referrals_file(bureau: str, organisation: str, kind: str) -> ResponseReturnValue:
    """Every referral at whose end the organisation stands, for a spreadsheet."""
    place = places.get_bureau(bureau)
    found = every_referral(place.id, places.get_partner_id(place.id, organisation))
    content, content_type = (referrals_csv(found), CSV) if kind == "csv" else (referrals_xlsx(found), XLSX)
    headers = {"Content-Disposition": f'attachment; filename="referrals-{organisation}.{kind}"'}
    return Response(content, content_type=content_type, headers=headers)
