"""What the pages that keep things have in common: who does it, the form on its page, asking once before deleting."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import InUse

from .editing import EditForm
from .identity import get_identity
from .wording import word

UNPROCESSABLE, CONFLICT = 422, 409


def by_me() -> dict[str, Any]:
    """Who does it, and when."""
    return {"actor": get_identity().actor, "now": utcnow()}


def done(address: str, sentence: str = "") -> Response:
    """Go on, with a word that it is done."""
    flash(sentence or gettext("Saved."), "ok")
    return redirect(address, code=303)


def form_page(template: str, form: EditForm, **more: Any) -> ResponseReturnValue:
    """The form on a page of its own; 422 where it was sent and refused."""
    return render_template(template, form=form, **more), UNPROCESSABLE if form.errors else 200


def ask_and_delete(
    name: str, delete: Callable[..., object], *, back: str, then: str, consequence: str = ""
) -> ResponseReturnValue:
    """Ask once; then delete and go on to ``then``. Refused while in use: says why, and leads ``back``."""
    refusal = ""
    if request.method == "POST":
        try:
            delete(**by_me())
        except InUse as error:
            refusal = word(error)
        else:
            return done(then, gettext("Deleted."))
    page = render_template(
        "components/confirm.html", question=gettext("Delete “%(name)s”?", name=name), back=back, refusal=refusal,
        consequence=consequence or gettext("This cannot be undone."),
    )  # fmt: skip
    return page, CONFLICT if refusal else 200
