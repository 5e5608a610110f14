"""Refusals and mishaps as pages, in the person's language."""

from collections.abc import Sequence

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from bureau.kernel.errors import Forbidden, Invalid, NotFound, Refused

from .identity import forget_identity
from .typed import texts_typed
from .wording import word


def refused(error: Refused) -> ResponseReturnValue:
    """A rule said no, and no form was there to say it beside the field."""
    return _page(status_of(error), word(error))


def status_of(error: Refused) -> int:
    """The status of an answer that says so."""
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, Forbidden):
        return 403
    return 400 if isinstance(error, Invalid) else 409


def form_expired(error: CSRFError) -> ResponseReturnValue:
    """The page was open so long that its form is no longer accepted."""
    sentence = gettext("This page was open for too long. Go back, reload it and send it again.")
    return _page(400, sentence, texts_typed())


def signed_out() -> ResponseReturnValue:
    """Somebody sent what took a while to type, and is signed in no more."""
    return _page(401, gettext("You are signed out."), texts_typed())


def http_error(error: HTTPException) -> ResponseReturnValue:
    """An address that leads nowhere, a wrong method, a body too large."""
    if error.code is None or error.code < 400:
        return error.get_response()
    sentence = gettext("We cannot find this. It may have been moved or deleted.")
    if error.code == 413:
        sentence = gettext("This file is too large to be taken in here.")
    elif error.code != 404:
        sentence = gettext("This request cannot be answered.")
    return _page(error.code, sentence)


def mishap(error: Exception) -> ResponseReturnValue:
    """Our own mistake: logged by Flask with its trace, told to the person without it."""
    forget_identity()
    sentence = gettext("Something went wrong on our side. Nothing you saved is lost. Please try again.")
    return _page(500, sentence)


def _page(status: int, sentence: str, typed: Sequence[str] = ()) -> ResponseReturnValue:
    """In the frame of the staff pages, or in one for residents who followed an old link."""
    template = "error.html" if request.path.startswith("/desk/") else "lost.html"
    return render_template(template, status=status, sentence=sentence, typed=typed), status


def install(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, form_expired)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(500, mishap)
