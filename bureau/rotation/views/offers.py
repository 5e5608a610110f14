"""Declaring what an organisation can give."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused, Stale
from bureau.rotation import actions, queries
from bureau.rotation.domain.calendar import weeks_of
from bureau.rotation.domain.offers import OfferPage
from bureau.rotation.domain.summary import summarise
from bureau.rotation.forms.offers import OfferForm
from bureau.web.guard import COORDINATOR, may_come
from bureau.web.identity import get_identity, scope_for

from .blueprint import again, blueprint, see


@blueprint.get("/desk/<bureau>/organisations/<organisation>/declare")
@may_come(COORDINATOR)
def declare_now(bureau: str, organisation: str) -> ResponseReturnValue:
    """To the offer for the month in planning."""
    round_ = queries.current_round(bureau, now=utcnow())
    if round_ is None:
        return render_template("rotation/no_month.html", bureau=bureau)
    return see("declare", bureau=bureau, month=round_.month, organisation=organisation)


@blueprint.get("/desk/<bureau>/<month>/offers/<organisation>/")
@may_come(COORDINATOR)
def declare(bureau: str, month: str, organisation: str) -> str:
    """The form: as stored, as usual, or as last month."""
    page = _page(bureau, month, organisation)
    offer = page.offer or page.usual
    if "last_month" in request.args:
        scope = scope_for(get_identity(), bureau, organisation)
        offer = queries.copy_last_month(page.round, organisation, scope=scope)
    return _render(page, OfferForm.of(page, offer))


@blueprint.post("/desk/<bureau>/<month>/offers/<organisation>/")
@may_come(COORDINATOR)
def save_offer(bureau: str, month: str, organisation: str) -> ResponseReturnValue:
    """Store what was declared; refused, it stays on the page as it was typed."""
    page = _page(bureau, month, organisation)
    form = OfferForm.typed(request.form, page)
    person = get_identity()
    try:
        offer = form.declared(page)
        actions.declare_offer(
            bureau, month, organisation, offer, version=form.version,
            scope=scope_for(person, bureau, organisation), actor=person.actor, now=utcnow(),
        )  # fmt: skip
    except Refused as error:
        form.refuse(error)
        if isinstance(error, Stale):
            form.version = page.version  # seen now: sending again is a decision, not an accident
        return again(_render(page, form))
    flash(ngettext("Saved: you promise %(num)d session.", "Saved: you promise %(num)d sessions.", offer.promised), "ok")
    return see("declare", bureau=bureau, month=month, organisation=organisation)


def _page(bureau: str, month: str, organisation: str) -> OfferPage:
    scope = scope_for(get_identity(), bureau, organisation)
    return queries.offer_page(queries.get_round(bureau, month), organisation, scope=scope)


def _render(page: OfferPage, form: OfferForm) -> str:
    return render_template(
        "rotation/declare.html", bureau=page.round.bureau, page=page, round=page.round, form=form,
        weeks=weeks_of(page.blocks), given=summarise(page.offer, page.workers) if page.offer else (),
    )  # fmt: skip
