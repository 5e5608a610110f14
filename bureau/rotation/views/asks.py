"""What an organisation is asked for on its home page; features that stand above the rota add theirs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bureau.kernel.scopes import Scope
from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.rounds import RoundInfo


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
