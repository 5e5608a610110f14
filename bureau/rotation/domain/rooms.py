"""What a session needs of a room, and what a seat has."""

from collections.abc import Iterable

from bureau.catalogue.domain import needs_of

from .board import Seat
from .offers import NamedService


def needs_of_session(services: Iterable[NamedService]) -> frozenset[str]:
    """What the room must have so that all the services can be given: what each single one of them needs.

    A social worker at the front desk goes next door for the one talk that needs it; a lawyer who gives nothing else
    needs the quiet room for the whole session.
    """
    needs = [frozenset(needs_of(one.mode, needs_private_room=one.needs_private_room)) for one in services]
    return frozenset.intersection(*needs) if needs else frozenset()


def attributes_of(seat: Seat) -> frozenset[str]:
    """What a seat has: its room's kind and features."""
    return frozenset({seat.kind, *seat.features})
