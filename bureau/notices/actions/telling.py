"""Telling people what happened, in the transaction in which it happens."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.dialects import postgresql, sqlite

from bureau.kernel.database import db
from bureau.notices.domain.invitations import MOST_ATTACHED, Invitation
from bureau.notices.domain.kinds import is_known
from bureau.notices.models import Notice


class Reader(Protocol):
    """A person to tell."""

    @property
    def id(self) -> int: ...


def tell(
    people: Iterable[Reader],
    *,
    kind: str,
    bureau_id: int,
    values: Mapping[str, Any],
    address: str,
    key: str,
    organisation_id: int | None = None,
    touches_at: datetime | None = None,
    calendar: Sequence[Invitation] = (),
    now: datetime,
) -> None:
    """Add a notice for each of the people to the running transaction; the same ``key`` never tells a person twice.

    ``values`` are plain data that the words of the kind understand, ``address`` a path such as ``/desk/…``.
    ``organisation_id`` says whose matter it is (None: the bureau's), ``touches_at`` when what it is about begins: if
    soon, it is mailed at once. ``calendar`` are sessions for the person's calendar.
    """
    if not is_known(kind):
        raise KeyError(f"no words for notices of the kind {kind!r}")
    common = {
        "bureau_id": bureau_id,
        "organisation_id": organisation_id,
        "kind": kind,
        "values": dict(values),
        "address": address,
        "touches_at": touches_at,
        "calendar": [one.as_json() for one in calendar] if len(calendar) <= MOST_ATTACHED else [],
        "created_at": now,
    }
    readers = sorted({one.id for one in people})
    _store([{"key": f"{key}/{reader}", "person_id": reader, **common} for reader in readers])


def _store(rows: list[dict[str, Any]]) -> None:
    """Insert what is not there yet; of two that tell the same at once, the database lets one."""
    if rows:
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        db.session.execute(insert(Notice).on_conflict_do_nothing(index_elements=["key"]), rows)
