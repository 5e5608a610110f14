"""What planning tells people, in words."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from flask_babel import gettext, ngettext

from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.notices.domain.kinds import Words, register
from bureau.web import formats
from bureau.web.languages import current_language

BOOKED, RELEASED, CANCELLED, MOVED = "session.booked", "session.released", "session.cancelled", "session.moved"
PUBLISHED, PLANNED, WEEKLY = "programme.published", "proposal.accepted", "series.booked"

MOST_LISTED = 12

Values = Mapping[str, Any]


def booked(values: Values) -> str:
    """Somebody else booked a session for the organisation."""
    return str(gettext("%(organisation)s has a new session: %(day)s, %(hours)s, %(room)s.", **_where(values)))


def released(values: Values) -> str:
    """A session was given back."""
    return str(
        gettext("The session of %(organisation)s on %(day)s, %(hours)s was given back: %(reason)s", **_where(values))
    )


def cancelled(values: Values) -> str:
    """A session will not take place."""
    if values["reason"]:
        return str(
            gettext("The session of %(organisation)s on %(day)s, %(hours)s is cancelled: %(reason)s", **_where(values))
        )
    return str(gettext("The session of %(organisation)s on %(day)s, %(hours)s is cancelled.", **_where(values)))


def moved(values: Values) -> str:
    """A session is at another time, or in another room."""
    was = values["was"]
    return str(
        gettext(
            "The session of %(organisation)s on %(old_day)s, %(old_hours)s has moved to %(day)s, %(hours)s, %(room)s.",
            old_day=_day(was["day"]), old_hours=_hours(was), **_where(values),
        )
    )  # fmt: skip


def published(values: Values) -> str:
    """A month is public, and what is new in it for the organisation."""
    return "\n".join((_is_published(values), *_changes(values)))


def _is_published(values: Values) -> str:
    return str(gettext("The programme for %(month)s is published", month=_month(values)))


def accepted(values: Values) -> str:
    """A plan was taken onto the board, and what is new in it for the organisation."""
    return "\n".join((_is_on_the_board(values), *_changes(values)))


def _is_on_the_board(values: Values) -> str:
    return str(gettext("A plan for %(month)s is on the board", month=_month(values)))


def _month(values: Values) -> str:
    return formats.month_name(Month.parse(values["month"]), current_language())


def weekly(values: Values) -> str:
    """Sessions that come again every week are booked or changed by others."""
    return "\n".join((_has_changed_weekly(values), *_changes(values)))


def _has_changed_weekly(_values: Values) -> str:
    return str(gettext("Your weekly sessions have changed"))


def _headline(words: Callable[[str], str]) -> Words:
    """A subject: what happened, and when the session begins."""

    def said(values: Values) -> str:
        day, starts = date.fromisoformat(values["day"]), time.fromisoformat(values["starts"])
        return str(words(formats.day_and_clock(day, starts, current_language())))

    return said


def _changes(values: Values) -> list[str]:
    number = len(values["sessions"])
    counted = ngettext(
        "%(num)d session of %(organisation)s is new or has changed:",
        "%(num)d sessions of %(organisation)s are new or have changed:",
        number, organisation=_said(values["organisation"]),
    )  # fmt: skip
    lines = [counted, *map(_line, values["sessions"][:MOST_LISTED])]
    more = number - MOST_LISTED
    return [*lines, ngettext("and %(num)d more", "and %(num)d more", more)] if more > 0 else lines


def _line(one: Values) -> str:
    if one["cancelled"]:
        return str(gettext("%(day)s, %(hours)s: cancelled", day=_day(one["day"]), hours=_hours(one)))
    return str(gettext("%(day)s, %(hours)s", day=_day(one["day"]), hours=_hours(one)))


def _where(values: Values) -> dict[str, str]:
    return {
        "organisation": _said(values["organisation"]),
        "day": _day(values["day"]),
        "hours": _hours(values),
        "room": _said(values["room"]),
        "reason": values["reason"],
    }


def _said(texts: Mapping[str, str]) -> str:
    return LocalisedText.from_json(texts).in_(current_language())


def _day(iso: str) -> str:
    return formats.day_long(date.fromisoformat(iso), current_language())


def _hours(values: Values) -> str:
    starts, ends = time.fromisoformat(values["starts"]), time.fromisoformat(values["ends"])
    return formats.said_hours(starts, ends, current_language())


for _kind, _words, _subject in (
    (BOOKED, booked, _headline(lambda when: gettext("New session: %(when)s", when=when))),
    (RELEASED, released, _headline(lambda when: gettext("Session given back: %(when)s", when=when))),
    (CANCELLED, cancelled, _headline(lambda when: gettext("Session cancelled: %(when)s", when=when))),
    (MOVED, moved, _headline(lambda when: gettext("Session moved to %(when)s", when=when))),
    (PUBLISHED, published, _is_published),
    (PLANNED, accepted, _is_on_the_board),
    (WEEKLY, weekly, _has_changed_weekly),
):
    register(_kind, _words, _subject)
