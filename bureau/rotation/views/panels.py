"""Where features above the rota show something on its pages, without the rota knowing them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.queries.board import said_of

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


remarks: list[Callable[[str, int, Sequence[str]], Remark]] = []
"""The words for what is said about a slot: of the bureau's code, the slot, and the states of what is said."""


@blueprint.app_template_global()
def panels_before_publishing(round_: RoundInfo) -> list[Markup]:
    """Each feature's part of the publish page."""
    return [panel(round_) for panel in before_publishing]


@blueprint.app_template_global()
def remark_on(bureau: str, slot_id: int, said: Sequence[str] | None = None) -> Remark | None:
    """What is said about a slot, of which the board knows it already; None where nobody said anything."""
    states = said_of(slot_id) if said is None else said
    return next((remark(bureau, slot_id, states) for remark in remarks if states), None)
