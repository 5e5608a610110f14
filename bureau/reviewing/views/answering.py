"""One organisation looks at the plan and answers it."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.reviewing import actions, queries
from bureau.reviewing.domain.consent import ensure_may_answer
from bureau.reviewing.queries import MyReview
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.queries import get_round
from bureau.web.editing import version_seen
from bureau.web.going import again, see
from bureau.web.guard import COORDINATOR, may_come
from bureau.web.identity import get_identity, scope_for
from bureau.web.wording import word

from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/<month>/review/<organisation>/")
@may_come(COORDINATOR)
def answer(bureau: str, month: str, organisation: str) -> str:
    """Its sessions beside last month's, its share, the gaps it could fill, and its answer."""
    return _page(bureau, month, organisation)


def _page(bureau: str, month: str, organisation: str, problem: Refused | None = None) -> str:
    now, person, round_ = utcnow(), get_identity(), get_round(bureau, month)
    mine = queries.my_review(round_, organisation, scope=scope_for(person, bureau, organisation), now=now)
    manages = person.manages_bureau(bureau)
    return render_template(
        "reviewing/answer.html", bureau=bureau, round=round_, mine=mine, review=mine.review, manages=manages,
        closed=_closed(round_, mine, by_manager=manages), over=queries.published_over(round_), typed=request.form,
        problem=word(problem) if problem else None, wrong=problem.field if problem else None,
    )  # fmt: skip


def _closed(round_: RoundInfo, mine: MyReview, *, by_manager: bool) -> str | None:
    """Why no answer can be given now, if so."""
    try:
        ensure_may_answer(round_, mine.terms, by_manager=by_manager, now=utcnow())
    except Refused as error:
        return word(error)
    return None


@blueprint.post("/desk/<bureau>/<month>/review/<organisation>/")
@may_come(COORDINATOR)
def answer_plan(bureau: str, month: str, organisation: str) -> ResponseReturnValue:
    """Accept, or object with a reason; the manager notes what an organisation said elsewhere."""
    person = get_identity()
    try:
        actions.answer_plan(
            bureau, month, organisation, answer=request.form.get("answer", ""), reason=request.form.get("reason", ""),
            version=version_seen(), scope=scope_for(person, bureau, organisation), actor=person.actor, now=utcnow(),
        )  # fmt: skip
    except Refused as error:
        return again(_page(bureau, month, organisation, problem=error))
    flash(gettext("The answer is stored. All partners see it, and it can be changed until the deadline."), "ok")
    return see("answer", bureau=bureau, month=month, organisation=organisation)
