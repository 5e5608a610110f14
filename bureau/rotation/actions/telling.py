"""Telling people what planning did to their sessions, in the transaction that does it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from bureau.accounts.queries import coordinators_of, numbers_of_managers
from bureau.kernel.database import Scope, db
from bureau.kernel.localised import LocalisedText
from bureau.notices.actions import tell
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import LIVE, PlannedSession
from bureau.rotation.models.invitations import invitation_of
from bureau.rotation.models.reading import round_info
from bureau.rotation.queries.told import numbers_of, session_for_managers, sessions_to_tell, versions_of
from bureau.web.addresses import path_to

from .told_words import BOOKED, CANCELLED, MOVED, PLANNED, PUBLISHED, RELEASED, WEEKLY

__all__ = [
    "BOOKED",
    "CANCELLED",
    "MOVED",
    "RELEASED",
    "tell_of_plan",
    "tell_of_publication",
    "tell_of_series",
    "tell_of_session",
    "when_of",
]


def when_of(slot: Any) -> dict[str, str]:
    """Day and hours of a slot as they are told: take them before a session moves away."""
    return {"day": slot.day.isoformat(), "starts": slot.starts.isoformat(), "ends": slot.ends.isoformat()}


def tell_of_session(
    session_id: int, kind: str, *, scope: Scope, actor: str, now: datetime, was: Mapping[str, str] | None = None
) -> None:
    """Tell the coordinators of the session's organisation, if others (by ``scope``) did it; of one that its own
    organisation gave back, tell the bureau's managers. Call it once all is stored; ``was`` is where a moved one was.
    """
    owner = db.session.get_one(PlannedSession, session_id).organisation_id
    db.session.flush()
    if scope.organisation_id != owner:
        _tell_owner(session_id, kind, actor=actor, now=now, was=was)
    elif kind == RELEASED:
        _tell_managers(session_id, kind, actor=actor, now=now)


def _tell_owner(session_id: int, kind: str, *, actor: str, now: datetime, was: Mapping[str, str] | None) -> None:
    (row,) = sessions_to_tell([session_id])
    tell(
        [person for person in coordinators_of(row.organisation_id) if str(person.id) != actor],
        kind=kind,
        bureau_id=row.slot.round.bureau_id,
        organisation_id=row.organisation_id,
        values={**_values(row.slot, row.organisation.name, row.slot.room.name, row.reason), "was": dict(was or {})},
        address=_my_month(row),
        key=f"{kind}/{row.uid}/{row.version}",
        touches_at=row.starts_at,
        calendar=[invitation_of(row, row.slot.round.bureau)],
        now=now,
    )


def _tell_managers(session_id: int, kind: str, *, actor: str, now: datetime) -> None:
    row = session_for_managers(session_id)
    tell(
        [person for person in numbers_of_managers(row.bureau_id) if str(person.id) != actor],
        kind=kind,
        bureau_id=row.bureau_id,
        values={**_values(row, row.owner_name, row.room_name, row.reason), "was": {}},
        address=path_to("rotation.cockpit", bureau=row.bureau, month=row.month),
        key=f"{kind}/{row.uid}/{row.version}",
        touches_at=row.starts_at,
        now=now,
    )


def tell_of_publication(round_: RoundInfo, uids: Collection[str], *, number: int, now: datetime) -> None:
    """Tell each organisation what a publication of the month changes for it."""
    rows = sessions_to_tell(numbers_of(uids))
    _tell_each(PUBLISHED, round_, rows, key=f"programme/{round_.id}/{number}", now=now)


def tell_of_plan(round_: RoundInfo, before: Mapping[int, int], *, key: str, now: datetime) -> None:
    """Tell each organisation what a plan that was taken onto the board changes for it; ``before`` are the versions that
    the round's sessions had.
    """
    after = versions_of(round_.id)
    rows = sessions_to_tell([number for number, version in after.items() if before.get(number) != version])
    _tell_each(PLANNED, round_, rows, key=key, now=now)


def tell_of_series(numbers: Collection[int], *, scope: Scope, actor: str, now: datetime) -> None:
    """Tell each organisation, if others (by ``scope``) did it, which of its sessions that come again every week are new
    or have changed, month by month; but not who did it.
    """
    rows = [row for row in sessions_to_tell(numbers) if row.organisation_id != scope.organisation_id]
    for round_, found in groupby(rows, key=lambda row: row.slot.round):
        theirs = list(found)
        key = f"{WEEKLY}/{theirs[0].uid}/{theirs[0].version}"
        _tell_each(WEEKLY, round_info(round_), theirs, key=key, but=actor, now=now)


def _tell_each(
    kind: str, round_: RoundInfo, rows: Sequence[PlannedSession], *, key: str, but: str = "", now: datetime
) -> None:
    """Tell the coordinators of each of these sessions' organisations of theirs, but not the actor ``but``."""
    for organisation_id, found in groupby(sorted(rows, key=_owner), key=_owner):
        theirs = list(found)
        ahead = [row.starts_at for row in theirs if row.ends_at > now]
        tell(
            [person for person in coordinators_of(organisation_id) if str(person.id) != but],
            kind=kind,
            bureau_id=round_.bureau_id,
            organisation_id=organisation_id,
            values={
                "month": str(round_.month),
                "organisation": dict(theirs[0].organisation.name.texts),
                "sessions": [{**when_of(row.slot), "cancelled": row.state not in LIVE} for row in theirs],
            },
            address=_my_month(theirs[0]),
            key=f"{key}/{organisation_id}",
            touches_at=min(ahead, default=None),
            calendar=[invitation_of(row, row.slot.round.bureau) for row in theirs] if _is_public(kind, round_) else (),
            now=now,
        )


def _is_public(kind: str, round_: RoundInfo) -> bool:
    """Whether what is told is settled: a plan that is still talked about goes into nobody's calendar."""
    return kind != PLANNED or round_.phase == "published"


def _owner(row: PlannedSession) -> int:
    return row.organisation_id


def _values(when: Any, organisation: LocalisedText, room: LocalisedText, reason: str) -> dict[str, Any]:
    return {**when_of(when), "organisation": dict(organisation.texts), "room": dict(room.texts), "reason": reason}


def _my_month(row: PlannedSession) -> str:
    """The month as the organisation sees it."""
    round_ = row.slot.round
    where = {"bureau": round_.bureau.code, "month": round_.month}
    return path_to("rotation.my_month", organisation=row.organisation.code, **where)
