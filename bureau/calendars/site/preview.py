"""The public pages before they are public."""

from bureau.calendars.domain import files
from bureau.kernel.errors import NotFound

from . import pages
from .reader import Reader


def page_at(reader: Reader, below: str) -> bytes:
    """The page at the address ``below`` the bureau's own (``need/legal/``, ``2026-12/``); NotFound where there is none."""
    if below == files.HOME.below:
        return pages.home(reader)
    for month in reader.place.months(reader.today):
        if files.month_address(month).below == below:
            return pages.month(reader, month)
    for subject in pages.subjects(reader):
        if subject.address.below == below:
            return pages.listing(reader, subject)
    raise NotFound
