"""Whether a person speaks for an organisation, asked inside the transaction that does something in its name."""

from bureau.organisations import queries
from bureau.organisations.domain.partners import NotSpokenFor
from bureau.web.identity import Identity


def ensure_speaks_for(person: Identity, organisation_id: int) -> None:
    """Within the running transaction: refuse who does not; until it ends, the organisation joins no bureau meanwhile."""
    queries.hold_organisation(organisation_id)
    if organisation_id not in queries.spoken_for(person, {organisation_id}):
        raise NotSpokenFor
