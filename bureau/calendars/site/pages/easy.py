"""One thing on a line, in the shortest sentences: for people who read little, or have just begun to read the language."""

from flask_babel import gettext

from bureau.calendars.domain import files, selection
from bureau.calendars.domain.changes import TOLD_AT_HOME
from bureau.calendars.site.reader import Reader

from .frame import Page, render
from .home import door_of
from .nearest import next_of, told_of, ways_to_languages, ways_to_needs


def easy(reader: Reader) -> bytes:
    """The page."""
    place = reader.place
    title = gettext("Easy language")
    own = place.index.spoken_in(reader.language)
    page = Page(
        title=title,
        description=f"{title} · {reader.says(place.bureau.about)}",
        address=files.EASY,
        feed=files.HOME,
        here="easy",
    )
    return render(
        reader, "calendars/easy.html", page,
        told=selection.moments(selection.upcoming(own, reader.today)),
        door=door_of(reader), changes=told_of(reader, place.sessions, reader.today + TOLD_AT_HOME, own=True),
        own=place.languages.get(reader.language), own_href=reader.href(files.language_address(reader.language)),
        own_next=next_of(reader, own), others=ways_to_languages(reader), needs=ways_to_needs(reader),
    )  # fmt: skip
