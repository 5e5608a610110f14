"""One session: what it is, how to give it back, and how to take it back."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.rotation import actions, queries
from bureau.rotation.domain.board import SessionDetail
from bureau.rotation.domain.booking import usual_cover_from
from bureau.rotation.forms.moments import moment_typed, typed_moment
from bureau.web.desk import by_me
from bureau.web.editing import version_seen
from bureau.web.going import again, see
from bureau.web.guard import COORDINATING, may_come
from bureau.web.identity import get_identity
from bureau.web.wording import word

from .blueprint import blueprint
from .whose import read_for, scope_of_owner, scope_of_session


def session_here(bureau: str, session: int) -> SessionDetail:
    """The session, if the person works on it."""
    return queries.session_detail(bureau, session, scope=scope_of_session(bureau, session))


def session_page(bureau: str, detail: SessionDetail, problem: Refused | None = None) -> str:
    """The page of one session, with what was typed and why it was refused."""
    now = utcnow()
    usual = usual_cover_from(detail.starts_at, now=now)
    return render_template(
        "rotation/release.html", bureau=bureau, round=detail.round, detail=detail, typed=request.form,
        ended=detail.starts_at <= now, over=detail.ends_at <= now, soon=usual <= now, until=typed_moment(usual, detail.round.timezone),
        series=queries.series_of_session(detail.session.id), problem=word(problem) if problem else None,
        manages=get_identity().manages_bureau(bureau),
    )  # fmt: skip


@blueprint.get("/desk/<bureau>/sessions/<int:session>/release")
@may_come(COORDINATING)
def release(bureau: str, session: int) -> str:
    """One session, and how to give it back."""
    return session_page(bureau, session_here(bureau, session))


@blueprint.post("/desk/<bureau>/sessions/<int:session>/release")
@may_come(COORDINATING)
def release_session(bureau: str, session: int) -> ResponseReturnValue:
    """Give it back with a reason; it can be taken back as long as nobody has it."""
    place, now = queries.place_of_session(bureau, session), utcnow()
    try:
        actions.release_session(
            bureau, session, reason=request.form.get("reason", ""),
            cover_from=_cover_from(request.form, place.timezone, now), version=version_seen(),
            scope=scope_of_owner(bureau, place.organisation_id), actor=get_identity().actor, now=now,
        )  # fmt: skip
    except Refused as error:
        return again(session_page(bureau, session_here(bureau, session), problem=error))
    return see(
        "board", bureau=bureau, month=place.month, released=session, _anchor=f"slot-{place.slot_id}",
        **read_for(bureau, place.organisation),
    )  # fmt: skip


def _cover_from(form: Mapping[str, str], timezone: str, now: datetime) -> datetime | None:
    """At once, at the moment that was typed, or as is usual."""
    if form.get("cover") == "at-once":
        return now
    return moment_typed(form.get("until", ""), timezone, field="until") if form.get("until") else None


@blueprint.post("/desk/<bureau>/sessions/<int:session>/take-back")
@may_come(COORDINATING)
def take_back(bureau: str, session: int) -> ResponseReturnValue:
    """Undo a release."""
    return undone(bureau, session, actions.take_back, gettext("The session is yours again."))


def undone(bureau: str, session: int, undo: Callable[..., object], said: str) -> ResponseReturnValue:
    """Undo what was just done to a session, and back to its slot on the board; there it says why where it is refused."""
    detail = session_here(bureau, session)
    try:
        undo(bureau, session, version=version_seen(), scope=scope_of_session(bureau, session), **by_me())
    except Refused as error:
        flash(word(error), "stop")
    else:
        flash(said, "ok")
    whose = read_for(bureau, detail.session.organisation.code)
    return see("board", bureau=bureau, month=detail.round.month, _anchor=f"slot-{detail.slot_id}", **whose)
