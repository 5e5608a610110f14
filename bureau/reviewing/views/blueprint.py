"""What the pages of the review have in common."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

blueprint = Blueprint("reviewing", __name__)
UNPROCESSABLE = 422


def see(endpoint: str, **parts: object) -> Response:
    """Go on to another page of the review."""
    return redirect(url_for(f"reviewing.{endpoint}", **parts), code=303)  # type: ignore[arg-type]


def again(page: str) -> ResponseReturnValue:
    """The form once more, with what was typed and why it was refused."""
    return page, UNPROCESSABLE
