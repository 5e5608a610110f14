"""What a desk sends: one entry as a form, or several that waited in the browser as JSON; both are read here."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import lazy_gettext
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from bureau.kernel.errors import Invalid
from bureau.kernel.text import clean_text, whole_number
from bureau.servicelog.domain.bands import BANDS
from bureau.servicelog.domain.entries import Entry, ref_sent
from bureau.servicelog.domain.notes import MOST_DAYS
from bureau.servicelog.domain.referrals import OUTSIDE, Onward
from bureau.web.editing import EditForm

MOST_AT_ONCE = 200
"""How many waiting entries one request brings at most."""


class KeepingForm(EditForm):
    """How a bureau keeps its log."""

    notes = BooleanField(lazy_gettext("A short note may be written beside an entry"))
    notes_days = IntegerField(
        lazy_gettext("Days after which a note is deleted"),
        [
            InputRequired(lazy_gettext("Please fill this in.")),
            NumberRange(1, MOST_DAYS, lazy_gettext("Please write a whole number from %(min)s to %(max)s.")),
        ],
    )


def read_entry(values: Mapping[str, Any], *, now: datetime, timezone: str) -> Entry:
    """The entry of a form's fields or of a JSON object; Invalid where a field is not even of the right kind.

    Without a day of its own it is of today, at this hour.
    """
    there = now.astimezone(ZoneInfo(timezone))
    texts = {name: clean_text(value) for name, value in values.items() if isinstance(value, str)}
    day = _day(texts["day"]) if texts.get("day") else there.date()
    return Entry(
        ref=ref_sent(texts.get("ref") or str(uuid4())),
        kind=texts.get("kind") or "consultation",
        number=_number(values.get("number")),
        day=day,
        hour=_hour(values.get("hour"), there.hour if day == there.date() else None),
        service=texts.get("service", ""),
        language=texts.get("language", ""),
        status=texts.get("status") or None,
        bands={name: texts[name] for name in BANDS if texts.get(name)},
        session_id=_whole(values.get("session")),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(field="date", reason="date", value=text) from error


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else whole_number(str(value or ""))


def _number(value: object) -> int:
    if value in (None, ""):
        return 1
    number = _whole(value)
    if number is None:
        raise Invalid(field="number", reason="number", low=1, high=999)
    return number


def _hour(value: object, otherwise: int | None) -> int | None:
    return otherwise if value in (None, "") else _whole(value)


def read_batch(data: object) -> list[tuple[str, str, Mapping[str, Any]]]:
    """What waited: for each piece the organisation it is for, the browser's key for it, and its fields.

    Invalid where this is no list of pieces.
    """
    pieces = data.get("entries") if isinstance(data, dict) else None
    if not isinstance(pieces, list) or len(pieces) > MOST_AT_ONCE:
        raise Invalid(field="entries", reason="choice")
    found: list[tuple[str, str, Mapping[str, Any]]] = []
    for piece in pieces:
        if not isinstance(piece, dict) or not all(
            isinstance(piece.get(name), str) for name in ("organisation", "key", "ref")
        ):
            raise Invalid(field="entries", reason="choice")
        found.append((piece["organisation"], piece["key"], piece))
    return found


def sealed(code: str) -> str:
    """A code for a form that will come back: nobody else can make up one."""
    return _seal().dumps(code)


def unsealed(words: str) -> str:
    """The code that ``sealed`` hid; Invalid where it is none of ours."""
    try:
        return str(_seal().loads(words))
    except BadSignature as error:
        raise Invalid(field="code", reason="choice") from error


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="referral")


def read_onward(values: Mapping[str, str]) -> Onward:
    """Where the form sends somebody: ``to`` is a partner's code with the date and time that were offered, or "outside"."""
    to, *when = values.get("to", "").split(" ")
    outside = to == OUTSIDE
    day, moment = (values.get("day", ""), values.get("time", "")) if outside else (*when, "", "")[:2]
    return Onward(
        organisation=None if outside else to,
        place=clean_text(values.get("place", "")) if outside else "",
        service=values.get("service") or None,
        language=values.get("language", ""),
        day=_day(day) if day else None,
        time=_time(moment) if moment else None,
    )


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise Invalid(field="time", reason="time", value=text) from error
