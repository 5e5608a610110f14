"""What the pages of the catalogue have in common."""

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from bureau.web import desk
from bureau.web.editing import EditForm

blueprint = Blueprint("catalogue", __name__, url_prefix="/desk/<bureau>/catalogue")


def stored(bureau: str, endpoint: str = "overview") -> Response:
    """Back to the list, with a word that it is stored."""
    return desk.done(url_for(f"catalogue.{endpoint}", bureau=bureau))


def form_page(bureau: str, form: EditForm, heading: str, **more: Any) -> ResponseReturnValue:
    """The form on a page of its own."""
    return desk.form_page("catalogue/form.html", form, bureau=bureau, heading=heading, **more)
