"""The bureau itself, its rooms, hours and closed days."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from bureau.catalogue.domain import clean_code
from bureau.kernel import rows
from bureau.kernel.audit import record
from bureau.kernel.database import db, transaction
from bureau.kernel.errors import Invalid, Stale
from bureau.kernel.localised import LocalisedText
from bureau.organisations import queries
from bureau.organisations.domain.holidays import ensure_country, public_holidays
from bureau.organisations.domain.hours import WeeklyBlock, ensure_week
from bureau.organisations.domain.place import ensure_coordinates, ensure_languages, ensure_timezone
from bureau.organisations.models import Closure, OpeningHours, Room

Columns = dict[str, Any]

ENDING = ("valid_until",)
"""What changes of opening hours once they are stated."""


CLOSURE_COLUMNS = ("day", "kind", "reason")
"""What a closed day is."""


def edit_bureau(
    code: str, version: int, columns: Columns, *, interface: Iterable[str], actor: str, now: datetime
) -> None:
    """The bureau's texts and facts; ``interface`` are the languages pages can be written in."""
    ensure_coordinates(columns["latitude"], columns["longitude"])
    ensure_timezone(columns["timezone"])
    ensure_country(columns["holidays_of"])
    checked = {**columns, "languages": ensure_languages(columns["languages"], interface)}
    with transaction():
        difference = rows.change(queries.get_bureau(code), version, checked)
        record("edited", f"bureau:{code}", actor=actor, now=now, **difference)


def add_room(bureau: str, columns: Columns, *, actor: str, now: datetime) -> None:
    """A new room at the end of the list; refuses a code that is taken in this bureau."""
    code = clean_code(columns["code"])
    taken = Invalid(field="code", reason="taken", value=code)
    with transaction():
        place = queries.get_bureau(bureau)
        position = 1 + max((room.position for room in queries.rooms(place.id)), default=0)
        rows.add(Room(**{**columns, "code": code}, bureau_id=place.id, position=position), otherwise=taken)
        record("added", f"room:{bureau}/{code}", actor=actor, now=now)


def edit_room(bureau: str, code: str, version: int, columns: Columns, *, actor: str, now: datetime) -> None:
    """Everything but its code; refuses where somebody else was faster."""
    with transaction():
        difference = rows.change(queries.get_room(queries.get_bureau(bureau).id, code), version, columns)
        record("edited", f"room:{bureau}/{code}", actor=actor, now=now, **difference)


def delete_room(bureau: str, code: str, *, version: int, actor: str, now: datetime) -> None:
    """Delete it; refuses once a month was planned with it."""
    with transaction():
        rows.remove(queries.get_room(queries.get_bureau(bureau).id, code), version)
        record("deleted", f"room:{bureau}/{code}", actor=actor, now=now)


def open_hours(
    bureau: str, weekdays: Iterable[int], starts: time, ends: time, valid_from: date, *, actor: str, now: datetime
) -> None:
    """Open from ``starts`` to ``ends`` on these weekdays, from a day until further notice; refuses overlaps."""
    with transaction():
        place = queries.hold_bureau(bureau)  # no row yet stands for the hours that another adds at this instant
        new = [WeeklyBlock(weekday=day, starts=starts, ends=ends, valid_from=valid_from) for day in weekdays]
        ensure_week([*queries.hours(place.id), *new])
        for block in new:
            row = OpeningHours(
                bureau_id=place.id, weekday=block.weekday, starts=starts, ends=ends, valid_from=valid_from
            )  # fmt: skip
            rows.add(row, otherwise=Invalid(field="starts", reason="taken", value=f"{starts:%H:%M}"))
        after = {"weekdays": list(weekdays), "starts": str(starts), "ends": str(ends), "from": str(valid_from)}
        record("opened hours", f"bureau:{bureau}", actor=actor, now=now, after=after)


def end_hours(bureau: str, hours_id: int, mark: int, closed_from: date, *, actor: str, now: datetime) -> None:
    """No longer open in that block from a day on. What was never open disappears. ``mark`` is that of the end the
    person saw; refuses where somebody else was faster.
    """
    with transaction():
        place = queries.hold_bureau(bureau)
        block = queries.get_hours(place.id, hours_id)
        if rows.mark(block, ENDING) != mark:
            raise Stale
        before = {"weekday": block.weekday, "starts": str(block.starts), "until": str(block.valid_until)}
        if closed_from <= block.valid_from:
            db.session.delete(block)
        else:
            block.valid_until = closed_from - timedelta(days=1)
            ensure_week(queries.hours(place.id))  # a later end may meet hours that were added after the earlier one
        after = {"closed_from": str(closed_from)}
        record("ended hours", f"bureau:{bureau}", actor=actor, now=now, before=before, after=after)


def add_closure(bureau: str, columns: Columns, *, actor: str, now: datetime) -> None:
    """One day closed; refuses a day that is closed already."""
    taken = Invalid(field="day", reason="taken", value=str(columns["day"]))
    with transaction():
        rows.add(Closure(**columns, bureau_id=queries.hold_bureau(bureau).id), otherwise=taken)
        record("closed", f"bureau:{bureau}", actor=actor, now=now, after={"day": str(columns["day"])})


def add_public_holidays(bureau: str, year: int, *, actor: str, now: datetime) -> int:
    """Close the bureau on its country's public holidays of ``year``; days that are closed already stay as they are.
    Answers how many were added.
    """
    with transaction():
        place = queries.hold_bureau(bureau)  # another may add the same days at this instant
        closed = {row.day for row in queries.closures(place.id, date(year, 1, 1), date(year, 12, 31))}
        named = public_holidays(place.holidays_of, year, place.languages)
        new = [
            Closure(bureau_id=place.id, day=day, kind="holiday", reason=reason)
            for day, reason in named.items()
            if day not in closed
        ]
        db.session.add_all(new)
        record("closed", f"bureau:{bureau}", actor=actor, now=now, after={"days": [str(row.day) for row in new]})
    return len(new)


def remove_closure(bureau: str, day: date, *, version: int, actor: str, now: datetime) -> None:
    """Open again on a day that was closed. ``version`` is the mark of the closed day that the person saw."""
    with transaction():
        rows.remove(queries.get_closure(queries.get_bureau(bureau).id, day), version, marked=CLOSURE_COLUMNS)
        record("opened", f"bureau:{bureau}", actor=actor, now=now, before={"day": str(day)})


def close_day(bureau_id: int, day: date, reason: LocalisedText) -> bool:
    """Close the bureau on that day in the running transaction; False where it was closed already."""
    if queries.closures(bureau_id, day, day):
        return False
    db.session.add(Closure(bureau_id=bureau_id, day=day, kind="closed", reason=reason))
    return True


def open_day(bureau_id: int, day: date) -> None:
    """Take back what ``close_day`` did, in the running transaction."""
    for closure in queries.closures(bureau_id, day, day):
        db.session.delete(closure)
