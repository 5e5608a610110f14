"""The month on one page."""

from collections.abc import Sequence
from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import NotFound
from bureau.kernel.text import whole_number
from bureau.rotation import queries
from bureau.rotation.domain.board import BoardSession
from bureau.rotation.domain.cockpit import Share
from bureau.rotation.domain.live import Looks, mark_of, read, showing, unlike, written
from bureau.rotation.domain.problem import iso_week
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.domain.showing import (
    Asked,
    Choices,
    asked_from,
    cells_of,
    choices_on,
    count,
    day_to_jump_to,
    shown,
    week_at,
    week_rows,
    weeks,
)
from bureau.rotation.queries.weeks import strips_in
from bureau.web.furniture import say
from bureau.web.going import see
from bureau.web.guard import STAFF, may_come
from bureau.web.identity import get_identity, stated_organisation, tie_at

from .blueprint import blueprint
from .cells import drawing
from .whose import acts_here, scope_here, scope_of_session

NOTHING_NEW = ("", 204)
FEW = 40
"""So many slots are listed unfolded."""


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
    """The month or a week of it as a table, or as a list; all of it, or what is asked for."""
    found = _board(bureau, month)
    page = "board_list" if found["asked"].view == "list" else "board_week" if found["asked"].week else "board"
    return render_template(f"rotation/{page}.html", released=_released(bureau), **found)


@blueprint.get("/desk/<bureau>/<month>/board/changes")
@may_come(STAFF)
def board_changes(bureau: str, month: str) -> ResponseReturnValue:
    """What has changed since a page was made: nothing (one query), or its slots that look different now."""
    looks = queries.looks_of(bureau, month, now=utcnow())
    if (as_of := mark_of(looks)) == request.args.get("mark"):
        return NOTHING_NEW
    return render_template("rotation/_board_changes.html", as_of=as_of, **_changes(bureau, month, looks))


def _changes(bureau: str, month: str, looks: Looks) -> dict[str, Any]:
    """All that the answer to an open page is drawn from. Where it shows every slot, none is read that looks as before;
    where it shows some, one that nobody is in any more may belong there now.
    """
    now, round_ = utcnow(), queries.get_round(bureau, month)
    shown_before = read(request.args.get("seen", ""))
    new, here = unlike(looks, shown_before), shown_before.slots
    only = new if len(here) == looks.number else None
    part = queries.board(round_, scope=scope_here(bureau), now=now, only=only)
    asked = asked_from(request.args, {iso_week(day) for day in round_.month.days()}, "")
    changed = [one for one in cells_of(part) if one[2].slot_id in new & here]
    coverage, shares = strips_in(round_, now=now)
    return {
        "bureau": bureau, "round": round_, "asked": asked, "changed": changed,
        "more": any(cell.slot_id not in here for _, _, cell in cells_of(shown(part, asked))),
        "weeks_changed": {day.week for day, _, _ in changed}, "coverage": {one.week: one for one in coverage},
        "shares": _own_first(shares, bureau), "seen": written(shown_before.drawn(looks)),
        **_how(round_, asked),
    }  # fmt: skip


def _board(bureau: str, month: str) -> dict[str, Any]:
    """All that the board and its parts are drawn from."""
    now, round_ = utcnow(), queries.get_round(bureau, month)
    whole, today = queries.board(round_, scope=scope_here(bureau), now=now), local_date(now, round_.timezone)
    asked = asked_from(request.args, weeks(whole), week_at(whole, today))
    part, choices = shown(whole, asked), choices_on(whole, asked)
    coverage, shares = queries.strips_of(whole, now=now)
    return {
        "bureau": bureau, "round": round_, "whole": whole, "board": part, "asked": asked, "weeks": weeks(whole),
        "choices": choices, "narrowed": _narrowed(asked, choices), "open_slots": count(whole, "open"),
        "coverage": {one.week: one for one in coverage}, "shares": _own_first(shares, bureau),
        "jump": day_to_jump_to(part, today), "few": sum(1 for _ in cells_of(part)) <= FEW, "today": today, "this_week": week_at(whole, today),
        "week_rows": week_rows(part) if asked.week else [],
        "as_of": mark_of(whole.looks), "seen": written(showing((cell.slot_id for _, _, cell in cells_of(part)), whole.looks)),
        **_how(round_, asked),
    }  # fmt: skip


def _how(round_: RoundInfo, asked: Asked) -> dict[str, Any]:
    """What the reader may do on the board, and how its slots are drawn for that."""
    person = get_identity()
    may = {"manages": person.manages_bureau(round_.bureau), "acts": acts_here(person, round_.bureau)}
    return {**may, "how": drawing(round_, asked, **may)}


def _narrowed(asked: Asked, choices: Choices) -> list[tuple[str, str]]:
    """The filters that are set, each with what it is called; with its code, where nothing on the board is called so."""
    names = {
        "service": {one.code: say(one.name) for one in choices.services},
        "language": {one.tag: one.own_name for one in choices.languages},
        "of": {one.code: say(one.name) for one in choices.organisations},
    }
    return [(name, words.get(code, code)) for name, words in names.items() if (code := getattr(asked, name))]


def _own_first(shares: Sequence[Share], bureau: str) -> list[tuple[Share, bool]]:
    """Each share, and whether it is that of the organisation for which the page is read, which comes first."""
    person = get_identity()
    tie = None if person.manages_bureau(bureau) else tie_at(person, bureau, stated_organisation())
    own = tie.organisation_id if tie else None
    marked = [(one, one.organisation.id == own) for one in shares]
    return sorted(marked, key=lambda one: (not one[1], one[0].organisation.code))


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


@blueprint.app_template_test("served")
def is_served(endpoint: str) -> bool:
    """Whether some feature serves that page."""
    return endpoint in current_app.view_functions
