"""Pages behind one-time links: an invitation, a new password."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.accounts import actions
from bureau.accounts.domain import DeadLink
from bureau.accounts.forms import ForgottenForm, InvitationForm, NewPasswordForm
from bureau.accounts.queries import find_link_holder
from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.web.guard import EVERYONE, may_come

from .blueprint import blueprint
from .furniture import address, device, enter, page, secret


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@may_come(EVERYONE)
def accept_invitation(token: str) -> ResponseReturnValue:
    """Choose a name and a password, and be signed in."""
    person = find_link_holder(token, purpose="invitation", now=utcnow())
    if person is None:
        raise DeadLink
    form, refusal, email = InvitationForm(data={"name": person.name}), None, person.email
    if form.validate_on_submit():
        try:
            opened = actions.accept_invitation(
                token=token, name=form.text("name"), password=form.text("password"), device=device(), now=utcnow()
            )
            return secret(enter(opened))
        except Refused as error:
            refusal = error
    return secret(page("accounts/invitation.html", form, refusal, email=email))


@blueprint.route("/password", methods=["GET", "POST"])
@may_come(EVERYONE)
def forgotten_password() -> ResponseReturnValue:
    """Ask for a link by mail; the answer is the same whether or not there is such an account."""
    form, refusal = ForgottenForm(), None
    if form.validate_on_submit():
        try:
            actions.request_password_reset(email=form.text("email"), address=address(), now=utcnow())
            flash(gettext("If there is an account with this address, a link is on its way to it."), "ok")
            return redirect(url_for("accounts.sign_in"), code=303)
        except Refused as error:
            refusal = error
    return page("accounts/forgotten_password.html", form, refusal)


@blueprint.route("/password/<token>", methods=["GET", "POST"])
@may_come(EVERYONE)
def new_password(token: str) -> ResponseReturnValue:
    """Choose a new password."""
    person = find_link_holder(token, purpose="password", now=utcnow())
    if person is None:
        raise DeadLink
    form, refusal, email = NewPasswordForm(), None, person.email
    if form.validate_on_submit():
        try:
            actions.reset_password(token=token, password=form.text("password"), now=utcnow())
            flash(gettext("Your new password is set. Please sign in with it."), "ok")
            return secret(redirect(url_for("accounts.sign_in"), code=303))
        except Refused as error:
            refusal = error
    return secret(page("accounts/new_password.html", form, refusal, email=email))
