"""What the pages of exchanging have in common."""

from flask import Blueprint

from bureau.kernel.errors import Refused
from bureau.kernel.scopes import Scope
from bureau.organisations import queries as places
from bureau.web.wording import word

blueprint = Blueprint("exchange", __name__)


@blueprint.app_template_filter()
def refusal(error: Refused) -> str:
    """What a refusal says."""
    return word(error)


def party(bureau: str, organisation: str) -> Scope:
    """In whose name a page is read; its guard has checked that the person coordinates it, or manages the bureau."""
    return Scope(places.get_partner(places.get_bureau(bureau).id, organisation).organisation_id)


def number_of(scope: Scope) -> int:
    """The organisation of a scope that is one's."""
    if scope.organisation_id is None:
        raise ValueError("a scope of every organisation is nobody's own")
    return scope.organisation_id
