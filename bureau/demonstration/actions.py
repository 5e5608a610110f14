"""Filling an empty installation with the demonstration bureau, by the same use cases that people use."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bureau.accounts import queries as people
from bureau.accounts.actions.links import accept_invitation, invite_person
from bureau.accounts.actions.sign_ins import sign_out_everywhere
from bureau.kernel.database import EVERY_ORGANISATION
from bureau.kernel.errors import Refused
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.replication.actions import create_bureau
from bureau.replication.domain.document import read_document
from bureau.rotation.actions import accepting, offers, proposals, publishing, rounds
from bureau.rotation.actions.solving import run_proposal
from bureau.rotation.queries.offers import copy_last_month
from bureau.rotation.queries.rounds import get_round
from bureau.web.languages import LANGUAGES

DOCUMENT = Path(__file__).parent / "data" / "golden-river.json"
ACTOR = "flask demo load"
PASSWORD = "lanterns on the river"  # noqa: S105  (printed at every start: it opens the demonstration only)
MANAGER = "manager@golden-river.example"
UNDECIDED = 5
"""Partners who have not yet answered the month after next, so that there is somebody to remind."""

Tell = Callable[[str], None]


class DatabaseInUse(Refused):
    """There is a bureau or a person already; the demonstration never mixes with real data."""

    code = "database_in_use"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A demonstration account, for the list that is printed."""

    email: str
    role: str


def load(month: Month, *, seconds: int, now: datetime, tell: Tell) -> tuple[Account, ...]:
    """The demonstration bureau with ``month`` and the next planned and published, and the one after being declared."""
    if places.bureaux() or people.everyone():
        raise DatabaseInUse
    tell("The bureau, its catalogue and its partners")
    made = create_bureau(read_document(json.loads(DOCUMENT.read_bytes()), LANGUAGES), actor=ACTOR, now=now)
    partners = tuple(partner.code for partner in places.partners(places.get_bureau(made.bureau).id))
    tell("People who sign in")
    accounts = _invite_everybody(made.bureau, partners, now=now)
    for planned in (month, month.shifted(1)):
        tell(f"The month {planned}, planned by the solver in {seconds} seconds")
        _plan(made.bureau, str(planned), partners, seconds=seconds, now=_in_good_time(planned, now=now))
    tell(f"The month {month.shifted(2)}, being declared")
    _open(made.bureau, str(month.shifted(2)), partners[:-UNDECIDED], now=now)
    return accounts


def _in_good_time(month: Month, *, now: datetime) -> datetime:
    """When a bureau would have planned the month: before it began, so that its past days are planned too."""
    return min(now, datetime.combine(month.shifted(-1).first + timedelta(days=19), time(9), UTC))


def _invite_everybody(bureau: str, partners: tuple[str, ...], *, now: datetime) -> tuple[Account, ...]:
    _invite(MANAGER, "Mira, bureau manager", "manager", bureau, "en", now=now)
    accounts = [Account(email=MANAGER, role="manager")]
    for partner, language in zip(partners, _in_turn(len(partners)), strict=True):
        email = f"{partner}@golden-river.example"
        name = places.get_organisation(partner).name.in_(language)
        _invite(email, name, "coordinator", partner, language, now=now)
        accounts.append(Account(email=email, role=f"coordinator of {partner}, in {language}"))
    return tuple(accounts)


def _in_turn(number: int) -> tuple[str, ...]:
    """English and Bulgarian by turns, and each other interface language once, so that every one can be seen."""
    others = [tag for tag in LANGUAGES if tag not in ("en", "bg")]
    return tuple(
        others[place // 3 % len(others)] if place % 3 == 2 else ("en", "bg")[place % 3] for place in range(number)
    )


def _invite(email: str, name: str, role: str, scope: str, language: str, *, now: datetime) -> None:
    invitation = invite_person(email=email, role=role, scope=scope, language=language, by=ACTOR, now=now)
    token = invitation.link.rstrip("/").rpartition("/")[2]
    accept_invitation(token=token, name=name, password=PASSWORD, device=ACTOR, now=now)
    sign_out_everywhere(invitation.person_id, now=now)


def _open(bureau: str, month: str, answering: tuple[str, ...], *, now: datetime) -> None:
    """Open the month and answer for the partners with what they usually give."""
    round_id = rounds.open_round(bureau, month, actor=ACTOR, now=now)
    opened = get_round(bureau, month)
    if opened.phase == "preparing":
        rounds.change_phase(bureau, round_id, "declaring", version=opened.version, actor=ACTOR, now=now)
    for partner in answering:
        draft = copy_last_month(get_round(bureau, month), partner, scope=EVERY_ORGANISATION)
        offers.declare_offer(
            bureau, month, partner, draft, version=None, scope=EVERY_ORGANISATION, actor=ACTOR, now=now
        )


def _plan(bureau: str, month: str, partners: tuple[str, ...], *, seconds: int, now: datetime) -> None:
    """Open, declare, propose, accept, publish."""
    _open(bureau, month, partners, now=now)
    opened = get_round(bureau, month)
    rounds.change_phase(bureau, opened.id, "proposing", version=opened.version, actor=ACTOR, now=now)
    proposal = proposals.create_proposal(bureau, month, seconds=seconds, actor=ACTOR, now=now)
    run_proposal(proposal, clock=lambda: now)
    accepting.accept_proposal(bureau, proposal, actor=ACTOR, now=now)
    publishing.publish_programme(bureau, month, actor=ACTOR, now=now)
