"""Making a month public."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from bureau.accounts.queries import coordinators_of
from bureau.kernel import audit
from bureau.kernel.database import transaction
from bureau.kernel.errors import Stale
from bureau.organisations import queries as places
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedSession, to_json
from bureau.rotation.domain.refusals import NothingToPublish, WrongPhase
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import Programme
from bureau.rotation.models.reading import organisation_info
from bureau.rotation.queries.programmes import find_programme, next_programme
from bureau.rotation.queries.rounds import get_round

from . import mails
from .rounds import get_round_row
from .rows import hold_round

PUBLISHABLE = ("proposing", "reviewing", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publication brought."""

    number: int
    sessions: int
    changed: int


def publish_programme(bureau: str, month: str, *, actor: str, now: datetime) -> Published:
    """Publish the month as its next numbered programme and tell whom it changes (NothingToPublish, WrongPhase)."""
    try:
        with transaction() as session:
            hold_round(get_round(bureau, month).id)
            round_ = get_round(bureau, month)  # as it is once nobody else publishes it
            if round_.phase not in PUBLISHABLE:
                raise WrongPhase(phase=round_.phase)
            document, changed = next_programme(round_, now=now)
            ensure_new(find_programme(bureau, month), document)
            session.add(
                Programme(
                    bureau_id=round_.bureau_id,
                    month=month,
                    number=document.number,
                    published_at=now,
                    document=to_json(document),
                )
            )
            _mark_published(round_, document.number, actor=actor, now=now)
            _tell(round_, document.number, changed, now=now)
            alive = sum(not one.cancelled for one in document.sessions)
            return Published(number=document.number, sessions=alive, changed=len(changed))
    except IntegrityError as error:  # two managers published at once
        raise Stale from error


def ensure_new(before: ProgrammeDocument | None, document: ProgrammeDocument) -> None:
    """Refuse a publication in which nothing would differ from the one in force, or that holds nothing at all."""
    if before is None:
        if not document.sessions:
            raise NothingToPublish
        return
    same_mark = replace(document, number=before.number, published_at=before.published_at)
    if to_json(same_mark) == to_json(before):
        raise NothingToPublish


def _mark_published(round_: RoundInfo, number: int, *, actor: str, now: datetime) -> None:
    row = get_round_row(round_.bureau, round_.id)
    thing = f"round:{round_.bureau}/{round_.month}"
    audit.record(
        "programme.published", thing, actor=actor, now=now, before={"phase": row.phase}, after={"number": number}
    )
    if row.phase != "published":
        row.phase = "published"


def _tell(round_: RoundInfo, number: int, changed: Sequence[PublishedSession], *, now: datetime) -> None:
    """A mail to the coordinators of each organisation that has a new, changed or cancelled session."""
    affected = {session.organisation for session in changed}
    for organisation in places.organisations():
        if organisation.code not in affected:
            continue
        theirs = [session for session in changed if session.organisation == organisation.code]
        info = organisation_info(organisation)
        for person in coordinators_of(organisation.id):
            mails.programme_changed(round_, info, person, theirs, number=number, now=now)
