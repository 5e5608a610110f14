"""Cover for sessions that were given back: everybody who qualifies is asked; whoever books first has it."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import UpdateBase, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from bureau.accounts.queries import coordinators_of
from bureau.exchange.models import CoverCall
from bureau.exchange.models.loading import calls
from bureau.exchange.models.reading import public_names
from bureau.exchange.queries.waiting import calls_to_look_at
from bureau.kernel.database import EVERY_ORGANISATION, change, db, transaction
from bureau.notices.actions import tell
from bureau.rotation.actions.hooks import Released, on_released
from bureau.rotation.domain.board import Candidate, SlotDetail
from bureau.rotation.queries import slot_detail
from bureau.web.addresses import path_to

from .telling import slot_values


def call_for_cover(session_id: int, asked_from: datetime | None, *, now: datetime) -> None:
    """Seek cover for a released session from that moment on (None: at once), in the running transaction."""
    change(_call(db.engine.dialect.name), {"session": session_id, "begins": asked_from or now})


@cache
def _call(database: str) -> UpdateBase:
    """Put together once for each kind of database: many give sessions back at the same moment."""
    calls = CoverCall.metadata.tables[CoverCall.__tablename__]
    insert = postgresql.insert if database == "postgresql" else sqlite.insert
    begun: dict[str, Any] = {"asked_from": bindparam("begins"), "called_at": None, "ended_at": None}
    new = insert(calls).values(session_id=bindparam("session"), **begun)
    return new.on_conflict_do_update(index_elements=["session_id"], set_=begun)


def when_released(released: Released) -> None:
    """What the rota calls in the transaction of a release."""
    if released.cover_from is not None:
        call_for_cover(released.session_id, released.cover_from, now=released.now)


on_released.append(when_released)


def look_after_calls(*, now: datetime) -> tuple[int, int]:
    """Ask for what is due, close what is taken or past; how many of each."""
    done = [_look_at(call.id, now=now) for call in calls_to_look_at(now=now)]
    return done.count("called"), done.count("ended")


def _look_at(call_id: int, *, now: datetime) -> str:
    with transaction():
        call = db.session.scalar(calls().where(CoverCall.id == call_id).with_for_update(of=CoverCall))
        if call is None or call.ended_at is not None:
            return ""
        detail = slot_detail(
            call.session.slot.round.bureau.code, call.session.slot_id, scope=EVERY_ORGANISATION, now=now
        )
        if detail.session is not None or detail.past:
            call.ended_at = now
            return "ended"
        if detail.closed or call.called_at is not None or call.asked_from > now:  # a closed day may be put back
            return ""
        call.called_at = now
        _ask(call, detail, now=now)
        return "called"


def _ask(call: CoverCall, detail: SlotDetail, *, now: datetime) -> None:
    slot = call.session.slot
    could = {one.organisation.id: one.organisation for one in who_could_cover(call.session, detail.candidates)}
    for number, organisation in sorted(could.items()):
        tell(
            coordinators_of(number),
            kind="exchange.cover_sought",
            bureau_id=slot.round.bureau_id,
            organisation_id=number,
            values={
                "slot": slot_values(slot),
                "services": [name.as_json() for name in public_names(call.session)],
                "other": call.session.organisation.name.as_json(),
            },
            address=path_to(
                "rotation.book", bureau=slot.round.bureau.code, slot=slot.id, organisation=organisation.code
            ),
            key=f"cover/{call.id}/{call.asked_from.isoformat()}/{number}",
            touches_at=slot.starts_at,
            now=now,
        )


def who_could_cover(session: Any, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Of those who could come: who is free, from elsewhere, and gives one of its services in one of its languages."""
    services, languages = {one.code for one in session.services}, {one.tag for one in session.languages}
    return [
        one
        for one in candidates
        if not one.busy
        and one.organisation.id != session.organisation_id
        and services & {given.code for given in one.services}
        and languages & {spoken.tag for spoken in one.languages}
    ]
