"""The public pages before they are public."""

from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from markupsafe import Markup

from bureau.calendars.domain.place import places_of
from bureau.calendars.site.preview import page_at
from bureau.calendars.site.reader import Asset, Reader, public_environment, written_languages
from bureau.kernel.clock import local_date
from bureau.kernel.errors import NotFound
from bureau.publishing.queries import programmes_with_next
from bureau.web.languages import LANGUAGES


def preview_page(
    bureau: str, month: str, below: str, *, language: str, root: str, banner: Markup, asset: Asset, now: datetime
) -> bytes:
    """A public page as it would be if the month were published now, with its links kept below ``root``.

    NotFound where the month is not planned, or the page would not be there, or not in that language.
    """
    (place,) = places_of(programmes_with_next(bureau, month, now=now))
    if language not in written_languages(place):
        raise NotFound
    reader = Reader(
        place=place,
        language=language,
        today=local_date(now, place.bureau.timezone),
        base_url=current_app.config["BASE_URL"],
        environment=public_environment(asset),
        root=root,
        banner=banner,
    )
    with force_locale(LANGUAGES[language].locale):
        return page_at(reader, below)
