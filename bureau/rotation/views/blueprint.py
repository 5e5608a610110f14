"""What the pages of planning have in common."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

blueprint = Blueprint("rotation", __name__)
UNPROCESSABLE = 422


def to(endpoint: str, **parts: object) -> str:
    """The address of a page of planning."""
    return url_for(f"rotation.{endpoint}", **parts)  # type: ignore[arg-type]


def see(endpoint: str, **parts: object) -> Response:
    """Go on to another page of planning, after something was done or where a short address stands for a longer one."""
    return redirect(url_for(f"rotation.{endpoint}", **parts), code=303)  # type: ignore[arg-type]


def again(page: str | Response) -> ResponseReturnValue:
    """The form once more, with what was typed and why it was refused."""
    return page, UNPROCESSABLE
