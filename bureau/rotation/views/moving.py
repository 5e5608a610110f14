"""Moving a session: where to, what that breaks or worsens, and then doing it."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.kernel.text import whole_number
from bureau.rotation import actions, queries
from bureau.rotation.domain.board import SlotDetail
from bureau.rotation.domain.showing import stated_parts
from bureau.web.editing import version_seen
from bureau.web.going import again, see
from bureau.web.guard import COORDINATING, may_come
from bureau.web.htmx import wanted_by_htmx
from bureau.web.identity import get_identity
from bureau.web.wording import word

from .blueprint import blueprint
from .whose import read_for, scope_here, scope_of_session


@blueprint.get("/desk/<bureau>/sessions/<int:session>/move")
@may_come(COORDINATING)
def move(bureau: str, session: int) -> str:
    """The open slots that the session could go to; with one of them named, what would become of it."""
    return _moving(bureau, session)


@blueprint.post("/desk/<bureau>/sessions/<int:session>/move")
@may_come(COORDINATING)
def move_session(bureau: str, session: int) -> ResponseReturnValue:
    """Take it there; back to the part of the board from which it was moved."""
    person, to = get_identity(), _chosen()
    scope = scope_of_session(bureau, session)
    try:
        actions.move_session(
            bureau, session, to=to or 0, version=version_seen(), scope=scope, actor=person.actor, now=utcnow()
        )
    except Refused as error:
        return again(_moving(bureau, session, problem=error))
    detail = queries.session_detail(bureau, session, scope=scope)
    flash(gettext("The session is moved."), "ok")
    parts = stated_parts(request.args) | read_for(bureau, detail.session.organisation.code)
    return see("board", bureau=bureau, month=detail.round.month, _anchor=f"slot-{detail.slot_id}", **parts)


def _chosen() -> int | None:
    return whole_number(request.values.get("to", ""))


def _moving(bureau: str, session: int, problem: Refused | None = None) -> str:
    scope, now, chosen = scope_of_session(bureau, session), utcnow(), _chosen()
    detail = queries.session_detail(bureau, session, scope=scope)
    target = None if chosen is None else _slot(bureau, chosen)
    look = None if target is None else actions.look_at_move(bureau, session, to=target.slot_id, scope=scope, now=now)
    part = wanted_by_htmx() and look is not None
    return render_template(
        "rotation/_move_look.html" if part else "rotation/move.html", bureau=bureau, round=detail.round, detail=detail,
        target=target, look=look, broken=[word(one) for one in look.breaks] if look else [],
        problem=word(problem) if problem else None, parts=stated_parts(request.args),
        slots=() if part else queries.slots_to_move_to(detail, now=now),
    )  # fmt: skip


def _slot(bureau: str, slot: int) -> SlotDetail:
    return queries.slot_detail(bureau, slot, scope=scope_here(bureau, acting=True), now=utcnow())
