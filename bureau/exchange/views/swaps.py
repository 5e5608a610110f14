"""The swaps of an organisation, one swap, and for the manager all of them."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.exchange import actions, queries
from bureau.exchange.domain.shown import SwapShown
from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.kernel.scopes import Scope
from bureau.kernel.text import whole_number
from bureau.organisations import queries as places
from bureau.rotation.domain.board import Candidate
from bureau.rotation.queries import slot_detail
from bureau.web.going import again, see
from bureau.web.guard import COORDINATOR, MANAGER, may_come
from bureau.web.identity import get_identity, scope_for
from bureau.web.wording import word

from .blueprint import blueprint, number_of, party


@blueprint.get("/desk/<bureau>/swaps/")
@may_come(MANAGER)
def every_swap(bureau: str) -> str:
    """Every swap of the bureau, those that wait first."""
    return render_template("exchange/every_swap.html", bureau=bureau, swaps=queries.every_swap(bureau))


@blueprint.get("/desk/<bureau>/organisations/<organisation>/swaps/")
@may_come(COORDINATOR)
def swaps(bureau: str, organisation: str) -> str:
    """What waits for our answer, what we asked for, what others offer, what we wait for, and what is past."""
    own = party(bureau, organisation)
    found = queries.our_swaps(bureau, number_of(own), now=utcnow())
    name = places.get_organisation(organisation).name
    return render_template(
        "exchange/swaps.html", bureau=bureau, organisation=organisation, name=name, ours=found, me=own.organisation_id
    )


@blueprint.get("/desk/<bureau>/organisations/<organisation>/swaps/<int:swap>")
@may_come(COORDINATOR)
def swap(bureau: str, organisation: str, swap: int) -> str:
    """What each party gives and gets, who has answered, and our answer."""
    return _page(bureau, organisation, swap)


@blueprint.post("/desk/<bureau>/organisations/<organisation>/swaps/<int:swap>/accept")
@may_come(COORDINATOR)
def accept(bureau: str, organisation: str, swap: int) -> ResponseReturnValue:
    """Accept; the last acceptance moves everything."""
    own = number_of(party(bureau, organisation))
    try:
        moved = actions.accept_swap(
            bureau, swap, organisation_id=own, cover=_cover(), actor=get_identity().actor, now=utcnow()
        )
    except Refused as error:
        return again(_page(bureau, organisation, swap, problem=error))
    done = gettext("Done: it is made.") if moved else gettext("Accepted. The others still have to answer.")
    flash(done, "ok")
    return see("swap", bureau=bureau, organisation=organisation, swap=swap)


def _cover() -> actions.Cover | None:
    """Who takes the session over, and with what, where the form asks for it."""
    worker = whole_number(request.form.get("worker", ""))
    if worker is None:
        return None
    services, languages = request.form.getlist("service"), request.form.getlist("language")
    return actions.Cover(worker_id=worker, services=tuple(services), languages=tuple(languages))


@blueprint.post("/desk/<bureau>/organisations/<organisation>/swaps/<int:swap>/decline")
@may_come(COORDINATOR)
def decline(bureau: str, organisation: str, swap: int) -> ResponseReturnValue:
    """Say no, with a reason."""
    own, reason = number_of(party(bureau, organisation)), request.form.get("reason", "")
    try:
        actions.decline_swap(bureau, swap, organisation_id=own, reason=reason, actor=get_identity().actor, now=utcnow())
    except Refused as error:
        return again(_page(bureau, organisation, swap, problem=error))
    flash(gettext("Declined. The others are told why."), "ok")
    return see("swaps", bureau=bureau, organisation=organisation)


@blueprint.post("/desk/<bureau>/organisations/<organisation>/swaps/<int:swap>/take-back")
@may_come(COORDINATOR)
def withdraw(bureau: str, organisation: str, swap: int) -> ResponseReturnValue:
    """Take back what was asked."""
    person = get_identity()
    scope = scope_for(person, bureau, organisation)
    try:
        actions.withdraw_swap(bureau, swap, scope=scope, actor=person.actor, now=utcnow())
    except Refused as error:
        return again(_page(bureau, organisation, swap, problem=error))
    flash(gettext("The request is withdrawn. The others are told."), "ok")
    return see("swaps", bureau=bureau, organisation=organisation)


def _page(bureau: str, organisation: str, number: int, problem: Refused | None = None) -> str:
    own, now, person = party(bureau, organisation), utcnow(), get_identity()
    found = queries.get_swap(bureau, number, scope=own, now=now)
    manages = person.manages_bureau(bureau)
    asked = found.asked_by is not None and found.asked_by.id == own.organisation_id
    return render_template(
        "exchange/swap.html", bureau=bureau, organisation=organisation, swap=found, round=found.round,
        me=own.organisation_id, candidates=_candidates(bureau, found, own), typed=request.form, manages=manages,
        may_withdraw=found.state == "asked" and (asked or manages), problem=word(problem) if problem else None,
    )  # fmt: skip


def _candidates(bureau: str, found: SwapShown, own: Scope) -> tuple[Candidate, ...]:
    """Who of ours could take the session over, where that is asked or offered."""
    part = found.party(own.organisation_id)
    if not (found.open_to(own.organisation_id) or (part and part.covers and part.accepted_at is None)):
        return ()
    detail = slot_detail(bureau, found.parties[0].gives.slot.slot_id, scope=own, now=utcnow())
    return tuple(one for one in detail.candidates if not one.busy)
