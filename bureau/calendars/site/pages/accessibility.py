"""What we do so that everybody can use these pages, what does not work yet, and whom to tell."""

from datetime import date

from flask_babel import gettext

from bureau.calendars.domain import files
from bureau.calendars.domain.variants import variants_of
from bureau.calendars.site.reader import Reader

from .frame import Page, render

STATED_ON = date(2026, 11, 23)
"""When the statement was last held against the pages; whoever changes what it says changes this."""


def accessibility(reader: Reader) -> bytes:
    """The statement."""
    title = gettext("Accessibility")
    page = Page(
        title=title,
        description=f"{title} · {reader.says(reader.place.bureau.name)}",
        address=files.ACCESSIBILITY,
        feed=files.HOME,
    )
    stated = reader.dates.full(STATED_ON)
    return render(
        reader, "calendars/accessibility.html", page, stated=stated, chooses=bool(variants_of(reader.language))
    )
