"""The manager's pages of the place and its partners; coordinators keep their own workers."""

from . import agreements, choosing, closures, entries, hours, partners, place, rooms, workers
from .blueprint import blueprint

__all__ = [
    "agreements", "blueprint", "choosing", "closures", "entries", "hours", "partners", "place", "rooms", "workers",
]  # fmt: skip
