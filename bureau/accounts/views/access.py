"""Signing in and out."""

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import logout_user

from bureau.accounts import actions
from bureau.accounts.domain import inner_address
from bureau.accounts.forms import SignInForm
from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.web.guard import EVERYONE, SIGNED_IN, may_come
from bureau.web.identity import find_identity, get_identity

from .blueprint import blueprint
from .furniture import address, device, enter, page


@blueprint.route("/sign-in", methods=["GET", "POST"])
@may_come(EVERYONE)
def sign_in() -> ResponseReturnValue:
    """E-mail and password."""
    if find_identity() is not None:
        return redirect(url_for("accounts.home"), code=303)
    form, refusal = SignInForm(), None
    if form.validate_on_submit():
        try:
            token = actions.sign_in(
                email=form.text("email"),
                password=form.text("password"),
                address=address(),
                device=device(),
                now=utcnow(),
            )
            return enter(token, inner_address(request.args.get("next")))
        except Refused as error:
            refusal = error
    return page("accounts/sign_in.html", form, refusal)


@blueprint.post("/sign-out")
@may_come(SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this browser's sign-in."""
    actions.sign_out(get_identity().token, now=utcnow())
    return _left(gettext("You are signed out."))


@blueprint.post("/sign-out-everywhere")
@may_come(SIGNED_IN)
def sign_out_everywhere() -> ResponseReturnValue:
    """End the person's sign-ins in every browser."""
    actions.sign_out_everywhere(get_identity().person_id, now=utcnow())
    return _left(gettext("You are signed out in every browser."))


@blueprint.post("/sign-out-others")
@may_come(SIGNED_IN)
def sign_out_others() -> ResponseReturnValue:
    """End the person's sign-ins in every other browser."""
    person = get_identity()
    actions.sign_out_others(person.token, person_id=person.person_id, now=utcnow())
    flash(gettext("Every other browser is signed out."), "ok")
    return redirect(url_for("accounts.account"), code=303)


def _left(sentence: str) -> ResponseReturnValue:
    logout_user()
    session.clear()
    flash(sentence, "ok")
    return redirect(url_for("accounts.sign_in"), code=303)
