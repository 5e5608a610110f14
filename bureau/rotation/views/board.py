"""The month on one page."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bureau.kernel.clock import utcnow
from bureau.rotation import queries
from bureau.rotation.domain.showing import SHOWS, count, shown
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
    found = queries.board(round_, scope=scope_at(person, bureau), now=now)
    asked = request.args.get("show", "all")
    show = asked if asked in SHOWS else "all"
    return render_template(
        "rotation/board_list.html" if request.args.get("view") == "list" else "rotation/board.html",
        bureau=bureau, round=round_, board=shown(found, show), show=show, open_slots=count(found, "open"),
        released=request.args.get("released", type=int),
        coverage={week.week: week for week in queries.coverage_by_week(round_)},
        manages=person.manages_bureau(bureau), acts=COORDINATING.allows(person, {"bureau": bureau}),
    )  # fmt: skip
