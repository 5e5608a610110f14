"""Letting the solver propose, watching it, and taking what it proposes."""

from collections.abc import Callable, Sequence

from flask import Response, flash, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Invalid, NotFound, Refused
from bureau.kernel.text import whole_number
from bureau.rotation import actions, queries
from bureau.rotation.domain.cockpit import ProposalInfo
from bureau.rotation.domain.comparing import compare
from bureau.rotation.domain.weights import preset_of
from bureau.web.going import again, see
from bureau.web.guard import MANAGER, may_come
from bureau.web.htmx import wanted_by_htmx
from bureau.web.identity import get_identity
from bureau.web.wording import word

from .blueprint import blueprint
from .naming import names_here

LEAST_SECONDS, MOST_SECONDS, USUAL_SECONDS = 5, 600, 60
REPAIR_SECONDS = 10
"""A few weeks are planned again within a second or two; the rest is for busy machines."""


@blueprint.get("/desk/<bureau>/proposals/")
@may_come(MANAGER)
def proposals_now(bureau: str) -> ResponseReturnValue:
    """To the proposals for the month in work."""
    round_ = queries.current_round(bureau, now=utcnow())
    if round_ is None:
        return render_template("rotation/no_month.html", bureau=bureau)
    return see("proposals", bureau=bureau, month=round_.month)


@blueprint.get("/desk/<bureau>/<month>/proposals/")
@may_come(MANAGER)
def proposals(bureau: str, month: str) -> str:
    """Every run on the month, side by side, and how to start another."""
    return _list(bureau, month)


def _list(bureau: str, month: str, *, seconds: str | None = None, problem: Refused | None = None) -> str:
    round_ = queries.get_round(bureau, month)
    found, may_move = queries.proposals_of(round_, now=utcnow()), queries.what_may_move(round_, now=utcnow())
    usual = str(REPAIR_SECONDS if may_move.weeks else USUAL_SECONDS)
    return render_template(
        "rotation/proposals.html", bureau=bureau, round=round_, proposals=found, may_move=may_move,
        seconds=usual if seconds is None else seconds, everywhere=_everywhere(),
        chosen=preset_of(queries.weights_of(round_.bureau_id)),
        least=LEAST_SECONDS, most=MOST_SECONDS, problem=word(problem) if problem else None,
    )  # fmt: skip


@blueprint.post("/desk/<bureau>/<month>/proposals/")
@may_come(MANAGER)
def start_proposal(bureau: str, month: str) -> ResponseReturnValue:
    """Start the solver."""
    typed = request.form.get("seconds", "").strip()
    try:
        seconds = _seconds(typed)
        started = actions.start_proposal(
            bureau, month, seconds=seconds, everywhere=_everywhere(), actor=get_identity().actor, now=utcnow()
        )
    except Refused as error:
        return again(_list(bureau, month, seconds=typed, problem=error))
    return see("proposal", bureau=bureau, month=month, proposal=started)


@blueprint.get("/desk/<bureau>/<month>/proposals/compare")
@may_come(MANAGER)
def comparison(bureau: str, month: str) -> str:
    """Two plans side by side, term by term, and each beside last month: those of ``?first=`` and ``?second=``, else the
    latest two.
    """
    round_ = queries.get_round(bureau, month)
    scored = [one for one in reversed(queries.proposals_of(round_, now=utcnow())) if one.score]
    second = _chosen(scored, request.args.get("second", ""), scored[-1].number) if scored else None
    others = [one for one in scored if one is not second]
    first = _chosen(scored, request.args.get("first", ""), others[-1].number) if others else None
    chosen = {one.id: one for one in (first, second) if one}
    return render_template(
        "rotation/comparison.html", bureau=bureau, round=round_, scored=scored, first=first, second=second,
        compared=compare(first.score, second.score, first.weights, second.weights) if first and second else None,
        chosen=chosen, habits=queries.habits_in(round_, chosen), names=names_here(bureau),
    )  # fmt: skip


def _chosen(scored: Sequence[ProposalInfo], typed: str, usual: int) -> ProposalInfo:
    """The proposal of that number; NotFound where it has no plan."""
    wanted = whole_number(typed) if typed else usual
    for one in scored:
        if one.number == wanted:
            return one
    raise NotFound


def _everywhere() -> bool:
    """Whether the whole month may move, and not only what broke of the plan in force."""
    return request.form.get("scope") == "month"


def _seconds(typed: str) -> int:
    seconds = whole_number(typed)
    if seconds is None or not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        raise Invalid(field="seconds", reason="number", low=LEAST_SECONDS, high=MOST_SECONDS)
    return seconds


@blueprint.get("/desk/<bureau>/<month>/proposals/<int:proposal>/")
@may_come(MANAGER)
def proposal(bureau: str, month: str, proposal: int) -> ResponseReturnValue:
    """One run: its progress while it works, then what it found."""
    return _one(bureau, month, proposal)


def _one(bureau: str, month: str, number: int, problem: Refused | None = None) -> Response:
    found = queries.get_proposal(bureau, number, now=utcnow())
    running = found.state == "running"
    if wanted_by_htmx():
        part = make_response(render_template("rotation/_progress.html", bureau=bureau, month=month, proposal=found))
        if not running:
            part.headers["HX-Refresh"] = "true"  # the whole page changes when the solver is done
        return part
    page = render_template(
        "rotation/proposal.html", bureau=bureau, month=month, round=queries.get_round(bureau, month), proposal=found,
        explanations=() if running else queries.explanations(bureau, number), names=names_here(bureau),
        ways_out=queries.ways_out(bureau, number), replanned=None if running else queries.replanning(bureau, number),
        left_out=queries.left_out_of(bureau, number),
        problem=word(problem) if problem else None,
    )  # fmt: skip
    return make_response(page)


@blueprint.post("/desk/<bureau>/<month>/proposals/<int:proposal>/stop")
@may_come(MANAGER)
def stop_proposal(bureau: str, month: str, proposal: int) -> ResponseReturnValue:
    """Stop, and keep the best so far."""
    return _do(actions.stop_proposal, bureau, month, proposal) or see(
        "proposal", bureau=bureau, month=month, proposal=proposal
    )


@blueprint.post("/desk/<bureau>/<month>/proposals/<int:proposal>/accept")
@may_come(MANAGER)
def accept_proposal(bureau: str, month: str, proposal: int) -> ResponseReturnValue:
    """Turn the plan into sessions."""
    try:
        done = actions.accept_proposal(bureau, proposal, actor=get_identity().actor, now=utcnow())
    except Refused as error:
        return again(_one(bureau, month, proposal, problem=error))
    counts = {"new": done.new, "kept": done.kept, "withdrawn": done.withdrawn}
    flash(gettext("The plan is on the board. New: %(new)d, kept: %(kept)d, withdrawn: %(withdrawn)d.", **counts), "ok")
    if done.left_out:
        return see("proposal", bureau=bureau, month=month, proposal=proposal)
    return see("board", bureau=bureau, month=month)


@blueprint.post("/desk/<bureau>/<month>/proposals/<int:proposal>/discard")
@may_come(MANAGER)
def discard_proposal(bureau: str, month: str, proposal: int) -> ResponseReturnValue:
    """Put it aside."""
    return _do(actions.discard_proposal, bureau, month, proposal) or see("proposals", bureau=bureau, month=month)


def _do(action: Callable[..., None], bureau: str, month: str, proposal: int) -> ResponseReturnValue | None:
    try:
        action(bureau, proposal, actor=get_identity().actor, now=utcnow())
    except Refused as error:
        return again(_one(bureau, month, proposal, problem=error))
    return None
