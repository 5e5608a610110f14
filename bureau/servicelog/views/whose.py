"""Who sees and writes which entries."""

from typing import Any

from bureau.kernel.errors import Forbidden
from bureau.kernel.scopes import EVERY_ORGANISATION, Scope
from bureau.organisations import queries as places
from bureau.web.identity import Identity, scope_of


def sees_all(person: Identity, bureau: str) -> bool:
    """Whether the person logs for every organisation of the bureau: its front desk. A manager sees sums, no entries."""
    return bureau in person.receives


def scopes_at(person: Identity, bureau: str) -> tuple[Scope, ...]:
    """Whose entries the person sees and writes at the bureau: everybody's, or each organisation's they belong to."""
    if sees_all(person, bureau):
        return (EVERY_ORGANISATION,)
    return tuple(scope_of(tie.organisation_id) for tie in person.members_at(bureau))


def scope_for(person: Identity, bureau: str, organisation: str) -> Scope:
    """In which scope the person logs for that organisation at the bureau; refuses where they do not."""
    if sees_all(person, bureau):
        return EVERY_ORGANISATION
    tie = next((one for one in person.members_at(bureau) if one.organisation == organisation), None)
    if tie is None:
        raise Forbidden
    return scope_of(tie.organisation_id)


def organisations_of(person: Identity, bureau_id: int, bureau: str) -> list[Any]:
    """The partners of the bureau whose log the person keeps."""
    partners = places.partners(bureau_id)
    if sees_all(person, bureau):
        return partners
    return [one for one in partners if any(tie.organisation == one.code for tie in person.members_at(bureau))]
