"""Waiting for a slot that somebody else has."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.exchange import actions, queries
from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.kernel.text import whole_number
from bureau.rotation.queries import slot_detail
from bureau.web.editing import version_seen
from bureau.web.going import again, see
from bureau.web.guard import COORDINATING, COORDINATOR, may_come
from bureau.web.identity import get_identity, scope_at, stated_organisation
from bureau.web.wording import word

from .blueprint import blueprint, party


@blueprint.get("/desk/<bureau>/slots/<int:slot>/wait")
@may_come(COORDINATING)
def wait(bureau: str, slot: int) -> str:
    """Who of ours would take the slot if it came free."""
    return _page(bureau, slot)


@blueprint.post("/desk/<bureau>/slots/<int:slot>/wait")
@may_come(COORDINATING)
def wait_for_slot(bureau: str, slot: int) -> ResponseReturnValue:
    """Join the list."""
    person = get_identity()
    worker = whole_number(request.form.get("worker", "")) or 0
    try:
        actions.wait_for_slot(
            bureau, slot, worker_id=worker, services=request.form.getlist("service"),
            languages=request.form.getlist("language"), actor=person.actor, now=utcnow(),
            scope=scope_at(person, bureau, stated_organisation(), acting=True),
        )  # fmt: skip
    except Refused as error:
        return again(_page(bureau, slot, problem=error))
    flash(
        gettext("You are on the list. You get a mail with a link when the slot comes free and it is your turn."), "ok"
    )
    return see("wait", bureau=bureau, slot=slot, **_kept())


def _kept() -> dict[str, str]:
    stated = request.args.get("organisation")
    return {"organisation": stated} if stated else {}


def _page(bureau: str, slot: int, problem: Refused | None = None) -> str:
    person, now = get_identity(), utcnow()
    scope = scope_at(person, bureau, stated_organisation(), acting=True)
    detail = slot_detail(bureau, slot, scope=scope, now=now)
    return render_template(
        "exchange/wait.html", bureau=bureau, round=detail.round, slot=detail, typed=request.form,
        waiting=queries.waiting_at(slot, scope), problem=word(problem) if problem else None,
        manages=person.manages_bureau(bureau), kept=_kept(),
    )  # fmt: skip


@blueprint.post("/desk/<bureau>/organisations/<organisation>/waiting/<int:entry>/take")
@may_come(COORDINATOR)
def take_offer(bureau: str, organisation: str, entry: int) -> ResponseReturnValue:
    """Book what is offered."""
    own = party(bureau, organisation)
    try:
        actions.confirm_waiting(queries.entry_here(bureau, entry, own), actor=get_identity().actor, now=utcnow())
    except Refused as error:
        flash(word(error), "stop")
    else:
        flash(gettext("The slot is yours."), "ok")
    return see("swaps", bureau=bureau, organisation=organisation, _anchor="waiting")


@blueprint.post("/desk/<bureau>/organisations/<organisation>/waiting/<int:entry>/stop")
@may_come(COORDINATOR)
def stop_waiting(bureau: str, organisation: str, entry: int) -> ResponseReturnValue:
    """Leave the list, or say no to what is offered."""
    own = party(bureau, organisation)
    try:
        actions.stop_waiting(
            queries.entry_here(bureau, entry, own),
            version=version_seen(),
            scope=own,
            actor=get_identity().actor,
            now=utcnow(),
        )
    except Refused as error:
        flash(word(error), "stop")
    else:
        flash(gettext("You no longer wait for this slot."), "ok")
    return see("swaps", bureau=bureau, organisation=organisation, _anchor="waiting")
