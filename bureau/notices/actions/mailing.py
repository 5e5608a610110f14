"""Mailing what people were told: a digest, or at once; in their language, with the sessions for their calendar."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from flask import current_app
from flask_babel import gettext, ngettext
from sqlalchemy import update

from bureau.accounts.queries import get_person
from bureau.kernel import outbox
from bureau.kernel.clock import local_date
from bureau.kernel.database import db, transaction
from bureau.kernel.errors import Stale
from bureau.notices.domain.told import Digest, Group, Told, grouped
from bureau.notices.models import Notice
from bureau.notices.queries import find_digest, find_unsent
from bureau.web import formats
from bureau.web.addresses import path_to
from bureau.web.languages import current_language, writing_in

from .invitations import calendar_for

Sentence = Callable[[Told], str]
"""A notice in words, or in a few of them, in the language that is being written in."""


class Reader(Protocol):
    """Whom a mail goes to."""

    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...


def mail_digest(person_id: int, *, sentence: Sentence, now: datetime) -> bool:
    """Write the person's digest, if one is due; every notice goes into one mail only."""
    with transaction():
        digest = find_digest(person_id, now=now)
        if digest is None:
            return False
        _claim(digest.notices, now)
        reader = get_person(person_id)
        with writing_in(reader.language):
            parts = [*_digest_parts(digest, sentence), *_foot()]
            subject = _subject(len(digest.notices), digest.day)
            _queue(reader, subject, parts, digest.notices, key=digest.key, now=now)
        return True


def mail_at_once(notice_id: int, *, sentence: Sentence, headline: Sentence, now: datetime) -> bool:
    """Mail one notice by itself, if it was not mailed yet: the subject says what happened, and when."""
    with transaction():
        told = find_unsent(notice_id)
        if told is None:
            return False
        _claim([told], now)
        reader = get_person(told.person_id)
        with writing_in(reader.language):
            why = gettext("You get this mail at once because it is about your next 48 hours.")
            parts = [_names(told), sentence(told), _full(told.address), why, *_foot()]
            subject = headline(told) or _subject(1, local_date(told.created_at, told.timezone))
            _queue(reader, subject, parts, [told], key=f"notice/{told.id}", now=now)
        return True


def _claim(notices: Sequence[Told], now: datetime) -> None:
    """Mark the notices as mailed; where another was quicker with one of them, all is undone."""
    numbers = [told.id for told in notices]
    statement = update(Notice).where(Notice.id.in_(numbers), Notice.mailed_at.is_(None)).values(mailed_at=now)
    if getattr(db.session.execute(statement), "rowcount", 0) != len(numbers):
        raise Stale


def _subject(notices: int, day: date) -> str:
    """How many there are, and of which day; nothing of what they say."""
    written = formats.day_month(day, current_language())
    return str(
        ngettext(
            "%(num)d notice from the bureau on %(day)s", "%(num)d notices from the bureau on %(day)s",
            notices, day=written,
        )
    )  # fmt: skip


def _digest_parts(digest: Digest, sentence: Sentence) -> Iterator[str]:
    for group in grouped(digest.notices):
        yield f"== {_names(group)} =="
        for told in group.notices:
            yield f"{sentence(told)}\n{_full(told.address)}"


def _names(about: Told | Group) -> str:
    """The bureau, and the organisation where it is one's matter."""
    both = [about.bureau, *([about.organisation] if about.organisation else [])]
    return formats.dotted(name.in_(current_language()) for name in both)


def _foot() -> Iterator[str]:
    yield gettext("Your sessions in your own calendar: %(link)s", link=_full(path_to("calendars.addresses")))
    yield gettext("All notices, and when you want mail: %(link)s", link=_full(path_to("notices.notices")))


def _full(path: str) -> str:
    return f"{current_app.config['BASE_URL']}{path}"


def _queue(
    reader: Reader, subject: str, parts: Sequence[str], notices: Sequence[Told], *, key: str, now: datetime
) -> None:
    calendar = calendar_for(reader.email, notices, link=_full, now=now)
    outbox.queue(
        to=reader.email, language=reader.language, subject=subject, body="\n\n".join(parts), key=key,
        calendar=calendar or None, now=now,
    )  # fmt: skip
