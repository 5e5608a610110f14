"""What is said about one slot."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.reviewing import actions, queries
from bureau.reviewing.domain.comments import COMMENTABLE
from bureau.rotation.queries import slot_detail
from bureau.web.going import again, see
from bureau.web.guard import COORDINATING, MANAGER, STAFF, may_come
from bureau.web.identity import get_identity, scope_at, stated_organisation, tie_at
from bureau.web.wording import word

from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/slots/<int:slot>/comments")
@may_come(STAFF)
def comments(bureau: str, slot: int) -> str:
    """The slot, whose it is, and what everybody says about it."""
    return _page(bureau, slot)


def _page(bureau: str, slot: int, problem: Refused | None = None) -> str:
    person, stated = get_identity(), stated_organisation()
    detail = slot_detail(bureau, slot, scope=scope_at(person, bureau, stated), now=utcnow())
    talked = queries.talked_slot(detail)
    manages, tie = person.manages_bureau(bureau), tie_at(person, bureau, stated)
    return render_template(
        "reviewing/comments.html", bureau=bureau, round=detail.round, slot=talked, said=queries.comments_on(talked),
        manages=manages, speaks=detail.round.phase in COMMENTABLE and (manages or (tie is not None and tie.coordinates)),
        typed=request.form.get("words", ""), problem=word(problem) if problem else None,
    )  # fmt: skip


@blueprint.post("/desk/<bureau>/slots/<int:slot>/comments")
@may_come(COORDINATING)
def write_comment(bureau: str, slot: int) -> ResponseReturnValue:
    """Say something: for one's organisation, or for the bureau."""
    person, stated = get_identity(), stated_organisation()
    scope = scope_at(person, bureau, stated, acting=True)
    try:
        actions.write_comment(
            bureau, slot, organisation_id=scope.organisation_id, person_id=person.person_id,
            words=request.form.get("words", ""), now=utcnow(),
        )  # fmt: skip
    except Refused as error:
        return again(_page(bureau, slot, problem=error))
    whose = {} if stated is None else {"organisation": stated}
    return see("comments", bureau=bureau, slot=slot, _anchor="last", **whose)


@blueprint.post("/desk/<bureau>/slots/<int:slot>/comments/<int:comment>")
@may_come(MANAGER)
def settle_comment(bureau: str, slot: int, comment: int) -> ResponseReturnValue:
    """Settle a comment, or open it again."""
    outcome = request.form.get("outcome", "")
    actions.settle_comment(bureau, comment, outcome=outcome, actor=get_identity().actor, now=utcnow())
    return see("comments", bureau=bureau, slot=slot)
