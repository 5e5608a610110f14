"""A published month of a bureau as full as a real one, the same at each call."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from bureau.kernel.localised import LocalisedText
from bureau.kernel.localtime import instant
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import (
    ProgrammeDocument,
    PublishedBlock,
    PublishedBureau,
    PublishedCategory,
    PublishedClosure,
    PublishedLanguage,
    PublishedOrganisation,
    PublishedRoom,
    PublishedService,
    PublishedSession,
)

DECEMBER = Month(2026, 12)
PUBLISHED = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOURS = ((time(10), time(12)), (time(13), time(15)), (time(15), time(17)))

# Weekday, number of the block, room, organisation, services, languages: the usual week of the demonstration bureau.
USUAL_WEEK: tuple[tuple[int, int, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    (1, 0, "desk-a", "good-well", ("housing",), ("en", "bg", "ar")),
    (1, 0, "private", "pomegranate", ("women-safe",), ("en", "ar")),
    (1, 1, "desk-a", "jasmine-steps", ("forms", "interpreting"), ("ar", "kmr")),
    (1, 1, "private", "quiet-harbour", ("psychology",), ("en", "ru", "uk")),
    (1, 2, "group", "alphabet", ("bg-course",), ("en", "ru", "ar")),
    (2, 0, "desk-a", "stethoscope", ("health-nav",), ("en", "fa")),
    (2, 0, "desk-b", "kalyna-house", ("temporary-protection",), ("uk", "ru")),
    (2, 0, "private", "scales-voices", ("legal-residence",), ("en", "fr")),
    (2, 1, "desk-a", "first-payslip", ("job-search",), ("uk", "ru")),
    (2, 1, "desk-b", "kalyna-house", ("forms",), ("uk", "ru")),
    (2, 2, "desk-a", "two-rivers", ("forms", "info"), ("fa", "fa-AF", "ps")),
    (2, 2, "group", "paper-kites", ("homework",), ("en", "bg", "ar")),
    (3, 0, "desk-a", "good-well", ("job-search",), ("en", "uk", "ru")),
    (3, 0, "desk-b", "paper-kites", ("school",), ("bg", "uk", "ru")),
    (3, 0, "private", "open-gate", ("legal-asylum",), ("en", "ar", "fa")),
    (3, 1, "desk-a", "jasmine-steps", ("forms",), ("ar",)),
    (3, 1, "private", "quiet-harbour", ("psychology",), ("en", "uk")),
    (3, 2, "desk-a", "first-payslip", ("credentials",), ("uk", "ru")),
    (3, 2, "private", "fair-shift", ("labour-rights",), ("en", "uk")),
    (3, 2, "group", "alphabet", ("bg-course",), ("en", "ru", "ar")),
    (4, 0, "desk-a", "faculty-street", ("legal-residence",), ("en", "fr")),
    (4, 0, "desk-b", "kalyna-house", ("temporary-protection",), ("uk", "ru")),
    (4, 0, "private", "scales-voices", ("legal-asylum", "legal-residence"), ("fr", "ru", "uk")),
    (4, 1, "desk-a", "first-payslip", ("job-search",), ("en", "fr")),
    (4, 1, "group", "saturday-shoes", ("bg-club",), ("en", "fr")),
    (4, 2, "desk-a", "two-rivers", ("forms", "interpreting"), ("fa", "fa-AF", "ps")),
    (4, 2, "group", "paper-kites", ("homework",), ("en", "bg", "ar")),
    (5, 0, "desk-a", "good-well", ("housing",), ("bg", "ar")),
    (5, 0, "desk-b", "stethoscope", ("medicine",), ("bg", "ru")),
    (5, 0, "private", "open-gate", ("legal-residence",), ("en", "bg")),
    (5, 1, "private", "pomegranate", ("women-safe",), ("fa", "uk")),
    (5, 1, "group", "pomegranate", ("support-group",), ("en", "ar")),
    (5, 2, "desk-a", "jasmine-steps", ("forms", "interpreting"), ("ar", "kmr")),
    (5, 2, "group", "golden-river", ("orientation",), ("en", "bg")),
)


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(Path(__file__).with_name("golden_river.json").read_text())
    return data


def said(texts: dict[str, str]) -> LocalisedText:
    """A text in several languages."""
    return LocalisedText(texts)


def _worded(data: dict[str, Any]) -> dict[str, Any]:
    return {key: said(value) if isinstance(value, dict) else value for key, value in data.items()}


def a_bureau(code: str = "golden-river", **changes: Any) -> PublishedBureau:
    """The demonstration bureau."""
    data = _worded(_data()["bureau"])
    data["languages"] = tuple(data["languages"])
    facilities = tuple((one, said(name)) for one, name in _data()["facilities"])
    bureau = PublishedBureau(code=code, latitude=42.7, longitude=23.32, facilities=facilities, **data)
    return replace(bureau, **changes)


def a_session(day: date, *, block: int = 0, timezone: str = "Europe/Sofia", **changes: Any) -> PublishedSession:
    """A published session in one of the usual blocks."""
    starts, ends = changes.pop("starts", HOURS[block][0]), changes.pop("ends", HOURS[block][1])
    session = PublishedSession(
        uid=f"{day:%Y%m%d}-{block}-{changes.get('room', 'desk-a')}@golden-river",
        sequence=0,
        modified=PUBLISHED,
        day=day,
        starts=starts,
        ends=ends,
        starts_at=instant(day, starts, timezone),
        ends_at=instant(day, ends, timezone),
        room="desk-a",
        organisation="good-well",
        services=("job-search",),
        languages=("en", "ar"),
        note=LocalisedText(),
    )
    return replace(session, **changes)


def a_block(day: date, starts: time, ends: time, timezone: str = "Europe/Sofia") -> PublishedBlock:
    """A stretch of a day in which the bureau is open."""
    starts_at, ends_at = instant(day, starts, timezone), instant(day, ends, timezone)
    return PublishedBlock(day=day, starts=starts, ends=ends, starts_at=starts_at, ends_at=ends_at)


def usual_sessions(month: Month, closed: Sequence[date] = ()) -> tuple[PublishedSession, ...]:
    """The usual week on every open day of the month, with two people at the front desk in every block."""
    sessions = [_usual(day, row) for day in month.days() for row in USUAL_WEEK if day.isoweekday() == row[0]]
    front = [
        a_session(day, block=block, room="front", organisation="blue-lantern", services=("info", "social"),
                  languages=("en", "bg", "ar") if day.day % 2 else ("fr", "uk", "ru", "fa"))
        for day in month.days() if day.isoweekday() <= 5 for block in range(3)
    ]  # fmt: skip
    kept = (session for session in (*sessions, *front) if session.day not in closed)
    return tuple(sorted(kept, key=lambda one: (one.starts_at, one.room, one.uid)))


def _usual(day: date, row: tuple[int, int, str, str, tuple[str, ...], tuple[str, ...]]) -> PublishedSession:
    _, block, room, organisation, services, languages = row
    return a_session(day, block=block, room=room, organisation=organisation, services=services, languages=languages)


def a_programme(
    month: Month = DECEMBER, *, code: str = "golden-river", closed: Sequence[date] = (), **changes: Any
) -> ProgrammeDocument:
    """A whole published month; ``changes`` replace any part of the document."""
    data = _data()
    document = ProgrammeDocument(
        bureau=a_bureau(code),
        month=month,
        number=1,
        published_at=PUBLISHED,
        first_published_at=PUBLISHED,
        described_at=PUBLISHED,
        categories=tuple(PublishedCategory(code=c, name=said(name), icon=c) for c, name in data["categories"]),
        services=tuple(PublishedService(**_worded(one)) for one in data["services"]),
        languages=tuple(
            PublishedLanguage(tag=tag, own_name=own, name=said(name), phrase=said(phrase), direction=direction)
            for tag, own, name, phrase, direction in data["languages"]
        ),
        organisations=tuple(
            PublishedOrganisation(code=one["code"], name=said(one["name"]), about=said(one["about"]), kind=one["kind"])
            for one in data["organisations"]
        ),
        rooms=tuple(PublishedRoom(code=code, name=said(name), kind=kind) for code, name, kind in data["rooms"]),
        closures=tuple(PublishedClosure(day=day, reason=said(HOLIDAY)) for day in closed),
        blocks=tuple(
            a_block(day, starts, ends)
            for day in month.days() if day.isoweekday() <= 5 and day not in closed for starts, ends in HOURS
        ),
        sessions=usual_sessions(month, closed),
    )  # fmt: skip
    return replace(document, **changes)


HOLIDAY = {
    "en": "Christmas", "bg": "Коледа", "fr": "Noël", "uk": "Різдво", "ru": "Рождество", "ar": "عيد الميلاد", "fa": "کریسمس",
}  # fmt: skip


def with_changes(document: ProgrammeDocument, now: datetime) -> ProgrammeDocument:
    """The month published again: one session moved, one cancelled, one changed, one new."""
    by_uid = {session.uid: session for session in document.sessions}
    month = document.month
    tenth, eleventh = month.first.replace(day=10), month.first.replace(day=11)
    moved = next(one for one in document.sessions if one.day == tenth and one.room == "desk-a")
    cancelled = next(one for one in document.sessions if one.day == tenth and one.room == "private")
    changed = next(one for one in document.sessions if one.day == eleventh and one.room == "desk-a")
    by_uid[moved.uid] = replace(
        a_session(eleventh, block=1, room="desk-b", organisation=moved.organisation, services=moved.services,
                  languages=moved.languages),
        uid=moved.uid, sequence=1, modified=now, change="moved", was_day=moved.day, was_starts=moved.starts,
    )  # fmt: skip
    by_uid[cancelled.uid] = replace(cancelled, sequence=1, modified=now, change="cancelled")
    by_uid[changed.uid] = replace(changed, sequence=1, modified=now, change="changed", languages=("bg", "ar", "fr"))
    new = replace(a_session(tenth, block=2, room="desk-b", languages=("ar",)), modified=now, change="new")
    sessions = sorted((*by_uid.values(), new), key=lambda one: (one.starts_at, one.room, one.uid))
    return replace(document, number=document.number + 1, published_at=now, sessions=tuple(sessions))
