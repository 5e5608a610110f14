"""Private feeds: which a person has, and what one holds."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, load_only

from bureau.accounts.queries import organisations_of
from bureau.kernel.database import db
from bureau.rotation.queries.kept import sessions_to_keep

from .domain.private import REACHES_BACK, Address, PrivateCalendar
from .domain.secrets import feed_named, is_secret_of, secret_of
from .models import PrivateFeed


def addresses_of(person_id: int, *, key: str) -> list[Address]:
    """The feeds that the person may have, made or not: their own, then one for each organisation they belong to."""
    made = {row.organisation_id: row for row in db.session.scalars(_feeds().where(PrivateFeed.person_id == person_id))}
    partners = organisations_of(person_id)
    own = _address(made.get(None), None, key)
    return [own, *(_address(made.get(partner.id), partner, key) for partner in partners)]


def find_address(person_id: int, feed_id: int, *, key: str) -> Address | None:
    """That feed of the person's, if they may have it."""
    return next((one for one in addresses_of(person_id, key=key) if one.feed_id == feed_id), None)


def find_calendar(secret: str, *, key: str, now: datetime) -> PrivateCalendar | None:
    """What the feed of that address holds; None where the address is nobody's, or was renewed.

    It ends with the person's role: what they may no longer see is not in it.
    """
    number = feed_named(secret)
    row = db.session.scalar(_feeds().where(PrivateFeed.id == number)) if number is not None else None
    if not is_secret_of(secret, key, number or 0, row.generation if row else 0) or row is None:
        return None
    partners = [one for one in organisations_of(row.person_id) if row.organisation_id in {None, one.id}]
    since = now - REACHES_BACK
    return PrivateCalendar(
        language=row.person.language,
        name=row.organisation.name if row.organisation else None,
        since=row.renewed_at,
        sessions=sessions_to_keep([one.id for one in partners], since=since),
    )


def _feeds() -> Select[Any]:
    person, organisation = (tie.property.mapper.class_ for tie in (PrivateFeed.person, PrivateFeed.organisation))
    return select(PrivateFeed).options(
        joinedload(PrivateFeed.person).options(load_only(person.language)),
        joinedload(PrivateFeed.organisation).options(load_only(organisation.name)),
    )


def _address(row: PrivateFeed | None, partner: Any, key: str) -> Address:
    known = {"organisation": partner.code, "name": partner.name} if partner else {"organisation": None, "name": None}
    if row is None:
        return Address(**known)
    return Address(
        **known,
        feed_id=row.id,
        generation=row.generation,
        renewed_at=row.renewed_at,
        secret=secret_of(key, row.id, row.generation),
    )
