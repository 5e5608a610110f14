"""What the pages of the catalogue have in common."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from bureau.kernel.clock import utcnow
from bureau.web.editing import EditForm
from bureau.web.identity import get_identity

blueprint = Blueprint("catalogue", __name__, url_prefix="/desk/<bureau>/catalogue")


def by_me() -> dict[str, Any]:
    """Who does it, and when."""
    return {"actor": get_identity().actor, "now": utcnow()}


def stored(bureau: str, endpoint: str = "overview") -> Response:
    """Back to the list, with a word that it is stored."""
    flash(gettext("Saved."), "ok")
    return redirect(url_for(f"catalogue.{endpoint}", bureau=bureau), code=303)


def deleted(bureau: str, endpoint: str = "overview") -> Response:
    """Back to the list, with a word that it is gone."""
    flash(gettext("Deleted."), "ok")
    return redirect(url_for(f"catalogue.{endpoint}", bureau=bureau), code=303)


def form_page(bureau: str, form: EditForm, heading: str, **more: Any) -> ResponseReturnValue:
    """The form on a page of its own; 422 where it was sent and refused."""
    page = render_template("catalogue/form.html", bureau=bureau, form=form, heading=heading, **more)
    return page, 422 if form.errors else 200


def confirm_page(question: str, back: str, refusal: str = "") -> ResponseReturnValue:
    """Ask once before deleting."""
    consequence = gettext("This cannot be undone.")
    page = render_template(
        "components/confirm.html", question=question, consequence=consequence, back=back, refusal=refusal
    )
    return page, 409 if refusal else 200
