"""What an organisation's month says of swaps, covers and slots that came free."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Protocol

from flask import url_for
from flask_babel import gettext

from bureau.exchange import queries
from bureau.exchange.actions.covering import who_could_cover
from bureau.kernel.scopes import Scope
from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.queries import slot_detail
from bureau.rotation.views.asks import Asked, add
from bureau.web import formats
from bureau.web.languages import current_language


class Times(Protocol):
    """Something at its day and hours."""

    @property
    def day(self) -> date: ...
    @property
    def starts(self) -> time: ...
    @property
    def ends(self) -> time: ...


def _when(one: Times) -> str:
    language = current_language()
    day, hours = formats.day_long(one.day, language), formats.said_hours(one.starts, one.ends, language)
    return str(gettext("%(day)s, %(hours)s", day=day, hours=hours))


def asks(round_: RoundInfo, organisation: OrganisationInfo, scope: Scope, now: datetime) -> Iterator[Asked]:
    """Swaps that wait for its answer, what is offered to it, and cover that is sought and that it could give."""
    yield from _swaps(round_, organisation, now)
    yield from _offers(round_, organisation, now)
    yield from _covers(round_, organisation, now)


def _swaps(round_: RoundInfo, organisation: OrganisationInfo, now: datetime) -> Iterator[Asked]:
    for one in queries.waiting_for(round_.bureau, round_.id, organisation.id):
        part = one.party(organisation.id)
        if part is None or one.expires_at <= now:
            continue
        title = gettext("Can you take over a session?") if part.covers else gettext("Answer a swap")
        href = url_for("exchange.swap", bureau=round_.bureau, organisation=organisation.code, swap=one.id)
        yield Asked(
            icon="swap", title=title, text=_when(part.gives.slot), until=one.expires_at, href=href,
            label=gettext("Answer"),
        )  # fmt: skip


def _offers(round_: RoundInfo, organisation: OrganisationInfo, now: datetime) -> Iterator[Asked]:
    for one in queries.offered_to(round_.bureau, organisation.id, now=now):
        href = url_for("exchange.swaps", bureau=round_.bureau, organisation=organisation.code, _anchor="waiting")
        yield Asked(
            icon="bell", title=gettext("A slot that you wait for is free"), text=_when(one.slot), until=one.expires_at,
            href=href, label=gettext("Answer"),
        )  # fmt: skip


def _covers(round_: RoundInfo, organisation: OrganisationInfo, now: datetime) -> Iterator[Asked]:
    own = Scope(organisation.id)
    for call in queries.calls_in(round_.id, now=now):
        detail = slot_detail(round_.bureau, call.session.slot_id, scope=own, now=now)
        if who_could_cover(call.session, detail.candidates):
            href = url_for("rotation.book", bureau=round_.bureau, slot=detail.slot_id)
            title = gettext("Cover is sought")
            yield Asked(icon="gap", title=title, text=_when(detail), href=href, label=gettext("Book"))


add(asks)
