"""Declaring what an organisation can give: written, kept as it is written, looked at once more, sent."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused, Stale
from bureau.kernel.text import whole_number
from bureau.rotation import actions, queries
from bureau.rotation.actions.drafts import Kept
from bureau.rotation.actions.strokes import Painted
from bureau.rotation.domain.calendar import hours_of, weekdays_of, weeks_of
from bureau.rotation.domain.draft import Cells, Seen, cells_now, cells_of, strokes_in, unsent
from bureau.rotation.domain.offers import OfferPage
from bureau.rotation.domain.summary import most_possible, summarise
from bureau.rotation.forms.offers import OfferForm, Weekly, seen_in, written_in
from bureau.web import formats
from bureau.web.errors import status_of
from bureau.web.going import again, see
from bureau.web.guard import COORDINATOR, may_come
from bureau.web.identity import get_identity, scope_for
from bureau.web.wording import word

from .blueprint import blueprint

Sweep = Callable[[OfferPage], Cells]


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
    """The form: as sent or as usual, with what was written since."""
    page = offer_page(bureau, month, organisation)
    return _render(page, OfferForm.of(page))


@blueprint.post("/desk/<bureau>/<month>/offers/<organisation>/")
@may_come(COORDINATOR)
def save_offer(bureau: str, month: str, organisation: str) -> ResponseReturnValue:
    """Keep the whole form and take the step that its button says; refused, it stays on the page as it was typed."""
    page = offer_page(bureau, month, organisation)
    form, step = OfferForm.typed(request.form, page), request.form.get("step", "check")
    try:
        if step == "check":
            form.declared(page)
        keep(bureau, month, organisation, form.cells, seen=form.seen, sweep=_sweep(step))
    except Refused as error:
        form.refuse(error)
        if isinstance(error, Stale):
            form.seen = _seen_on(page)  # sending again is a decision now
        return again(_render(page, form))
    onward = "check_offer" if step == "check" else "declare"
    return see(onward, bureau=bureau, month=month, organisation=organisation, _anchor=_place(step))


def _place(step: str) -> str | None:
    """Where on the page it goes on after a step."""
    return f"worker-{step.removeprefix('weekly-')}" if step.startswith("weekly-") else None


def _sweep(step: str) -> Sweep | None:
    """What a button sets for the whole month, if it does."""
    worker = whole_number(step.removeprefix("weekly-"))
    if worker is not None:
        return Weekly.typed(request.form, worker).cells
    return {"last_month": _as_last_month, "undo": _as_before}.get(step)


def _as_last_month(page: OfferPage) -> Cells:
    scope = scope_for(get_identity(), page.round.bureau, page.organisation.code)
    offer = queries.copy_last_month(page.round, page.organisation.code, scope=scope)
    return cells_of(offer, page.workers, page.blocks)


def _as_before(page: OfferPage) -> Cells:
    known = cells_now(page)
    return {name: value for name, value in page.draft.before.items() if name in known}


@blueprint.post("/desk/<bureau>/<month>/offers/<organisation>/draft")
@may_come(COORDINATOR)
def save_cells(bureau: str, month: str, organisation: str) -> ResponseReturnValue:
    """Keep a few fields as they are written; answers with every field where others wrote meanwhile."""
    written = written_in(request.form)
    try:
        if painted := _paint(bureau, month, organisation, written):
            return _told(painted.seen, said_saved(painted.saved_at, painted.timezone, unsent=painted.unsent), {})
        kept = keep(bureau, month, organisation, written) if written else _as_it_is(bureau, month, organisation)
    except Refused as error:
        return {"said": word(error)}, status_of(error)
    page, alone = kept.page, kept.found == seen_in(request.form)
    return _told(_seen_on(page), _said_of(page), {} if alone else cells_now(page))


def _paint(bureau: str, month: str, organisation: str, written: Cells) -> Painted | None:
    """Keep strokes of the brush the short way, where the page shows all that stands."""
    strokes = strokes_in(written)
    if strokes is None:
        return None
    scope = scope_for(get_identity(), bureau, organisation)
    seen = seen_in(request.form)
    return actions.save_strokes(bureau, month, organisation, strokes, seen=seen, scope=scope, now=utcnow())


def _told(seen: Seen, said: str, cells: Cells) -> dict[str, Any]:
    """What the page is answered."""
    return {"version": seen.answer, "draft": seen.draft, "said": said, "cells": dict(cells)}


def _seen_on(page: OfferPage) -> Seen:
    return Seen(answer=page.version, draft=page.draft.version)


def _as_it_is(bureau: str, month: str, organisation: str) -> Kept:
    """For a page that only asks whether others wrote meanwhile."""
    page = offer_page(bureau, month, organisation)
    return Kept(page=page, found=_seen_on(page))


def keep(
    bureau: str, month: str, organisation: str, cells: Cells, *, seen: Seen | None = None, sweep: Sweep | None = None
) -> Kept:
    """Store what was written in the name of that organisation."""
    scope = scope_for(get_identity(), bureau, organisation)
    return actions.save_draft(bureau, month, organisation, cells, seen=seen, sweep=sweep, scope=scope, now=utcnow())


def _said_of(page: OfferPage) -> str:
    return said_saved(page.draft.saved_at, page.round.timezone, unsent=unsent(page))


def said_saved(saved_at: datetime | None, timezone: str, *, unsent: bool) -> str:
    """When the draft was last kept, on the bureau's clock; empty where nothing is written."""
    if saved_at is None or not unsent:
        return ""
    local = saved_at.astimezone(ZoneInfo(timezone))
    return str(gettext("Saved %(time)s. Not sent yet.", time=formats.clock(local.time())))


@blueprint.get("/desk/<bureau>/<month>/offers/<organisation>/check")
@may_come(COORDINATOR)
def check_offer(bureau: str, month: str, organisation: str) -> ResponseReturnValue:
    """What would be sent, in plain words."""
    return _look_again(offer_page(bureau, month, organisation))


@blueprint.post("/desk/<bureau>/<month>/offers/<organisation>/check")
@may_come(COORDINATOR)
def send_offer(bureau: str, month: str, organisation: str) -> ResponseReturnValue:
    """What was looked at becomes the answer; if more was written meanwhile, it is looked at once more."""
    page, person = offer_page(bureau, month, organisation), get_identity()
    try:
        offer, seen = OfferForm.of(page).declared(page), seen_in(request.form)
        actions.declare_offer(
            bureau, month, organisation, offer, version=seen.answer, draft=seen.draft,
            scope=scope_for(person, bureau, organisation), actor=person.actor, now=utcnow(),
        )  # fmt: skip
    except Refused as error:
        return again(_look_again(offer_page(bureau, month, organisation), error))
    flash(ngettext("Sent: you promise %(num)d session.", "Sent: you promise %(num)d sessions.", offer.promised), "ok")
    return see("declare", bureau=bureau, month=month, organisation=organisation)


def _look_again(page: OfferPage, error: Refused | None = None) -> str:
    """The summary of what stands on the page; the page itself where that cannot be sent."""
    form = OfferForm.of(page)
    try:
        offer = form.declared(page)
    except Refused as problem:
        form.refuse(problem)
        return _render(page, form)
    return render_template(
        "rotation/check_offer.html", bureau=page.round.bureau, page=page, round=page.round, form=form, offer=offer,
        told=summarise(offer, page.workers, page.blocks), most=most_possible(offer), problem=word(error) if error else "",
    )  # fmt: skip


def offer_page(bureau: str, month: str, organisation: str) -> OfferPage:
    """The page of that organisation, as far as the person may see it."""
    scope = scope_for(get_identity(), bureau, organisation)
    return queries.offer_page(queries.get_round(bureau, month), organisation, scope=scope)


def _render(page: OfferPage, form: OfferForm) -> str:
    return render_template(
        "rotation/declare.html", bureau=page.round.bureau, page=page, round=page.round, form=form,
        weeks=weeks_of(page.blocks, page.closures), weekdays=weekdays_of(page.blocks), spans=hours_of(page.blocks),
        saved=_said_of(page), unsent=unsent(page),
        given=summarise(page.offer, page.workers, page.blocks) if page.offer else (),
    )  # fmt: skip
