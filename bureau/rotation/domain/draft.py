"""An offer as fields by name: what a page shows, what a draft keeps, and what two tabs merge field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time

from bureau.kernel.errors import Invalid, Stale

from .offers import LEVELS, NUMBERS, DeclaredOffer, OfferPage, Pair, WorkerChoice
from .refusals import UnknownLevel
from .rounds import Block

Cells = Mapping[str, str]

REMARK = "remark"
GIVEN = "1"
LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The versions of answer and draft that a page showed."""

    answer: int | None
    draft: int


def at(worker_id: int, code: str) -> str:
    """The field that says how well a block suits a worker."""
    return f"at-{worker_id}-{code}"


def gives(worker_id: int, pair: Pair) -> str:
    """The field that says whether a worker gives a service in a language."""
    service, language = pair
    return f"gives-{worker_id}-{service}:{language}"


def cells_of(offer: DeclaredOffer, workers: Iterable[WorkerChoice], blocks: Iterable[Block]) -> dict[str, str]:
    """Every field of the page with what the offer says; a worker who is not in it gives all, at no time."""
    open_, given = tuple(blocks), {one.worker_id: one for one in offer.workers}
    cells = {name: str(getattr(offer, name)) for name in NUMBERS} | {REMARK: offer.remark}
    for worker in workers:
        offered = given.get(worker.id)
        pairs = worker.pairs if offered is None else offered.pairs
        levels = {} if offered is None else offered.availability
        cells |= {gives(worker.id, pair): GIVEN if pair in pairs else "" for pair in worker.pairs}
        cells |= {at(worker.id, block.code): levels.get(block.key, "") for block in open_}
    return cells


def cells_now(page: OfferPage) -> dict[str, str]:
    """Every field of the page as it stands: the answer or what is usual, with the draft upon it."""
    cells = cells_of(page.base, page.workers, page.blocks)
    return cells | {name: value for name, value in page.draft.cells.items() if name in cells}


def unlike(cells: Cells, page: OfferPage) -> dict[str, str]:
    """The fields that say anything else than the answer in force, or than what is usual where there is none."""
    return changes(cells, cells_of(page.base, page.workers, page.blocks))


def unsent(page: OfferPage) -> bool:
    """Whether something is written that is not sent."""
    return bool(unlike(cells_now(page), page))


def changes(wanted: Cells, now: Cells) -> dict[str, str]:
    """Those fields of ``wanted`` that differ from what stands there now."""
    return {name: value for name, value in wanted.items() if now[name] != value}


def ensure_cells(wanted: Cells, known: Cells) -> None:
    """Refuse a field that the page no longer has (Stale), and a value that the field cannot take."""
    for name, value in wanted.items():
        if name not in known:
            raise Stale
        if name.startswith("at-") and value not in (*LEVELS, ""):
            raise UnknownLevel(value=value)
        if name.startswith("gives-") and value not in (GIVEN, ""):
            raise Invalid(reason="choice")
        if len(value) > LONGEST:
            raise Invalid(field=name, reason="too_long", limit=LONGEST)


def weekly(worker_id: int, blocks: Iterable[Block], *, weekday: int, starts: time | None, level: str) -> dict[str, str]:
    """A worker's level on every such weekday of the month, in the block that begins then or (None) all day."""
    return {
        at(worker_id, block.code): level
        for block in blocks
        if block.day.isoweekday() == weekday and starts in (None, block.starts)
    }
