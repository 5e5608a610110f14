"""What is published, and what would be."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Text, cast, func, select

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.rotation.domain.programme import (
    ProgrammeDocument,
    PublishedBlock,
    PublishedClosure,
    PublishedOrganisation,
    PublishedRoom,
    PublishedSession,
    changed_since,
    described,
    from_json,
    republish,
)
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import Programme
from bureau.rotation.models.publishing import (
    published_bureau,
    published_category,
    published_language,
    published_organisation,
    published_room,
    published_service,
    published_session,
)

from .facts import live_sessions
from .reading import read
from .rounds import blocks_of_round

AGREED = ("booked", "held", "missed")
"""States of sessions that residents are told of."""


def programmes_in_force(bureau: str, *, since: Month | None = None) -> tuple[ProgrammeDocument, ...]:
    """The latest programme of each published month of the bureau (from ``since`` on), by month."""
    latest = (
        select(Programme.bureau_id, Programme.month, func.max(Programme.number).label("number"))
        .where(Programme.bureau.has(code=bureau))
        .group_by(Programme.bureau_id, Programme.month)
        .subquery()
    )
    is_latest = (
        (Programme.bureau_id == latest.c.bureau_id)
        & (Programme.month == latest.c.month)
        & (Programme.number == latest.c.number)
    )
    statement = select(cast(Programme.document, Text)).join(latest, is_latest).order_by(Programme.month)
    if since is not None:
        statement = statement.where(Programme.month >= str(since))
    return tuple(map(read.document, db.session.scalars(statement)))


def find_programme(bureau: str, month: str, number: int | None = None) -> ProgrammeDocument | None:
    """One publication of a month, the latest where no number is given."""
    statement = (
        select(Programme.document)
        .where(Programme.bureau.has(code=bureau), Programme.month == month)
        .order_by(Programme.number.desc())
        .limit(1)
    )
    if number is not None:
        statement = statement.where(Programme.number == number)
    document = db.session.scalar(statement)
    return None if document is None else from_json(document)


def programme_numbers(bureau: str, month: str) -> tuple[tuple[int, datetime], ...]:
    """Every publication of a month with its instant, the latest first."""
    statement = (
        select(Programme.number, Programme.published_at)
        .where(Programme.bureau.has(code=bureau), Programme.month == month)
        .order_by(Programme.number.desc())
    )
    return tuple((row.number, row.published_at) for row in db.session.execute(statement))


def programme_marks() -> dict[str, str]:
    """For each bureau that has published anything, a text that changes with every publication of any of its programmes."""
    statement = select(Programme.bureau_id, func.max(Programme.id), func.count(Programme.id))
    newest = {row[0]: f"{row[1]}/{row[2]}" for row in db.session.execute(statement.group_by(Programme.bureau_id))}
    return {bureau.code: newest[bureau.id] for bureau in places.bureaux() if bureau.id in newest}


def next_programme(round_: RoundInfo, *, now: datetime) -> tuple[ProgrammeDocument, Sequence[PublishedSession]]:
    """What publishing would publish now, and its sessions that differ from what is in force."""
    before = find_programme(round_.bureau, str(round_.month))
    live = tuple(published_session(row) for row in live_sessions(round_.id) if row.state in AGREED)
    sessions = republish(before, live, now=now)
    document = described(_document(round_, before, sessions, now=now), before)
    return document, changed_since(before, document)


def _document(
    round_: RoundInfo,
    before: ProgrammeDocument | None,
    sessions: tuple[PublishedSession, ...],
    *,
    now: datetime,
) -> ProgrammeDocument:
    named = {code for session in sessions for code in session.services}
    spoken = {tag for session in sessions for tag in session.languages}
    return ProgrammeDocument(
        bureau=published_bureau(places.get_bureau(round_.bureau)),
        month=round_.month,
        number=before.number + 1 if before else 1,
        published_at=now,
        first_published_at=before.first_published_at if before else now,
        categories=tuple(published_category(row) for row in catalogue.categories()),
        services=tuple(published_service(row) for row in catalogue.services() if row.active or row.code in named),
        languages=tuple(published_language(row) for tag, row in catalogue.languages_by_tag().items() if tag in spoken),
        organisations=_organisations(round_, sessions),
        rooms=_rooms(round_, sessions),
        closures=_closures(round_),
        blocks=_blocks(round_),
        sessions=sessions,
    )


def _organisations(round_: RoundInfo, sessions: Iterable[PublishedSession]) -> tuple[PublishedOrganisation, ...]:
    """Today's partners, and whoever a session names."""
    partners = {row.organisation.code for row in places.partnerships(round_.bureau_id)}
    wanted = partners | {session.organisation for session in sessions}
    return tuple(published_organisation(row) for row in places.organisations() if row.code in wanted)


def _rooms(round_: RoundInfo, sessions: Iterable[PublishedSession]) -> tuple[PublishedRoom, ...]:
    named = {session.room for session in sessions}
    return tuple(published_room(row) for row in places.rooms(round_.bureau_id) if row.active or row.code in named)


def _closures(round_: RoundInfo) -> tuple[PublishedClosure, ...]:
    rows = places.closures(round_.bureau_id, round_.month.first, round_.month.last)
    return tuple(PublishedClosure(day=row.day, reason=row.reason) for row in rows)


def _blocks(round_: RoundInfo) -> tuple[PublishedBlock, ...]:
    return tuple(
        PublishedBlock(
            day=block.day,
            starts=block.starts,
            ends=block.ends,
            starts_at=block.starts_at,
            ends_at=block.ends_at,
        )
        for block in blocks_of_round(round_.id)
    )
