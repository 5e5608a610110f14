"""The page "declare" as it is filled in: kept as typed, so that nothing is lost when it is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from werkzeug.datastructures import MultiDict

from bureau.kernel.errors import Invalid, Refused, Several
from bureau.kernel.text import clean_text, whole_number
from bureau.rotation.domain.draft import REMARK, Seen, at, cells_now, gives, weekly
from bureau.rotation.domain.offers import (
    LEVELS,
    MOST,
    NUMBERS,
    DeclaredOffer,
    OfferedTime,
    OfferPage,
    WorkerChoice,
    number_problems,
)
from bureau.web.wording import word

REMARK_LIMIT = 500
NO_CELLS = frozenset({"csrf_token", "version", "draft", "step"})


@dataclass(slots=True, kw_only=True)
class OfferForm:
    """What stands in the form, field by field, and which answer and draft the page showed."""

    cells: dict[str, str]
    seen: Seen
    errors: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, page: OfferPage) -> "OfferForm":
        """The answer, or what is usual, with what was written since."""
        return cls(cells=cells_now(page), seen=Seen(answer=page.version, draft=page.draft.version))

    @classmethod
    def typed(cls, form: MultiDict[str, str], page: OfferPage) -> "OfferForm":
        """What was sent, every field of the page."""
        cells = {name: form.get(name, "").strip() for name in cells_now(page)}
        cells[REMARK] = clean_text(form.get(REMARK, ""), multiline=True)
        return cls(cells=cells, seen=seen_in(form))

    def level(self, worker_id: int, code: str) -> str:
        """What is painted for a worker in a block; empty where it is not possible."""
        return self.cells[at(worker_id, code)]

    def gives(self, worker_id: int, service: str, language: str) -> bool:
        """Whether a worker gives a service in a language."""
        return bool(self.cells[gives(worker_id, (service, language))])

    def declared(self, page: OfferPage) -> DeclaredOffer:
        """The offer that was typed; refuses numbers that cannot be and a remark that is too long."""
        numbers, problems = self._read_numbers()
        if len(self.cells[REMARK]) > REMARK_LIMIT:
            problems.append(Invalid(field=REMARK, reason="too_long", limit=REMARK_LIMIT))
        if problems:
            raise Several(problems)
        offered = tuple(time for worker in page.workers if (time := self._worker(worker, page)).availability)
        offer = DeclaredOffer(remark=self.cells[REMARK], workers=offered, **numbers)
        if impossible := number_problems(offer):
            raise Several(impossible)
        return offer

    def _read_numbers(self) -> tuple[dict[str, int], list[Refused]]:
        read, problems = {}, list[Refused]()
        for name in NUMBERS:
            low = 0 if name in ("promised", "minimum") else 1
            number = whole_number(self.cells[name])
            if number is not None and low <= number <= MOST:
                read[name] = number
            else:
                problems.append(Invalid(field=name, reason="number", low=low, high=MOST))
        return read, problems

    def _worker(self, worker: WorkerChoice, page: OfferPage) -> OfferedTime:
        levels = {block.key: self.level(worker.id, block.code) for block in page.blocks}
        return OfferedTime(
            worker_id=worker.id,
            pairs=frozenset(pair for pair in worker.pairs if self.gives(worker.id, *pair)),
            availability={key: level for key, level in levels.items() if level in LEVELS},
        )

    def refuse(self, error: Refused) -> None:
        """Say beside the field, or above all, why it was refused."""
        for problem in error.problems if isinstance(error, Several) else [error]:
            place = problem.field if problem.field in (*NUMBERS, REMARK) else ""
            self.errors.setdefault(place or "", []).append(word(problem))


def seen_in(form: MultiDict[str, str]) -> Seen:
    """Which answer and draft the page of a form showed."""
    return Seen(answer=whole_number(form.get("version", "")), draft=whole_number(form.get("draft", "")) or 0)


def written_in(form: Mapping[str, str]) -> dict[str, str]:
    """The fields that a page sends by themselves, as they were written; the remark cleaned."""
    cells = {name: value.strip() for name, value in form.items() if name not in NO_CELLS}
    if REMARK in cells:
        cells[REMARK] = clean_text(cells[REMARK], multiline=True)
    return cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """One line of a weekly pattern: a worker's level on a weekday, in the block that begins then or all day."""

    worker_id: int
    weekday: int
    starts: time | None
    level: str

    @classmethod
    def typed(cls, form: Mapping[str, str], worker_id: int) -> "Weekly":
        """What was chosen; refuses what no list offers."""
        weekday = whole_number(form.get(f"weekday-{worker_id}", ""))
        hours, level = form.get(f"hours-{worker_id}", ""), form.get(f"level-{worker_id}", "")
        if (
            weekday is None
            or weekday not in range(1, 8)
            or level not in (*LEVELS, "")
            or not re.fullmatch(r"(\d\d:\d\d)?", hours)
        ):
            raise Invalid(reason="choice")
        return cls(worker_id=worker_id, weekday=weekday, starts=_time(hours), level=level)

    def cells(self, page: OfferPage) -> dict[str, str]:
        """The fields of the month that it sets."""
        return weekly(self.worker_id, page.blocks, weekday=self.weekday, starts=self.starts, level=self.level)


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError as error:
        raise Invalid(reason="time") from error
