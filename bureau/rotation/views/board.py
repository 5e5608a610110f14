"""The month on one page."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bureau.kernel.clock import local_date, utcnow
from bureau.rotation import queries
from bureau.rotation.domain.board import Board
from bureau.rotation.domain.showing import SHOWS, count, shown, week_at, weeks
from bureau.web.guard import COORDINATING, STAFF, may_come
from bureau.web.identity import get_identity, scope_at

from .blueprint import blueprint, see


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
    whole = queries.board(round_, scope=scope_at(person, bureau), now=now)
    as_list = request.args.get("view") == "list"
    show, week = _asked_for(whole, local_date(now, round_.timezone), as_list=as_list)
    return render_template(
        "rotation/board_list.html" if as_list else "rotation/board.html",
        bureau=bureau, round=round_, board=shown(whole, show, week), show=show, week=week, weeks=weeks(whole),
        open_slots=count(whole, "open"), released=request.args.get("released", type=int),
        coverage={one.week: one for one in queries.coverage_by_week(whole)},
        manages=person.manages_bureau(bureau), acts=COORDINATING.allows(person, {"bureau": bureau}),
    )  # fmt: skip


def _asked_for(whole: Board, today: date, *, as_list: bool) -> tuple[str, str]:
    """Which sessions, and which week: a list of everybody's sessions would be long, so it begins with one week."""
    asked = request.args.get("show", "all")
    show = asked if asked in SHOWS else "all"
    usual = week_at(whole, today) if as_list and show == "all" else ""
    return show, request.args.get("week", usual)
