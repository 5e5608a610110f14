"""The page "declare" as it is filled in: kept as typed, so that nothing is lost when it is refused."""

from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from bureau.kernel.errors import Invalid, Refused, Several
from bureau.kernel.text import clean_text, whole_number
from bureau.rotation.domain.offers import LEVELS, BlockKey, DeclaredOffer, OfferedTime, OfferPage, Pair
from bureau.web.wording import word

NUMBERS = ("promised", "minimum", "max_per_day", "max_per_week", "max_per_month", "max_at_once")
MOST = 999
REMARK_LIMIT = 500


@dataclass(slots=True, kw_only=True)
class OfferForm:
    """What stands in the form: numbers as text, ticked pairs and painted levels by worker (and block code)."""

    numbers: dict[str, str]
    remark: str
    version: int | None
    pairs: dict[int, set[Pair]]
    levels: dict[int, dict[str, str]]
    errors: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, page: OfferPage, offer: DeclaredOffer) -> "OfferForm":
        """An offer as the form shows it: the stored one, the usual one or last month's."""
        given = {one.worker_id: one for one in offer.workers}
        return cls(
            numbers={name: str(getattr(offer, name)) for name in NUMBERS},
            remark=offer.remark,
            version=page.version,
            pairs={w.id: set(given[w.id].pairs) if w.id in given else set(w.pairs) for w in page.workers},
            levels={w.id: _by_code(given[w.id]) if w.id in given else {} for w in page.workers},
        )

    @classmethod
    def typed(cls, form: MultiDict[str, str], page: OfferPage) -> "OfferForm":
        """What was sent."""
        version = form.get("version", "")
        return cls(
            numbers={name: form.get(name, "").strip() for name in NUMBERS},
            remark=clean_text(form.get("remark", ""), multiline=True),
            version=whole_number(version),
            pairs={w.id: {_pair(value) for value in form.getlist(f"gives-{w.id}")} for w in page.workers},
            levels={
                w.id: {block.code: form.get(f"at-{w.id}-{block.code}", "") for block in page.blocks}
                for w in page.workers
            },
        )

    def level(self, worker_id: int, code: str) -> str:
        """What is painted for a worker in a block; empty where it is not possible."""
        return self.levels[worker_id].get(code, "")

    def declared(self, page: OfferPage) -> DeclaredOffer:
        """The offer that was typed; refuses numbers that are none and a remark that is too long."""
        numbers, problems = self._read_numbers()
        if len(self.remark) > REMARK_LIMIT:
            problems.append(Invalid(field="remark", reason="too_long", limit=REMARK_LIMIT))
        if problems:
            raise Several(problems)
        keys = {block.code: block.key for block in page.blocks}
        workers = tuple(self._worker(w.id, keys) for w in page.workers)
        offered = tuple(worker for worker in workers if worker.availability)
        return DeclaredOffer(remark=self.remark, workers=offered, **numbers)

    def _read_numbers(self) -> tuple[dict[str, int], list[Refused]]:
        read, problems = {}, list[Refused]()
        for name, typed in self.numbers.items():
            low = 0 if name in ("promised", "minimum") else 1
            number = whole_number(typed)
            if number is not None and low <= number <= MOST:
                read[name] = number
            else:
                problems.append(Invalid(field=name, reason="number", low=low, high=MOST))
        return read, problems

    def _worker(self, worker_id: int, keys: dict[str, BlockKey]) -> OfferedTime:
        levels = self.levels[worker_id]
        painted = {keys[code]: level for code, level in levels.items() if level in LEVELS}
        return OfferedTime(worker_id=worker_id, pairs=frozenset(self.pairs[worker_id]), availability=painted)

    def refuse(self, error: Refused) -> None:
        """Say beside the field, or above all, why it was refused."""
        for problem in error.problems if isinstance(error, Several) else [error]:
            place = problem.field if problem.field in (*NUMBERS, "remark") else ""
            self.errors.setdefault(place or "", []).append(word(problem))


def _pair(value: str) -> Pair:
    service, _, language = value.partition(":")
    return service, language


def _by_code(offered: OfferedTime) -> dict[str, str]:
    return {f"{day.isoformat()}T{starts:%H:%M}": level for (day, starts), level in offered.availability.items()}
