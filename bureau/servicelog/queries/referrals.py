"""Referrals: those of an organisation, one by its code, where a service is given next, and how many there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, and_, cast, func, or_, select

from bureau.catalogue import queries as catalogue
from bureau.kernel.clock import local_date
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.errors import NotFound
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedSession
from bureau.rotation.queries import programmes_in_force
from bureau.servicelog.domain.referrals import Party, ReferralSeen
from bureau.servicelog.domain.ways import session_at
from bureau.servicelog.models import Referral

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCount:
    """So many referrals of one kind: from whom, to whom (None: outside), for what; by codes and tag.

    ``given``, ``arrived`` and ``closed`` are each counted in the month in which it was said. An arrived one that is
    closed later counts in both.
    """

    month: Month
    organisation: str
    to: str | None
    service: str | None
    language: str
    given: int = 0
    arrived: int = 0
    closed: int = 0


def counts(bureau_id: int, months: Iterable[Month], *, scope: Scope = EVERY_ORGANISATION) -> list[ReferralCount]:
    """What was given, what arrived and what was closed in those months; of one organisation, at either end.

    True numbers, mostly small: for computing, never for showing as they are.
    """
    wanted = [str(month) for month in months]
    services = {row.id: row.code for row in catalogue.services()}
    codes: dict[int | None, str] = {row.id: row.code for row in places.organisations()}
    found: dict[tuple[Any, ...], dict[str, int]] = {}
    for name in ("given", "arrived", "closed"):
        for month, giver, to, service, tag, number in db.session.execute(_counted(bureau_id, name, wanted, scope)):
            key = (month, codes[giver], codes.get(to), services.get(service), tag)
            found.setdefault(key, {})[name] = number
    return [
        ReferralCount(month=Month.parse(month), organisation=giver, to=to, service=service, language=tag, **numbers)
        for (month, giver, to, service, tag), numbers in sorted(found.items(), key=lambda one: tuple(map(str, one[0])))
    ]


def _counted(bureau_id: int, what: str, months: list[str], scope: Scope) -> Select[Any]:
    month = func.substr(cast(getattr(Referral, f"{what}_on"), String), 1, 7)
    kind = (month, Referral.organisation_id, Referral.to_organisation_id, Referral.service_id, Referral.language_tag)
    statement = select(*kind, func.count()).where(Referral.bureau_id == bureau_id, month.in_(months)).group_by(*kind)
    return statement.where(_at_either_end(scope))


def _at_either_end(scope: Scope) -> Any:
    if scope.organisation_id is None:
        return Referral.id.is_not(None)
    return or_(Referral.organisation_id == scope.organisation_id, Referral.to_organisation_id == scope.organisation_id)


def given_by(bureau_id: int, organisation_id: int, *, closed: bool = False, page: int = 0) -> list[ReferralSeen]:
    """The open (or the closed) referrals that the organisation has given, by their date; one more than a page holds."""
    return _page(_of(bureau_id, closed).where(Referral.organisation_id == organisation_id), closed, page)


def coming_to(bureau_id: int, organisation_id: int, *, closed: bool = False, page: int = 0) -> list[ReferralSeen]:
    """The same of those that lead to the organisation."""
    return _page(_of(bureau_id, closed).where(Referral.to_organisation_id == organisation_id), closed, page)


def every_referral(bureau_id: int, organisation_id: int) -> list[ReferralSeen]:
    """All that the organisation has given or that lead to it, the oldest first."""
    statement = select(Referral).where(Referral.bureau_id == bureau_id, _at_either_end(Scope(organisation_id)))
    return _seen(db.session.scalars(statement.order_by(Referral.given_on, Referral.id)))


def _of(bureau_id: int, closed: bool) -> Select[Referral]:
    return select(Referral).where(Referral.bureau_id == bureau_id, (Referral.state == "closed") == closed)


def _page(statement: Select[Referral], closed: bool, page: int) -> list[ReferralSeen]:
    day = func.coalesce(Referral.next_day, Referral.given_on)
    order = (Referral.closed_on.desc(), Referral.id.desc()) if closed else (day, Referral.next_time, Referral.id)
    return _seen(db.session.scalars(statement.order_by(*order).limit(PAGE + 1).offset(PAGE * page)))


def get_referral(bureau_id: int, number: int, *, scope: Scope) -> ReferralSeen:
    """One referral; NotFound where the scope is at neither end of it."""
    wanted = and_(Referral.bureau_id == bureau_id, Referral.id == number, _at_either_end(scope))
    found = _seen(db.session.scalars(select(Referral).where(wanted)))
    if not found:
        raise NotFound
    return found[0]


def find_referral(bureau_id: int, code: str) -> ReferralSeen | None:
    """The referral whose slip has that code: whoever holds the slip knows as much."""
    found = select(Referral).where(Referral.bureau_id == bureau_id, Referral.code == code)
    return next(iter(_seen(db.session.scalars(found))), None)


def _seen(rows: Iterable[Referral]) -> list[ReferralSeen]:
    rows = list(rows)
    if not rows:
        return []
    services = {row.id: row for row in catalogue.services()}
    languages = catalogue.languages_by_tag()
    parties = {row.id: Party(id=row.id, code=row.code, name=row.name) for row in places.organisations()}
    return [_one(row, services, languages, parties) for row in rows]


def _one(
    row: Referral, services: Mapping[int, Any], languages: Mapping[str, Any], parties: Mapping[int, Party]
) -> ReferralSeen:
    service = services[row.service_id] if row.service_id is not None else None
    return ReferralSeen(
        id=row.id, code=row.code, giver=parties[row.organisation_id],
        to=parties[row.to_organisation_id] if row.to_organisation_id is not None else None, place=row.to_place,
        service=service.name if service else None, service_code=service.code if service else None,
        language=languages[row.language_tag], next_day=row.next_day, next_time=row.next_time, state=row.state,
        given_on=row.given_on, arrived_on=row.arrived_on, closed_on=row.closed_on, closed_for=row.closed_for,
    )  # fmt: skip


def programmes_from_now(bureau: str, timezone: str, *, now: datetime) -> tuple[ProgrammeDocument, ...]:
    """The published programmes in which there may still be dates."""
    return programmes_in_force(bureau, since=Month.of(local_date(now, timezone)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a slip tells of a referral: under its public name, as it is published."""

    service: LocalisedText | None
    bring: LocalisedText
    session: PublishedSession | None
    room: LocalisedText | None
    has_page: bool


def told_of(referral: ReferralSeen, documents: Iterable[ProgrammeDocument]) -> Told:
    """What may stand on a slip that others may see: a sensitive service by its neutral name, as on public pages."""
    documents = tuple(documents)
    public = {one.code: one for document in documents for one in document.services}
    service = public.get(referral.service_code or "")
    session = None
    if referral.to is not None:
        session = session_at(documents, referral.to.code, referral.next_day, referral.next_time)
    rooms = {one.code: one.name for document in documents for one in document.rooms}
    has_page = referral.to is not None and any(
        one.code == referral.to.code for document in documents for one in document.organisations
    )
    return Told(
        service=service.name if service else _public_name(referral.service_code),
        bring=service.bring if service else LocalisedText(),
        session=session, room=rooms.get(session.room) if session and not session.cancelled else None, has_page=has_page,
    )  # fmt: skip


def _public_name(code: str | None) -> LocalisedText | None:
    service = catalogue.find_service(code) if code else None
    if service is None:
        return None
    return service.neutral_name if service.sensitivity != "normal" and service.neutral_name else service.name
