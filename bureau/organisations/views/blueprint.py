"""What the pages of places and partners have in common."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from bureau.web import desk

blueprint = Blueprint("organisations", __name__, url_prefix="/desk/<bureau>")


def to(endpoint: str, **parts: object) -> str:
    """The address of another page of this feature."""
    return url_for(f"organisations.{endpoint}", **parts)  # type: ignore[arg-type]  # parts of an address are texts or numbers


def stored(endpoint: str, **parts: object) -> Response:
    """On to another page, with a word that it is saved."""
    return desk.done(to(endpoint, **parts))
