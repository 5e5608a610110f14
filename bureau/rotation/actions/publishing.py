"""Making a month public."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from bureau.kernel import audit
from bureau.kernel.database import transaction
from bureau.kernel.errors import Stale
from bureau.rotation.domain.programme import ProgrammeDocument, to_json
from bureau.rotation.domain.refusals import NothingToPublish, WrongPhase
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import Programme
from bureau.rotation.queries.programmes import find_programme, next_programme
from bureau.rotation.queries.rounds import get_round

from . import hooks
from .rounds import get_round_row
from .rows import hold_round
from .telling import tell_of_publication

PUBLISHABLE = ("proposing", "reviewing", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publication brought."""

    number: int
    sessions: int
    changed: int


def publish_programme(bureau: str, month: str, *, over: str = "", actor: str, now: datetime) -> Published:
    """Publish the month as its next numbered programme and tell whom it changes (NothingToPublish, WrongPhase).

    Features above may refuse as long as not everybody agrees; ``over`` is then what the refusal gave to name it by.
    """
    try:
        with transaction() as session:
            hold_round(get_round(bureau, month).id)
            round_ = get_round(bureau, month)  # as it is once nobody else publishes it
            if round_.phase not in PUBLISHABLE:
                raise WrongPhase(phase=round_.phase)
            document, changed = next_programme(round_, now=now)
            ensure_new(find_programme(bureau, month), document)
            _ask(round_, document.number, over=over, actor=actor, now=now)
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
            tell_of_publication(round_, [one.uid for one in changed], number=document.number, now=now)
            alive = sum(not one.cancelled for one in document.sessions)
            return Published(number=document.number, sessions=alive, changed=len(changed))
    except IntegrityError as error:  # two managers published at once
        raise Stale from error


def _ask(round_: RoundInfo, number: int, *, over: str, actor: str, now: datetime) -> None:
    for ask in hooks.before_publishing:
        ask(hooks.Publishing(round=round_, number=number, over=over, actor=actor, now=now))


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
