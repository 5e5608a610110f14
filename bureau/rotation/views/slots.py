"""Taking a slot, pinning what must stay, closing what must not be used."""

from datetime import datetime
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import NotFound, Refused
from bureau.kernel.scopes import Scope
from bureau.kernel.text import whole_number
from bureau.rotation import actions, queries
from bureau.rotation.domain.board import FreeSlot, SessionDetail, SlotDetail
from bureau.rotation.domain.refusals import SlotTaken
from bureau.rotation.domain.suggesting import in_order
from bureau.web.editing import version_seen
from bureau.web.going import again, see
from bureau.web.guard import COORDINATING, MANAGER, may_come
from bureau.web.identity import get_identity
from bureau.web.wording import word

from .blueprint import blueprint
from .sessions import session_here, session_page, undone
from .whose import scope_here, scope_of_session


@blueprint.get("/desk/<bureau>/slots/<int:slot>/book")
@may_come(COORDINATING)
def book(bureau: str, slot: int) -> str:
    """Who could take the slot, and with what."""
    return booking_page(bureau, slot)


@blueprint.post("/desk/<bureau>/slots/<int:slot>/book")
@may_come(COORDINATING)
def book_slot(bureau: str, slot: int) -> ResponseReturnValue:
    """Take it, with what was ticked; from elsewhere with one click, with what suits best. Who comes second is told
    what is free near it.
    """
    scope = scope_here(bureau, acting=True)
    try:
        chosen = _chosen(bureau, slot, scope)
        booked = actions.book_slot(bureau, slot, **chosen, scope=scope, actor=get_identity().actor, now=utcnow())
    except Refused as error:
        return again(booking_page(bureau, slot, problem=error))
    return see("board", bureau=bureau, month=booked.month, booked=booked.session_id, _anchor=f"slot-{slot}")


def _chosen(bureau: str, slot: int, scope: Scope) -> dict[str, Any]:
    """What the form says; where it names nobody, who suits best."""
    best = () if "worker" in request.form else queries.suggestions_for(slot_here(bureau, slot), scope=scope)
    if best:
        return {"worker_id": best[0].worker_id, "services": best[0].services, "languages": best[0].languages}
    return {
        "worker_id": whole_number(request.form.get("worker", "")) or 0,
        "services": request.form.getlist("service"),
        "languages": request.form.getlist("language"),
    }


@blueprint.post("/desk/<bureau>/sessions/<int:session>/undo")
@may_come(COORDINATING)
def undo_booking(bureau: str, session: int) -> ResponseReturnValue:
    """Take a booking back right after it was made."""
    return undone(bureau, session, actions.undo_booking, gettext("The booking is undone. The slot is open again."))


@blueprint.app_template_global()
def just_booked(bureau: str) -> SessionDetail | None:
    """The session that the page's address says was just booked, as long as that can be undone."""
    number, now = whole_number(request.args.get("booked", "")), utcnow()
    if number is None:
        return None
    try:
        scope = scope_of_session(bureau, number)
    except NotFound:
        return None
    return session_here(bureau, number) if queries.can_be_undone(number, scope=scope, now=now) else None


def slot_here(bureau: str, slot: int) -> SlotDetail:
    """The slot with whom the person could book it for."""
    return queries.slot_detail(bureau, slot, scope=scope_here(bureau, acting=True), now=utcnow())


def booking_page(bureau: str, slot_id: int, problem: Refused | None = None) -> str:
    """The page of a slot, with what was typed and why it was refused; of a taken one only what is free near it."""
    scope, now = scope_here(bureau, acting=True), utcnow()
    slot = queries.slot_detail(bureau, slot_id, scope=scope, now=now, even_taken=False)
    taken = slot.session is not None or isinstance(problem, SlotTaken)
    near = _near(bureau, slot_id, problem, now) if taken else ()
    best = () if taken else queries.suggestions_for(slot, scope=scope)
    return render_template(
        "rotation/book.html", bureau=bureau, round=slot.round, slot=slot, near=near, taken=taken, typed=request.form,
        candidates=in_order(slot.candidates, best), suggested={one.worker_id: one for one in best},
        problem=word(problem) if problem else None, manages=get_identity().manages_bureau(bureau),
    )  # fmt: skip


def _near(bureau: str, slot_id: int, problem: Refused | None, now: datetime) -> tuple[FreeSlot, ...]:
    """What is free around a taken slot: as who lost the race for it was told, where that is known."""
    told: Any = problem.params["near"] if isinstance(problem, SlotTaken) else None
    return queries.free_slots_near(bureau, slot_id, now=now) if told is None else told


@blueprint.post("/desk/<bureau>/sessions/<int:session>/pin")
@may_come(MANAGER)
def pin(bureau: str, session: int) -> ResponseReturnValue:
    """Say that a session stays where it is when the month is proposed again, or no longer."""
    pinned = request.form.get("pinned") == "yes"
    try:
        actions.pin_session(
            bureau, session, pinned=pinned, version=version_seen(), actor=get_identity().actor, now=utcnow()
        )
    except Refused as error:
        return again(session_page(bureau, session_here(bureau, session), problem=error))
    flash(gettext("The session is pinned.") if pinned else gettext("The session is no longer pinned."), "ok")
    detail = session_here(bureau, session)
    return see("board", bureau=bureau, month=detail.round.month, _anchor=f"slot-{detail.slot_id}")


@blueprint.post("/desk/<bureau>/slots/<int:slot>/close")
@may_come(MANAGER)
def close_slot(bureau: str, slot: int) -> ResponseReturnValue:
    """Take the slot out of the plan, or back into it."""
    close = request.form.get("closed") == "yes"
    change = actions.close_slot if close else actions.reopen_slot
    try:
        change(bureau, slot, actor=get_identity().actor, now=utcnow())
    except Refused as error:
        return again(booking_page(bureau, slot, problem=error))
    flash(gettext("The slot is closed.") if close else gettext("The slot is open again."), "ok")
    return see("board", bureau=bureau, month=queries.month_of_slot(bureau, slot), _anchor=f"slot-{slot}")
