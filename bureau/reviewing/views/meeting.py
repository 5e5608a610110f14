"""The joint meeting on the wall: one thing at a time, one keystroke to settle it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.kernel.scopes import EVERY_ORGANISATION
from bureau.kernel.text import whole_number
from bureau.reviewing import actions, queries
from bureau.reviewing.domain.agenda import Agenda
from bureau.rotation.actions import price_of_wish
from bureau.rotation.domain.pricing import Price
from bureau.rotation.queries import get_round, team_names, why_gap
from bureau.web.editing import version_seen
from bureau.web.going import again, see
from bureau.web.guard import MANAGER, may_come
from bureau.web.htmx import wanted_by_htmx
from bureau.web.identity import get_identity
from bureau.web.languages import current_language
from bureau.web.wording import word

from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/<month>/meeting")
@may_come(MANAGER)
def meeting(bureau: str, month: str) -> str:
    """The thing that ``?item=`` names, else the first that is open; with what the wish that ``?price=`` names would cost."""
    wish = request.args.get("price")
    price = None if wish is None else price_of_wish(bureau, month, wish, now=utcnow())
    if price and wanted_by_htmx():
        return render_template("rotation/_price.html", price=price, names=_names(bureau))
    return _page(bureau, month, price=price)


def _page(bureau: str, month: str, problem: Refused | None = None, price: Price | None = None) -> str:
    round_, now = get_round(bureau, month), utcnow()
    agenda = queries.agenda(round_, now=now)
    number = _number(agenda)
    item = agenda.items[number - 1] if agenda.items else None
    return render_template(
        "reviewing/meeting.html", bureau=bureau, round=round_, agenda=agenda, number=number, item=item,
        why=why_gap(round_, item.gap, now=now) if item and item.gap else None,
        price=price, names=_names(bureau) if price else {}, problem=word(problem) if problem else None,
    )  # fmt: skip


def _names(bureau: str) -> dict[str, str]:
    """What the solver's names of organisations and people mean; of people the organisation, since all read the wall."""
    language, found = current_language(), team_names(bureau, EVERY_ORGANISATION)
    return {name: organisation.in_(language) for name, (organisation, _) in found.items()}


def _number(agenda: Agenda) -> int:
    """The number in the address, where there is such a thing; a form names it by key, since others settle too."""
    key = request.form.get("key")
    if key is not None:
        return next((place for place, item in enumerate(agenda.items, start=1) if item.key == key), 1)
    asked = whole_number(request.args.get("item", "")) or agenda.number_after(0)
    return max(1, min(asked, len(agenda.items)))


@blueprint.post("/desk/<bureau>/<month>/meeting")
@may_come(MANAGER)
def settle(bureau: str, month: str) -> ResponseReturnValue:
    """Settle the thing on the wall and go on to the next that is open; or open it again and stay."""
    kind, key, outcome = (request.form.get(name, "") for name in ("kind", "key", "outcome"))
    try:
        _settle(bureau, month, kind, key, outcome)
    except Refused as error:
        return again(_page(bureau, month, problem=error))
    agenda = queries.agenda(get_round(bureau, month), now=utcnow())
    here = _number(agenda)
    return see("meeting", bureau=bureau, month=month, item=here if outcome == "open" else agenda.number_after(here))


def _settle(bureau: str, month: str, kind: str, key: str, outcome: str) -> None:
    actor, now = get_identity().actor, utcnow()
    if kind == "objection":
        actions.reply_to_objection(
            bureau, month, key, outcome=outcome, reply=request.form.get("reply", ""), version=version_seen(), spoken=True,
            actor=actor, now=now,
        )  # fmt: skip
    elif kind == "comment":
        actions.settle_comment(bureau, whole_number(key) or 0, outcome=outcome, actor=actor, now=now)
    else:
        actions.settle_gap(bureau, month, key, outcome=outcome, actor=actor, now=now)
