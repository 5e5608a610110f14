"""Looking for somebody who swaps, joins a ring, or covers."""

from collections.abc import Sequence

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.exchange import actions, queries
from bureau.exchange.domain.shown import Asking
from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Invalid, Refused
from bureau.kernel.text import whole_number
from bureau.rotation.views.whose import scope_of_session
from bureau.web.editing import version_seen
from bureau.web.going import again, see
from bureau.web.guard import COORDINATING, may_come
from bureau.web.identity import get_identity
from bureau.web.wording import word

from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/sessions/<int:session>/swap")
@may_come(COORDINATING)
def ask_swap(bureau: str, session: int) -> str:
    """What could be asked for a session: swaps and rings that fit, any other session, somebody who covers."""
    return _page(bureau, _asking(bureau, session))


@blueprint.post("/desk/<bureau>/sessions/<int:session>/swap")
@may_come(COORDINATING)
def ask(bureau: str, session: int) -> ResponseReturnValue:
    """Ask for what was chosen."""
    found = _asking(bureau, session)
    try:
        number = _ask(bureau, session)
    except Refused as error:
        return again(_page(bureau, found, problem=error))
    flash(gettext("Asked. You see here who has answered; nothing moves before everybody accepts."), "ok")
    return see("swap", bureau=bureau, organisation=found.session.organisation.code, swap=number)


def _asking(bureau: str, session: int) -> Asking:
    scope, chosen = scope_of_session(bureau, session), whole_number(request.values.get("with", ""))
    return queries.asking(bureau, session, chosen=chosen, scope=scope, now=utcnow())


def _ask(bureau: str, session: int) -> int:
    """``choice`` is ``offer``, ``cover``, or the other sessions with their versions: ``15.2,17.1``."""
    choice, own = request.form.get("choice", ""), (session, version_seen())
    scope, now = scope_of_session(bureau, session), utcnow()
    remark, actor = request.form.get("remark", ""), get_identity().actor
    if choice in ("offer", "cover"):
        whom = request.form.get("organisation", "") if choice == "cover" else None
        return actions.ask_cover(bureau, own, whom, remark=remark, scope=scope, actor=actor, now=now)
    return actions.ask_swap(bureau, [own, *_others(choice)], remark=remark, scope=scope, actor=actor, now=now)


def _others(choice: str) -> Sequence[tuple[int, int]]:
    found = []
    for part in choice.split(","):
        number, _, version = part.partition(".")
        seen = whole_number(number), whole_number(version)
        if None in seen:
            raise Invalid(field="choice", reason="choice")
        found.append((seen[0] or 0, seen[1] or 0))
    return found


def _page(bureau: str, found: Asking, problem: Refused | None = None) -> str:
    return render_template(
        "exchange/ask.html", bureau=bureau, round=found.round, asking=found, typed=request.form,
        problem=word(problem) if problem else None, manages=get_identity().manages_bureau(bureau),
    )  # fmt: skip
