"""The public pages before they are public."""

from bureau.calendars.domain.files import Address
from bureau.kernel.errors import NotFound

from .parts import PER_READER
from .reader import Reader


def page_at(reader: Reader, below: str) -> bytes:
    """The page at the address ``below`` the bureau's own (``need/legal/``, ``2026-12/``); NotFound where there is none."""
    wanted = Address(below).file(reader.language, reader.place.bureau.code)
    drafts = (draft for part in PER_READER for draft in part(reader))
    found = next((draft for draft in drafts if draft.path == wanted), None)
    if found is None:
        raise NotFound
    return found.make()
