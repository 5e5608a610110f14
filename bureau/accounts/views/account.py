"""One's own account: name, language, password, and the browsers that are signed in."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.accounts import actions
from bureau.accounts.domain import hash_of
from bureau.accounts.forms import Form, LanguageForm, NameForm, PasswordForm
from bureau.accounts.queries import devices_of
from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.web.guard import SIGNED_IN, may_come
from bureau.web.identity import get_identity
from bureau.web.languages import writing_in

from .blueprint import blueprint
from .furniture import address, page


@blueprint.get("/account")
@may_come(SIGNED_IN)
def account() -> ResponseReturnValue:
    """Everything about one's own account."""
    return _account_page(NameForm(formdata=None, data={"name": get_identity().name}))


@blueprint.post("/account/name")
@may_come(SIGNED_IN)
def change_name() -> ResponseReturnValue:
    """How the person is called."""
    form, refusal = NameForm(), None
    if form.validate():
        try:
            actions.change_name(get_identity().person_id, name=form.text("name"), now=utcnow())
            return _back(gettext("Saved."))
        except Refused as error:
            refusal = error
    return _account_page(form, refusal)


@blueprint.post("/account/language")
@may_come(SIGNED_IN)
def choose_language() -> ResponseReturnValue:
    """The language of pages and mails."""
    form, refusal = LanguageForm(), None
    if form.validate():
        try:
            actions.choose_language(get_identity().person_id, language=form.text("language"), now=utcnow())
            with writing_in(form.text("language")):
                return _back(gettext("Saved."))
        except Refused as error:
            refusal = error
    return _account_page(form, refusal)


@blueprint.post("/account/password")
@may_come(SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """A new password, knowing the present one."""
    form, refusal, person = PasswordForm(), None, get_identity()
    if form.validate():
        try:
            actions.change_password(
                person.person_id, current=form.text("current"), password=form.text("password"),
                token=person.token, address=address(), now=utcnow(),
            )  # fmt: skip
            return _back(gettext("Your new password is set. Every other browser is signed out."))
        except Refused as error:
            refusal = error
    return _account_page(form, refusal)


def _back(sentence: str) -> ResponseReturnValue:
    flash(sentence, "ok")
    return redirect(url_for("accounts.account"), code=303)


def _account_page(form: Form, refusal: Refused | None = None) -> ResponseReturnValue:
    """The page with the form just sent; the other two are fresh."""
    person = get_identity()
    fresh = (
        NameForm(formdata=None, data={"name": person.name}),
        LanguageForm(formdata=None, data={"language": person.language}),
        PasswordForm(formdata=None),
    )
    names = ("name_form", "language_form", "password_form")
    forms = {name: form if isinstance(form, type(one)) else one for name, one in zip(names, fresh, strict=True)}
    devices = [
        {"row": row, "here": row.token_hash == hash_of(person.token)}
        for row in devices_of(person.person_id, now=utcnow())
    ]
    return page("accounts/account.html", form, refusal, devices=devices, **forms)
