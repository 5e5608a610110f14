"""What an organisation is asked for on its home page; features that stand above the rota add theirs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext, ngettext

from bureau.kernel.scopes import Scope
from bureau.rotation.domain.my_month import Ask, MyMonth
from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.rounds import RoundInfo
from bureau.web import formats
from bureau.web.languages import current_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing to do, in the reader's words: what, until when, and the page where it is done under which label."""

    icon: str
    title: str
    href: str
    label: str
    text: str = ""
    until: datetime | None = None
    done: bool = False


Provider = Callable[[RoundInfo, OrganisationInfo, Scope, datetime], Iterable[Asked]]
"""Round, organisation, whose rows may be seen, now → what is asked of the organisation in that round."""

_PROVIDERS: list[Provider] = []


def add(provider: Provider) -> None:
    """Let a feature ask organisations for something."""
    _PROVIDERS.append(provider)


def asked_by_others(round_: RoundInfo, organisation: OrganisationInfo, scope: Scope, now: datetime) -> Iterator[Asked]:
    """What the features above the rota ask for."""
    for provider in _PROVIDERS:
        yield from provider(round_, organisation, scope, now)


def own_asks(mine: MyMonth) -> Iterator[Asked]:
    """What planning itself asks the organisation for."""
    round_ = mine.round
    if round_ is not None:
        yield from (_declare(mine, round_, ask) if ask.kind == "declare" else _book(mine, ask) for ask in mine.asks)


def _declare(mine: MyMonth, round_: RoundInfo, ask: Ask) -> Asked:
    month = formats.month_name(round_.month, current_language())
    return Asked(
        icon="edit",
        title=gettext("Say what you can give in %(month)s", month=month),
        text=gettext("Something is written and not sent yet. Only what you send counts.") if ask.begun else "",
        href=url_for("rotation.declare", bureau=round_.bureau, month=round_.month, organisation=mine.organisation.code),
        label=gettext("Change it") if ask.done else gettext("Declare"),
        until=ask.until,
        done=ask.done,
    )


def _book(mine: MyMonth, ask: Ask) -> Asked:
    number = len(mine.open_slots)
    return Asked(
        icon="gap",
        title=gettext("Take an open slot"),
        text=ngettext(
            "%(num)d slot is open that you could take.", "%(num)d slots are open that you could take.", number
        ),
        href="#open",
        label=gettext("See the slots"),
        until=ask.until,
        done=ask.done,
    )


def in_order(asked: Iterable[Asked]) -> list[Asked]:
    """What is to be done before what is done; by deadline, those without one last."""
    return sorted(asked, key=lambda one: (one.done, one.until is None, one.until.timestamp() if one.until else 0))
