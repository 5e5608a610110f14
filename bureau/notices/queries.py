"""What people were told, what still waits to be mailed, and how they want it."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, func, select
from sqlalchemy.orm import joinedload, load_only

from bureau.accounts.queries import asked_along
from bureau.kernel.database import db
from bureau.kernel.outbox import OutboxMail

from .domain.invitations import Invitation
from .domain.timing import REACH, USUAL, Choice
from .domain.told import Digest, Told, digest_due, is_urgent
from .models import Notice, NoticeChoice

SHOWN = 100


def notices_of(person_id: int, limit: int = SHOWN) -> list[Told]:
    """What the person was told, newest first, as far as it is still their matter."""
    return [_told(row) for row in db.session.scalars(_newest(person_id).limit(limit))]


def since_last_look(person_id: int, bureau: str, limit: int = SHOWN) -> list[Told]:
    """What the person was told of that bureau and has not marked as read, newest first."""
    here = Notice.bureau.has(code=bureau)
    statement = _newest(person_id).where(Notice.seen_at.is_(None), here).limit(limit)
    return [_told(row) for row in db.session.scalars(statement)]


def number_of_new(person_id: int) -> int:
    """How many notices the person has not marked as read."""
    return db.session.scalar(_new(), {"person": person_id}) or 0


@cache
def _new() -> Select[int]:
    return _counted().where(Notice.person_id == bindparam("person"))


def _counted() -> Select[int]:
    return select(func.count(Notice.id)).where(Notice.seen_at.is_(None), Notice.concerned_as.any())


def _new_of_everyone() -> ScalarSelect[int]:
    """The same for each person of a statement: every page shows it, and asks it with who is signed in."""
    person = Notice.person.property.mapper.class_
    return _counted().where(Notice.person_id == person.id).correlate(person).scalar_subquery()


asked_along["new_notices"] = _new_of_everyone


def choice_of(person_id: int) -> Choice:
    """How the person wants to be told; the usual way for who never chose."""
    row = db.session.get(NoticeChoice, person_id)
    return USUAL if row is None else _choice(row)


def find_digest(person_id: int, *, now: datetime) -> Digest | None:
    """The digest that the person should have by now and was not sent."""
    waiting = [_told(row) for row in db.session.scalars(_unsent(now).where(Notice.person_id == person_id))]
    found = digest_due(waiting, choice_of(person_id), now=now)
    return None if found is None or _written([found.key]) else found


def find_unsent(notice_id: int) -> Told | None:
    """That notice, if it was not mailed yet."""
    row = db.session.scalar(_with_places(select(Notice).where(Notice.id == notice_id, Notice.mailed_at.is_(None))))
    return None if row is None else _told(row)


def digests_due(now: datetime) -> dict[str, int]:
    """Whose digest is to be written now, by its key."""
    found = (digest_due(waiting, choice, now=now) for _, choice, waiting in _waiting(now))
    due = {digest.key: digest.person_id for digest in found if digest is not None}
    written = _written(due)
    return {key: person_id for key, person_id in due.items() if key not in written}


def urgent(now: datetime) -> list[int]:
    """The notices to be mailed at once, oldest first."""
    return [
        told.id for _, choice, waiting in _waiting(now) for told in waiting if is_urgent(told, choice, now=now)
    ]  # fmt: skip


def _waiting(now: datetime) -> Iterator[tuple[int, Choice, list[Told]]]:
    """Each person with what waits to be mailed to them."""
    wanted = [_told(row) for row in db.session.scalars(_unsent(now))]
    choices = _choices({told.person_id for told in wanted})
    for person_id, theirs in groupby(wanted, key=lambda told: told.person_id):
        yield person_id, choices.get(person_id, USUAL), list(theirs)


def _unsent(now: datetime) -> Select[Any]:
    person = Notice.person.property.mapper.class_
    statement = select(Notice).where(
        Notice.mailed_at.is_(None),
        Notice.seen_at.is_(None),
        Notice.created_at > now - REACH,
        Notice.person.has(person.active),
        Notice.concerned_as.any(),
    )
    return _with_places(statement).order_by(Notice.person_id, Notice.id)


def _newest(person_id: int) -> Select[Any]:
    mine = select(Notice).where(Notice.person_id == person_id, Notice.concerned_as.any())
    return _with_places(mine).order_by(Notice.created_at.desc(), Notice.id.desc())


def _with_places(statement: Select[Any]) -> Select[Any]:
    """With the names of bureau and organisation, without the rest of their texts."""
    bureau, organisation = (tie.property.mapper.class_ for tie in (Notice.bureau, Notice.organisation))
    return statement.options(
        joinedload(Notice.bureau).options(load_only(bureau.name, bureau.timezone)),
        joinedload(Notice.organisation).options(load_only(organisation.name)),
    )


def _written(keys: Collection[str]) -> set[str | None]:
    return set(db.session.scalars(select(OutboxMail.key).where(OutboxMail.key.in_(keys)))) if keys else set()


def _choices(people: Iterable[int]) -> dict[int, Choice]:
    rows = db.session.scalars(select(NoticeChoice).where(NoticeChoice.person_id.in_(people)))
    return {row.person_id: _choice(row) for row in rows}


def _choice(row: NoticeChoice) -> Choice:
    return Choice(digest=row.digest, hour=row.hour, at_once=row.at_once, version=row.version)


def _told(row: Notice) -> Told:
    return Told(
        id=row.id,
        person_id=row.person_id,
        kind=row.kind,
        values=row.values,
        address=row.address,
        touches_at=row.touches_at,
        created_at=row.created_at,
        seen=row.seen_at is not None,
        bureau_id=row.bureau_id,
        bureau=row.bureau.name,
        timezone=row.bureau.timezone,
        organisation=None if row.organisation is None else row.organisation.name,
        calendar=tuple(map(Invitation.from_json, row.calendar)),
    )
