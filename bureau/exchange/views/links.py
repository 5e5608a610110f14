"""The page behind the link that offers a free slot; whoever has the mail may answer."""

from flask import flash, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.accounts.domain import hash_of
from bureau.exchange import actions, queries
from bureau.exchange.domain.refusals import OfferOver
from bureau.exchange.domain.shown import Waiting
from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.kernel.scopes import Scope
from bureau.web.desk import UNPROCESSABLE
from bureau.web.guard import EVERYONE, may_come
from bureau.web.wording import word

from .blueprint import blueprint


@blueprint.get("/desk/waiting/<token>")
@may_come(EVERYONE)
def confirm(token: str) -> ResponseReturnValue:
    """What is offered, until when, and the two answers."""
    return _secret(_page(_found(token)))


@blueprint.post("/desk/waiting/<token>")
@may_come(EVERYONE)
def answer(token: str) -> ResponseReturnValue:
    """Book it, or let the next one have it."""
    found = _found(token)
    try:
        sentence = _answer(found)
    except Refused as error:
        return _secret((_page(found, problem=error), UNPROCESSABLE))
    flash(sentence, "ok")
    return _secret(_page(found, done=True))


def _answer(found: Waiting) -> str:
    actor, now = f"link of waitlist:{found.id}", utcnow()
    if request.form.get("answer") == "no":
        actions.stop_waiting(found.id, version=found.version, scope=Scope(found.organisation.id), actor=actor, now=now)
        return str(gettext("Thank you. The next organisation is asked."))
    actions.confirm_waiting(found.id, actor=actor, now=now)
    return str(gettext("The slot is yours."))


def _found(token: str) -> Waiting:
    found = queries.find_by_token(hash_of(token))
    if found is None:
        raise OfferOver
    return found


def _page(found: Waiting, problem: Refused | None = None, *, done: bool = False) -> str:
    open_ = found.state == "offered" and found.expires_at is not None and found.expires_at > utcnow()
    return render_template(
        "exchange/confirm.html", waiting=found, round=found.round, open=open_ and not done, done=done,
        problem=word(problem) if problem else None,
    )  # fmt: skip


def _secret(page: ResponseReturnValue) -> ResponseReturnValue:
    """The address is a secret: other servers are told nothing of it, and nobody keeps the page."""
    response = make_response(page)
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["Cache-Control"] = "no-store"
    return response
