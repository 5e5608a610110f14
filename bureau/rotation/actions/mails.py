"""The mails of planning, each in its reader's language; they wait in the outbox with what caused them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from flask import current_app
from flask_babel import gettext
from sqlalchemy import select

from bureau.kernel import outbox
from bureau.kernel.database import db
from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.rounds import RoundInfo
from bureau.web import formats
from bureau.web.languages import writing_in


class Reader(Protocol):
    """A person to write to."""

    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...


def declare(round_: RoundInfo, organisation: OrganisationInfo, reader: Reader, *, key: str, now: datetime) -> bool:
    """Ask for an offer; False where this very reminder was written before."""
    if is_written(key):
        return False
    language = reader.language
    with writing_in(language):
        month = formats.month_name(round_.month, language)
        until = formats.at(round_.deadlines.declaring_until, round_.timezone, language)
        name = organisation.name.in_(language)
        subject = gettext("%(month)s: what can you give?", month=month)
        asked = gettext(
            "Please tell us by %(date)s what %(organisation)s can give in %(month)s.",
            date=until, organisation=name, month=month,
        )  # fmt: skip
    _queue(reader, subject, [asked, _desk()], key=key, now=now)
    return True


def is_written(key: str) -> bool:
    """Whether a mail with this key is in the outbox, sent or waiting."""
    return db.session.scalar(select(outbox.OutboxMail.id).where(outbox.OutboxMail.key == key)) is not None


def _desk() -> str:
    return f"{current_app.config['BASE_URL']}/desk/"


def _queue(reader: Reader, subject: str, parts: Sequence[str], *, key: str, now: datetime) -> None:
    body = "\n\n".join(parts)
    outbox.queue(to=reader.email, language=reader.language, subject=subject, body=body, now=now, key=key)
