"""The first page: open or not, today and next in the reader's language, the other languages, the needs."""

from datetime import date, timedelta

from bureau.calendars.domain import files, selection
from bureau.calendars.domain.changes import TOLD_AT_HOME
from bureau.calendars.domain.opening import Times, door_through, hours_on, next_open_day
from bureau.calendars.site import structured
from bureau.calendars.site.reader import Reader
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month

from .frame import Page, render
from .nearest import told_of, ways_to_languages, ways_to_needs


def home(reader: Reader) -> bytes:
    """The page."""
    place, today = reader.place, reader.today
    own = place.index.spoken_in(reader.language)
    coming = selection.upcoming(own, today)
    next_own = tuple(selection.moments(selection.next_day(own, today)))
    page = Page(
        title=reader.says(place.bureau.name),
        description=reader.says(place.bureau.welcome),
        address=files.HOME,
        here="home",
    )
    return render(
        reader, "calendars/home.html", page,
        told=selection.moments(coming),
        structured=structured.of_home(reader, coming),
        door=door_of(reader),
        changes=told_of(reader, place.sessions, today + TOLD_AT_HOME, own=True),
        own=place.languages.get(reader.language),
        today_own=tuple(selection.moments(selection.on_day(own, today))),
        next_own=next_own, next_at_once=selection.at_once(next_own),
        others=ways_to_languages(reader), needs=ways_to_needs(reader),
        week=_week_hours(reader),
    )  # fmt: skip


def door_of(reader: Reader) -> dict[str, object]:
    """Today's hours, how the door is from hour to hour, why it is closed, and the next open day with its hours."""
    place, today = reader.place, reader.today
    hours = hours_on(place.blocks, today)
    again = next_open_day(place.blocks, today)
    return {
        "hours": hours,
        "through": door_through(today, hours, place.bureau.timezone),
        "because": place.closures.get(today),
        "again": again,
        "again_hours": hours_on(place.blocks, again) if again else (),
    }


def _week_hours(reader: Reader) -> list[tuple[date, tuple[Times, ...], LocalisedText | None]]:
    """Today and the six days after it, as far as published: when the bureau is open, or why it is not."""
    days = (reader.today + timedelta(days=offset) for offset in range(7))
    known = [day for day in days if Month.of(day) in reader.place.programmes]
    return [(day, hours_on(reader.place.blocks, day), reader.place.closures.get(day)) for day in known]
