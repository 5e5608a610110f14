"""The month on one page."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import NotFound
from bureau.kernel.text import whole_number
from bureau.rotation import queries
from bureau.rotation.domain.board import Board, BoardSession
from bureau.rotation.domain.showing import SHOWS, count, shown, week_at, weeks
from bureau.web.guard import STAFF, may_come
from bureau.web.identity import get_identity

from .blueprint import blueprint, see
from .whose import acts_here, scope_here, scope_of_session


@blueprint.get("/desk/<bureau>/board/")
@may_come(STAFF)
def board_now(bureau: str) -> ResponseReturnValue:
    """To the board of the month in work."""
    round_ = queries.current_round(bureau, now=utcnow())
    if round_ is None:
        return render_template("rotation/no_month.html", bureau=bureau)
    return see("board", bureau=bureau, month=round_.month)


@blueprint.get("/desk/<bureau>/<month>/board")
@may_come(STAFF)
def board(bureau: str, month: str) -> str:
    """Days × blocks × seats, or the same as a list; all of it, only one's own, or only what is open."""
    now, person, round_ = utcnow(), get_identity(), queries.get_round(bureau, month)
    whole = queries.board(round_, scope=scope_here(bureau), now=now)
    as_list = request.args.get("view") == "list"
    show, week = _asked_for(whole, local_date(now, round_.timezone), as_list=as_list)
    return render_template(
        "rotation/board_list.html" if as_list else "rotation/board.html",
        bureau=bureau, round=round_, board=shown(whole, show, week), show=show, week=week, weeks=weeks(whole),
        open_slots=count(whole, "open"), released=_released(bureau),
        coverage={one.week: one for one in queries.coverage_by_week(whole)},
        manages=person.manages_bureau(bureau), acts=acts_here(person, bureau),
    )  # fmt: skip


def _asked_for(whole: Board, today: date, *, as_list: bool) -> tuple[str, str]:
    """Which sessions, and which week: a list of everybody's sessions would be long, so it begins with one week."""
    asked = request.args.get("show", "all")
    show = asked if asked in SHOWS else "all"
    usual = week_at(whole, today) if as_list and show == "all" else ""
    return show, request.args.get("week", usual)


def _released(bureau: str) -> BoardSession | None:
    """The session that was just given back, as long as it can be taken back; None where there is no such."""
    number = whole_number(request.args.get("released", ""))
    if number is None:
        return None
    try:
        found = queries.session_detail(bureau, number, scope=scope_of_session(bureau, number)).session
    except NotFound:
        return None
    return found if found.state == "released" else None
