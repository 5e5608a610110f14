"""Declaring, and asking those who have not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from bureau.accounts.queries import coordinators_of
from bureau.catalogue import queries as catalogue
from bureau.kernel import audit
from bureau.kernel.clock import local_date
from bureau.kernel.database import Scope, db, transaction
from bureau.kernel.errors import NotFound, Several, Stale
from bureau.kernel.text import clean_text
from bureau.organisations import queries as places
from bureau.organisations.actions.privacy import ensure_no_resident
from bureau.rotation.domain.offers import NUMBERS, DeclaredOffer, OfferedTime, problems_of
from bureau.rotation.domain.refusals import DeadlinePassed, WrongPhase
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import Availability, Offer, OfferedPair, OfferedWorker
from bureau.rotation.models.reading import declared_offer
from bureau.rotation.queries.offers import answers_of, choices_of, find_draft_row, find_offer_row
from bureau.rotation.queries.rounds import blocks_of_round, get_round

from . import mails


def declare_offer(
    bureau: str,
    month: str,
    organisation: str,
    offer: DeclaredOffer,
    *,
    version: int | None,
    scope: Scope,
    actor: str,
    now: datetime,
    draft: int | None = None,
) -> int:
    """Store what the organisation declares; the new version. ``scope`` EVERY_ORGANISATION means the manager for it.

    ``version`` is the one the form was opened with (None: nothing was stored). Saving the same twice changes nothing.
    ``draft`` is the version of the draft that is sent, where it was read from one; it is done with then.
    Refuses: DeadlinePassed (not for the manager), WrongPhase, Stale; ``Several`` of UnknownWorker, UnknownService,
    UnknownLanguage, NotQualified, UnknownBlock, UnknownLevel, PromiseOutOfRange, each with its ``field``.
    """
    wanted = replace(offer, remark=clean_text(offer.remark, multiline=True))
    ensure_no_resident(wanted.remark, bureau, field="remark", now=now)
    try:
        with transaction():
            round_ = get_round(bureau, month)
            owner = hold_partner(round_, organisation, scope)
            ensure_may_declare(round_, scope, now=now)
            services = ensure_sound(round_, owner, wanted, scope)
            _finish_draft(round_, owner, draft, scope)
            row = find_offer_row(round_.id, owner, scope)
            if row is not None and declared_offer(row) == _without_empty(wanted):
                return row.version
            row = _kept(row, round_, owner, version)
            _write(row, _without_empty(wanted), services, now=now)
            thing = f"offer:{bureau}/{month}/{organisation}"
            audit.record("offer.declared", thing, actor=actor, now=now, after={"promised": wanted.promised})
            db.session.flush()
            return row.version
    except IntegrityError as error:  # two browsers gave the first answer at once
        raise Stale from error


def _finish_draft(round_: RoundInfo, owner: int, version: int | None, scope: Scope) -> None:
    """What was written becomes the answer, so nothing of it is left to send; Stale where more was written meanwhile."""
    row = find_draft_row(round_.id, owner, scope)
    if version is not None and version != (0 if row is None else row.version):
        raise Stale
    if row is not None:
        row.cells, row.before = {}, {}


def hold_partner(round_: RoundInfo, organisation: str, scope: Scope) -> int:
    """The partner of that code, held until the transaction ends: two of its people write one after the other.

    NotFound where it is none, or another's than the scope's.
    """
    found = places.hold_partner_id(round_.bureau_id, organisation)
    if not scope.covers(found):
        raise NotFound
    return found


def ensure_may_declare(round_: RoundInfo, scope: Scope, *, now: datetime) -> None:
    """Coordinators declare until the deadline; the manager may for them until the month is published."""
    if round_.phase in ("published", "closed"):
        raise WrongPhase(phase=round_.phase)
    if scope.organisation_id is None:
        return
    until = round_.deadlines.declaring_until
    if now >= until or round_.phase not in ("preparing", "declaring"):
        raise DeadlinePassed(date=until, timezone=round_.timezone)


def ensure_sound(round_: RoundInfo, owner: int, offer: DeclaredOffer, scope: Scope) -> Mapping[str, int]:
    """Refuse an offer with anything wrong in it, saying all of it; the ids of services by code."""
    services = {service.code: service.id for service in catalogue.services(active=True)}
    problems = problems_of(
        offer,
        workers={worker.id: worker for worker in choices_of(owner, scope)},
        services=services,
        languages=catalogue.languages_by_tag(),
        blocks={block.key for block in blocks_of_round(round_.id)},
    )
    if problems:
        raise Several(problems)
    return services


def _without_empty(offer: DeclaredOffer) -> DeclaredOffer:
    """The offer as it is stored: workers by id, those who give nothing left out."""
    given = (time for time in offer.workers if time.pairs or time.availability)
    return replace(offer, workers=tuple(sorted(given, key=lambda time: time.worker_id)))


def _kept(row: Offer | None, round_: RoundInfo, owner: int, version: int | None) -> Offer:
    """The row to write into; refuses when the form was opened on another version."""
    if row is None and version is None:
        new = Offer(round_id=round_.id, organisation_id=owner, workers=[])
        db.session.add(new)
        return new
    if row is None or row.version != version:
        raise Stale
    return row


def _write(row: Offer, offer: DeclaredOffer, services: Mapping[str, int], *, now: datetime) -> None:
    for name in NUMBERS:
        setattr(row, name, getattr(offer, name))
    row.remark = offer.remark
    row.answered_at = now
    if row.workers:
        row.workers = []
        db.session.flush()
    row.workers = [_offered(time, services) for time in offer.workers]


def _offered(time: OfferedTime, services: Mapping[str, int]) -> OfferedWorker:
    return OfferedWorker(
        worker_id=time.worker_id,
        pairs=[OfferedPair(service_id=services[code], language_tag=tag) for code, tag in sorted(time.pairs)],
        availability=[
            Availability(day=day, starts=starts, level=level)
            for (day, starts), level in sorted(time.availability.items())
        ],
    )


def remind_missing(
    bureau: str,
    month: str,
    *,
    actor: str,
    now: datetime,
    occasion: str | None = None,
    organisation: str | None = None,
) -> int:
    """Queue a mail to the coordinators of each organisation (or of that one) that has not answered; how many mails.

    Once for each ``occasion`` (by default the day), however often it is asked.
    """
    with transaction():
        round_ = get_round(bureau, month)
        if round_.phase not in ("preparing", "declaring"):
            raise WrongPhase(phase=round_.phase)
        mark = occasion or local_date(now, round_.timezone).isoformat()
        sent = sum(
            mails.declare(round_, answer.organisation, person, key=f"declare/{round_.id}/{person.id}/{mark}", now=now)
            for answer in answers_of(round_)
            if answer.answered_at is None and organisation in (None, answer.organisation.code)
            for person in coordinators_of(answer.organisation.id)
        )
        if sent:
            audit.record("round.reminded", f"round:{bureau}/{month}", actor=actor, now=now, after={"mails": sent})
        return sent
