"""Filling an empty installation with the demonstration bureau, by the same use cases that people use."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bureau.accounts import queries as people
from bureau.accounts.actions.links import accept_invitation, invite_person
from bureau.accounts.actions.sign_ins import sign_out_everywhere
from bureau.catalogue import queries as catalogue
from bureau.demonstration.domain import Known, log_of, past_sessions, to_be_corrected
from bureau.kernel.database import EVERY_ORGANISATION
from bureau.kernel.errors import NotFound, Refused
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.replication.actions import create_bureau
from bureau.replication.domain.document import read_document
from bureau.rotation.actions import accepting, offers, proposals, publishing, rounds
from bureau.rotation.actions.solving import run_proposal
from bureau.rotation.queries.held import sessions_of_months
from bureau.rotation.queries.offers import copy_last_month
from bureau.rotation.queries.rounds import get_round
from bureau.servicelog import actions as servicelog
from bureau.servicelog.domain.entries import Entry
from bureau.web.languages import LANGUAGES

from .reporting import MOST_REPORTS, miss_some, report_the_past
from .sending import person_of, refer_some

DOCUMENT = Path(__file__).parents[1] / "data" / "golden-river.json"
ACTOR = "flask demo load"
PASSWORD = "lanterns on the river"  # noqa: S105  (printed at every start: it opens the demonstration only)
BUREAU = "golden-river"
MANAGER = "manager@golden-river.example"
FRONT_DESK = "desk@golden-river.example"
PAST_SECONDS = 2
"""So long the solver thinks about a month that is over: nobody comes to its sessions any more."""
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


def load(month: Month, *, seconds: int, history: int = 0, now: datetime, tell: Tell) -> tuple[Account, ...]:
    """The demonstration bureau with ``month`` and the next planned and published, and the one after being declared.

    With ``history`` the log of so many months before, and of this one until now.
    """
    if places.bureaux() or people.everyone():
        raise DatabaseInUse
    tell("The bureau, its catalogue and its partners")
    made = create_bureau(read_document(json.loads(DOCUMENT.read_bytes()), LANGUAGES), actor=ACTOR, now=now)
    partners = tuple(partner.code for partner in places.partners(places.get_bureau(made.bureau).id))
    tell("People who sign in")
    accounts = _invite_everybody(made.bureau, partners, now=now)
    if history:
        tell(f"The months before {month}, as they were planned")
        plan_the_past(made.bureau, month, history, partners, seconds=seconds, now=now)
    for planned in (month, month.shifted(1)):
        tell(f"The month {planned}, planned by the solver in {seconds} seconds")
        _plan(made.bureau, str(planned), partners, seconds=seconds, now=_in_good_time(planned, now=now))
    tell(f"The month {month.shifted(2)}, being declared")
    _open(made.bureau, str(month.shifted(2)), partners[:-UNDECIDED], now=now)
    if history:
        tell(f"The log of {history} months before")
        tell_the_past(made.bureau, month, history, now=now)
        tell("What came of them")
        report_the_past(made.bureau, month, history, now=now)
    tell("A few people who were sent on")
    refer_some(made.bureau, now=now)
    return accounts


def _in_good_time(month: Month, *, now: datetime) -> datetime:
    """When a bureau would have planned the month: before it began, so that its past days are planned too."""
    return min(now, datetime.combine(month.shifted(-1).first + timedelta(days=19), time(9), UTC))


def _invite_everybody(bureau: str, partners: tuple[str, ...], *, now: datetime) -> tuple[Account, ...]:
    _invite(MANAGER, "Mira, bureau manager", "manager", bureau, "en", now=now)
    _invite(FRONT_DESK, "Front desk", "front_desk", bureau, "en", now=now)
    accounts = [Account(email=MANAGER, role="manager"), Account(email=FRONT_DESK, role="front desk")]
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


def plan_the_past(
    bureau: str, month: Month, history: int, partners: tuple[str, ...], *, seconds: int, now: datetime
) -> None:
    """Plan the months before that will be reported, each in good time."""
    for back in range(min(history, MOST_REPORTS), 0, -1):
        past = month.shifted(-back)
        early = min(seconds, PAST_SECONDS)
        _plan(bureau, str(past), partners, seconds=early, now=_in_good_time(past, now=now))


def tell_the_past(bureau: str, month: Month, history: int, *, now: datetime) -> None:
    """Count what was done in the months before ``month``, and in it until now.

    A month that was not planned had the sessions of ``month`` on its own days. Each was signed off and closed when it
    was over.
    """
    place = places.get_bureau(bureau)
    services = catalogue.services()
    known = Known(
        services=frozenset(one.code for one in services),
        groups=frozenset(one.code for one in services if one.mode == "group"),
        languages=frozenset(catalogue.languages_by_tag()),
        statuses=frozenset(one.code for one in catalogue.status_groups(active=True)),
    )
    planned = sessions_of_months(place.id, [month], now=now, scope=EVERY_ORGANISATION)
    who = {code: person_of(code) for code in sorted({one.organisation for one in planned})}
    for back in range(history, 0, -1):
        past = month.shifted(-back)
        own = miss_some(bureau, past, now=_evening(past.last))
        log = log_of(own or past_sessions(planned, past), past, known, linked=bool(own))
        _count(bureau, log, past, who, now=_evening(past.last))
        _close(bureau, past, who, now=min(now, _evening(past.last + timedelta(days=2))))
    held = [one for one in planned if one.held]
    share = len(held) / len(planned) if planned else 0
    _count(bureau, log_of(held, month, known, share=share, linked=True), month, who, now=now)


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(18), UTC)


def _count(bureau: str, log: dict[str, list[Entry]], month: Month, who: dict[str, int], *, now: datetime) -> None:
    numbers: dict[str, int] = {}
    for organisation, entries in log.items():
        counted = servicelog.log_entries(
            bureau, organisation, entries, scope=EVERY_ORGANISATION, person_id=who[organisation], now=now
        )
        numbers |= {one.ref: _counted(one) for one in counted}
    for organisation, wrong, right in to_be_corrected(log, month):
        how: dict[str, Any] = {"scope": EVERY_ORGANISATION, "person_id": who[organisation], "actor": ACTOR, "now": now}
        if right is None:
            servicelog.take_back(bureau, numbers[wrong.ref], reason="twice", **how)
        else:
            servicelog.correct_entry(bureau, numbers[wrong.ref], right, reason="mistake", **how)


def _counted(one: servicelog.Counted) -> int:
    if one.entry_id is None:
        raise one.refusal or NotFound
    return one.entry_id


def _close(bureau: str, month: Month, who: dict[str, int], *, now: datetime) -> None:
    for organisation, person_id in who.items():
        servicelog.sign_off(
            bureau, organisation, str(month), scope=EVERY_ORGANISATION, person_id=person_id, actor=ACTOR, now=now
        )
    servicelog.close_month(bureau, str(month), actor=ACTOR, now=now)
