"""What the pages of accounts share."""

from flask import Response, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user

from bureau.accounts.domain import TooManyTries
from bureau.accounts.forms import Form
from bureau.kernel.errors import Refused

from .loader import load


def device() -> str:
    """What the browser says it is."""
    return request.user_agent.string


def address() -> str:
    """Where the request comes from."""
    return request.remote_addr or ""


def enter(token: str, onward: str | None = None) -> ResponseReturnValue:
    """Give the browser the token of its sign-in, and nothing that it held before; then lead on."""
    session.clear()
    session.permanent = True
    login_user(load(token))
    return redirect(onward or url_for("accounts.home"), code=303)


def page(template: str, form: Form, refusal: Refused | None = None, **context: object) -> ResponseReturnValue:
    """The page with its form; status 422 where something typed needs another look, 429 where it came too often."""
    if refusal is not None:
        form.refuse(refusal)
    status = 429 if isinstance(refusal, TooManyTries) else 422 if form.errors else 200
    return render_template(template, form=form, **context), status


def secret(answer: ResponseReturnValue) -> Response:
    """A page whose address is a secret: where the reader came from is told by the server's name only.

    Not even that would be too little: over HTTPS its form is taken only if it says that it comes from this server.
    """
    response = make_response(answer)
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
