"""Where a page leads after something was done."""

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from .desk import UNPROCESSABLE


def to(endpoint: str, **parts: Any) -> str:
    """The address of a page of the feature that answers now."""
    return url_for(f".{endpoint}", **parts)


def see(endpoint: str, **parts: Any) -> Response:
    """Go on to another page of the same feature: something was done, or a short address stands for a longer one."""
    return redirect(to(endpoint, **parts), code=303)


def again(page: str | Response) -> ResponseReturnValue:
    """The form once more, with what was typed and why it was refused."""
    return page, UNPROCESSABLE
