"""Taking a slot, giving it back, pinning what must stay, closing what must not be used."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.kernel.text import whole_number
from bureau.rotation import actions, queries
from bureau.rotation.domain.board import SessionDetail, SlotDetail
from bureau.rotation.domain.refusals import SlotTaken
from bureau.web.editing import version_seen
from bureau.web.guard import COORDINATING, MANAGER, may_come
from bureau.web.identity import get_identity
from bureau.web.wording import word

from .blueprint import again, blueprint, see
from .whose import read_for, scope_here, scope_of_session


@blueprint.get("/desk/<bureau>/slots/<int:slot>/book")
@may_come(COORDINATING)
def book(bureau: str, slot: int) -> str:
    """Who could take the slot, and with what."""
    return _booking(bureau, _slot(bureau, slot))


@blueprint.post("/desk/<bureau>/slots/<int:slot>/book")
@may_come(COORDINATING)
def book_slot(bureau: str, slot: int) -> ResponseReturnValue:
    """Take it; who comes second is told what is free near it."""
    person = get_identity()
    try:
        actions.book_slot(
            bureau, slot, worker_id=whole_number(request.form.get("worker", "")) or 0,
            services=request.form.getlist("service"), languages=request.form.getlist("language"),
            scope=scope_here(bureau, acting=True), actor=person.actor, now=utcnow(),
        )  # fmt: skip
    except Refused as error:
        return again(_booking(bureau, _slot(bureau, slot), problem=error))
    flash(gettext("The slot is yours."), "ok")
    return see("board", bureau=bureau, month=_slot(bureau, slot).round.month, _anchor=f"slot-{slot}")


def _slot(bureau: str, slot: int) -> SlotDetail:
    return queries.slot_detail(bureau, slot, scope=scope_here(bureau, acting=True), now=utcnow())


def _booking(bureau: str, slot: SlotDetail, problem: Refused | None = None) -> str:
    taken = slot.session is not None or isinstance(problem, SlotTaken)
    near = queries.free_slots_near(bureau, slot.slot_id, now=utcnow()) if taken else ()
    return render_template(
        "rotation/book.html", bureau=bureau, round=slot.round, slot=slot, near=near, taken=taken, typed=request.form,
        problem=word(problem) if problem else None, manages=get_identity().manages_bureau(bureau),
    )  # fmt: skip


@blueprint.get("/desk/<bureau>/sessions/<int:session>/release")
@may_come(COORDINATING)
def release(bureau: str, session: int) -> str:
    """One session, and how to give it back."""
    return _releasing(bureau, _session(bureau, session))


@blueprint.post("/desk/<bureau>/sessions/<int:session>/release")
@may_come(COORDINATING)
def release_session(bureau: str, session: int) -> ResponseReturnValue:
    """Give it back with a reason; it can be taken back as long as nobody has it."""
    person, detail = get_identity(), _session(bureau, session)
    try:
        actions.release_session(
            bureau, session, reason=request.form.get("reason", ""), version=version_seen(),
            scope=scope_of_session(bureau, session), actor=person.actor, now=utcnow(),
        )  # fmt: skip
    except Refused as error:
        return again(_releasing(bureau, _session(bureau, session), problem=error))
    return see(
        "board", bureau=bureau, month=detail.round.month, released=session, _anchor=f"slot-{detail.slot_id}",
        **read_for(bureau, detail.session.organisation.code),
    )  # fmt: skip


def _session(bureau: str, session: int) -> SessionDetail:
    return queries.session_detail(bureau, session, scope=scope_of_session(bureau, session))


def _releasing(bureau: str, detail: SessionDetail, problem: Refused | None = None) -> str:
    return render_template(
        "rotation/release.html", bureau=bureau, round=detail.round, detail=detail, reason=request.form.get("reason", ""),
        problem=word(problem) if problem else None, manages=get_identity().manages_bureau(bureau),
    )  # fmt: skip


@blueprint.post("/desk/<bureau>/sessions/<int:session>/take-back")
@may_come(COORDINATING)
def take_back(bureau: str, session: int) -> ResponseReturnValue:
    """Undo a release."""
    person = get_identity()
    detail = _session(bureau, session)
    try:
        actions.take_back(
            bureau,
            session,
            version=version_seen(),
            scope=scope_of_session(bureau, session),
            actor=person.actor,
            now=utcnow(),
        )
    except Refused as error:
        flash(word(error), "stop")
    else:
        flash(gettext("The session is yours again."), "ok")
    whose = read_for(bureau, detail.session.organisation.code)
    return see("board", bureau=bureau, month=detail.round.month, _anchor=f"slot-{detail.slot_id}", **whose)


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
        return again(_releasing(bureau, _session(bureau, session), problem=error))
    flash(gettext("The session is pinned.") if pinned else gettext("The session is no longer pinned."), "ok")
    detail = _session(bureau, session)
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
        return again(_booking(bureau, _slot(bureau, slot), problem=error))
    flash(gettext("The slot is closed.") if close else gettext("The slot is open again."), "ok")
    return see("board", bureau=bureau, month=_slot(bureau, slot).round.month, _anchor=f"slot-{slot}")
