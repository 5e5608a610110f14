"""What a log needs to stand on, and entries made the way the product makes them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from bureau.catalogue.models import StatusGroup
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.organisations.models import Organisation
from bureau.servicelog import actions
from bureau.servicelog.actions import Counted
from bureau.servicelog.domain.entries import Entry
from bureau.servicelog.domain.referrals import Onward
from bureau.servicelog.models import LogEntry
from tests.factories.catalogue import a_language, a_service, words
from tests.factories.rotation import a_partner

NOW = datetime(2026, 12, 9, 10, 20, tzinfo=UTC)
"""A Wednesday in December, twenty past twelve in Sofia."""
TODAY = date(2026, 12, 9)


def a_logging_bureau(*codes: str) -> list[Organisation]:
    """Golden River with these partners (open-gate where none is named), two services, two languages, one status."""
    partners = [a_partner(code) for code in codes or ("open-gate",)]
    for code in ("info", "legal"):
        a_service(code)
    for tag in ("en", "ar"):
        a_language(tag)
    a_status("applicant")
    db.session.commit()
    return partners


def a_status(code: str) -> StatusGroup:
    """The group of that code; the one that exists already, if it does."""
    known = db.session.scalar(select(StatusGroup).where(StatusGroup.code == code))
    if known is not None:
        return known
    position = (db.session.scalar(select(func.max(StatusGroup.position))) or 0) + 1
    group = StatusGroup(code=code, name=words(code), position=position)
    db.session.add(group)
    db.session.flush()
    return group


def an_entry(**values: Any) -> Entry:
    """Information in English, today, under an id of its own."""
    return Entry(**{"ref": str(uuid4()), "day": TODAY, "service": "info", "language": "en", **values})


def logged(
    *entries: Entry, organisation: str = "open-gate", person_id: int | None = None, now: datetime = NOW
) -> Sequence[Counted]:
    """The entries, counted for the organisation."""
    wanted = entries or (an_entry(),)
    return actions.log_entries(
        "golden-river", organisation, wanted, scope=EVERY_ORGANISATION, person_id=person_id, now=now
    )


def a_referral(
    *, giver: str = "open-gate", person_id: int | None = None, now: datetime = NOW, actor: str = "test", **said: Any
) -> int:
    """The number of a referral from open-gate to lantern, for information in English; ``said`` says otherwise."""
    code, entry_ref = said.pop("code", None) or actions.new_code(), said.pop("entry_ref", None)
    aim = {} if "place" in said else {"organisation": "lantern"}
    onward = Onward(**{**aim, "service": "info", "language": "en", **said})
    return actions.give_referral(
        "golden-river", giver, onward, code=code, scope=EVERY_ORGANISATION, person_id=person_id, actor=actor, now=now,
        entry_ref=entry_ref,
    )  # fmt: skip


def rows() -> list[LogEntry]:
    """Every entry there is, in order."""
    statement = select(LogEntry).order_by(LogEntry.id)
    return list(db.session.scalars(statement, execution_options=EVERY_ORGANISATION.options()))


def total() -> int:
    """What all entries count together."""
    return sum(row.number for row in rows())
