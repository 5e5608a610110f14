"""Where features above the rota show something on its pages, without the rota knowing them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import g
from markupsafe import Markup

from bureau.rotation.domain.rounds import RoundInfo

from .blueprint import blueprint

before_publishing: list[Callable[[RoundInfo], Markup]] = []
"""What stands on the page from which a month is published, above what would change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """So many things said about a slot, in the reader's words, and where they are read; ``open`` where some are unsettled."""

    number: int
    words: str
    href: str
    open: bool


remarks: list[Callable[[RoundInfo], Mapping[int, Remark]]] = []
"""What is said about the slots of a round, by slot: a sign in the cell of the board."""


@blueprint.app_template_global()
def panels_before_publishing(round_: RoundInfo) -> list[Markup]:
    """Each feature's part of the publish page."""
    return [panel(round_) for panel in before_publishing]


@blueprint.app_template_global()
def remarks_on(round_: RoundInfo) -> Mapping[int, Remark]:
    """What is said about the slots of the round, asked once a request."""
    kept: dict[int, Mapping[int, Remark]] = g.setdefault("remarks", {})
    if round_.id not in kept:
        kept[round_.id] = {slot: remark for provider in remarks for slot, remark in provider(round_).items()}
    return kept[round_.id]
