"""What khal sees in a folder of events; run by khal's own Python. Prints one JSON object."""

import datetime as dt
import json
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
from khal.khalendar import CalendarCollection

SOFIA = ZoneInfo("Europe/Sofia")
LOCALE = {
    "local_timezone": SOFIA, "default_timezone": SOFIA, "timeformat": "%H:%M", "dateformat": "%Y-%m-%d",
    "longdateformat": "%Y-%m-%d", "datetimeformat": "%Y-%m-%d %H:%M", "longdatetimeformat": "%Y-%m-%d %H:%M",
    "unicode_symbols": True, "firstweekday": 0, "weeknumbers": False,
}  # fmt: skip


def main(folder: str) -> None:
    """Every event of two years."""
    calendars = {
        "bureau": {
            "name": "bureau",
            "path": folder,
            "readonly": True,
            "color": "",
            "priority": 10,
            "ctype": "calendar",
            "addresses": [],
        }
    }
    collection = CalendarCollection(
        calendars=calendars, color="", locale=LOCALE, dbpath=str(Path(folder).with_suffix(".db")), hmethod="fg"
    )
    found = {}
    first, last = dt.datetime(2026, 1, 1, tzinfo=SOFIA), dt.datetime(2028, 1, 1, tzinfo=SOFIA)
    for event in collection.get_localized(first, last):
        (stored,) = icalendar.Calendar.from_ical(event.raw).walk("VEVENT")
        found[event.uid] = [
            _utc(event.start), _utc(event.end), event.status or "CONFIRMED", int(stored["SEQUENCE"]), event.summary,
        ]  # fmt: skip
    json.dump(found, sys.stdout)


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


if __name__ == "__main__":
    main(sys.argv[1])
