"""An offer as fields by name: what a page shows, what a draft keeps, and what two tabs merge field by field."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time

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


@dataclass(frozen=True, slots=True)
class Stroke:
    """One block painted for a worker."""

    worker_id: int
    day: date
    starts: time
    level: str

    @property
    def name(self) -> str:
        """The field that it fills."""
        return at(self.worker_id, f"{self.day.isoformat()}T{self.starts:%H:%M}")


def strokes_in(written: Cells) -> tuple[Stroke, ...] | None:
    """What was written, if that is nothing but levels in blocks; None where anything else must be looked at."""
    read = [_stroke(name, level) for name, level in written.items()]
    strokes = tuple(one for one in read if one is not None)
    return strokes if len(strokes) == len(read) > 0 else None


def _stroke(name: str, level: str) -> Stroke | None:
    found = re.fullmatch(r"at-([1-9]\d{0,8})-(\d{4}-\d\d-\d\d)T(\d\d:\d\d)", name, re.ASCII)
    if found is None or level not in (*LEVELS, ""):
        return None
    try:
        return Stroke(int(found[1]), date.fromisoformat(found[2]), time.fromisoformat(found[3]), level)
    except ValueError:
        return None


def with_strokes(cells: Cells, strokes: Iterable[Stroke], answered: Cells) -> dict[str, str]:
    """A draft's fields with these strokes; what the answer in force says already (``answered``) is no change."""
    painted = {one.name: one.level for one in strokes}
    kept = {name: value for name, value in cells.items() if name not in painted}
    return kept | {name: level for name, level in painted.items() if level != answered.get(name, "")}


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
