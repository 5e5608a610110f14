"""Sessions as people keep them in their calendars; sensitive services under their neutral names, and nobody's name."""

from bureau.notices.domain.invitations import Invitation
from bureau.organisations.models import Bureau

from .publishing import published_service
from .sessions import LIVE, PlannedSession


def invitation_of(row: PlannedSession, bureau: Bureau) -> Invitation:
    """A session fetched with slot, room, organisation, services (with categories) and languages."""
    return Invitation(
        uid=row.uid,
        sequence=row.version,
        starts=row.starts_at,
        ends=row.ends_at,
        services=tuple(published_service(service).name for service in row.services),
        languages=tuple(language.own_name for language in row.languages),
        organisation=row.organisation.name,
        place=(row.slot.room.name, bureau.address),
        cancelled=row.state not in LIVE,
    )
