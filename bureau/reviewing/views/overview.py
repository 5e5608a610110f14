"""Who has answered what, and what became of objections; the manager's side of it."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.kernel.text import whole_number
from bureau.reviewing import actions, queries
from bureau.reviewing.domain.consent import may_be_answered, standing_of
from bureau.rotation.queries import current_round, get_round
from bureau.web.editing import version_seen
from bureau.web.going import again, see
from bureau.web.guard import MANAGER, STAFF, may_come
from bureau.web.identity import get_identity
from bureau.web.wording import word

from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/review/")
@may_come(STAFF)
def review_now(bureau: str) -> ResponseReturnValue:
    """To the review of the month in work."""
    round_ = current_round(bureau, now=utcnow())
    if round_ is None:
        return render_template("rotation/no_month.html", bureau=bureau)
    return see("overview", bureau=bureau, month=round_.month)


@blueprint.get("/desk/<bureau>/<month>/review/")
@may_come(STAFF)
def overview(bureau: str, month: str) -> str:
    """Every partner's answer, every objection with its reply, every comment."""
    return _page(bureau, month)


def _page(bureau: str, month: str, problem: Refused | None = None) -> str:
    person, round_ = get_identity(), get_round(bureau, month)
    reviews, terms = queries.reviews_of(round_), queries.terms_of(round_)
    return render_template(
        "reviewing/overview.html", bureau=bureau, round=round_, reviews=reviews, terms=terms,
        standing=standing_of(reviews, terms.percent), over=queries.published_over(round_),
        comments=queries.comments_of(round_, now=utcnow()),
        open_to_answers=may_be_answered(round_.phase, terms), manages=person.manages_bureau(bureau),
        mine={tie.organisation for tie in person.members_at(bureau) if tie.coordinates}, typed=request.form,
        problem=word(problem) if problem else None, wrong=problem.field if problem else None,
    )  # fmt: skip


@blueprint.post("/desk/<bureau>/<month>/review/terms")
@may_come(MANAGER)
def set_terms(bureau: str, month: str) -> ResponseReturnValue:
    """Say how many must answer, and whether they may already."""
    try:
        actions.set_terms(
            bureau, month, percent=whole_number(request.form.get("percent", "").strip()), version=version_seen(),
            shown_early=request.form.get("shown_early") == "yes", actor=get_identity().actor, now=utcnow(),
        )  # fmt: skip
    except Refused as error:
        return again(_page(bureau, month, problem=error))
    flash(gettext("Saved."), "ok")
    return see("overview", bureau=bureau, month=month, _anchor="terms")


@blueprint.post("/desk/<bureau>/<month>/review/<organisation>/reply")
@may_come(MANAGER)
def reply(bureau: str, month: str, organisation: str) -> ResponseReturnValue:
    """Answer an objection in words, carry it, or open it again."""
    try:
        actions.reply_to_objection(
            bureau, month, organisation, outcome=request.form.get("outcome", ""), reply=request.form.get("reply", ""),
            version=version_seen(), actor=get_identity().actor, now=utcnow(),
        )  # fmt: skip
    except Refused as error:
        return again(_page(bureau, month, problem=error))
    return see("overview", bureau=bureau, month=month, _anchor=organisation)
