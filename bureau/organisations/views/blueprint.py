"""What the pages of places and partners have in common."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from bureau.organisations import queries
from bureau.organisations.domain.partners import NotSpokenFor
from bureau.web import desk
from bureau.web.identity import get_identity

blueprint = Blueprint("organisations", __name__, url_prefix="/desk/<bureau>")


def to(endpoint: str, **parts: object) -> str:
    """The address of another page of this feature."""
    return url_for(f"organisations.{endpoint}", **parts)  # type: ignore[arg-type]  # parts of an address are texts or numbers


def stored(endpoint: str, **parts: object) -> Response:
    """On to another page, with a word that it is saved."""
    return desk.done(to(endpoint, **parts))


def ensure_spoken_for(organisation_id: int) -> None:
    """Open no form to whom its sending would be refused."""
    if organisation_id not in queries.spoken_for(get_identity(), {organisation_id}):
        raise NotSpokenFor
