"""Logs as a bureau might keep them, made from a seed: a few services take most of it, most cells are one to four people."""

import random
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bureau.reports.domain.cells import TOTAL, Coordinates
from bureau.reports.domain.dimensions import Code, Dimension, flat, roots, year_of_periods
from bureau.reports.domain.plan import (
    ATTENDANCES,
    CONSULTATIONS,
    HELD,
    MEASURES,
    PLANNED,
    REFERRALS,
    UNMET,
    Plan,
    default_plan,
)
from bureau.reports.domain.release import Sheet
from bureau.reports.domain.tabulating import Record, record, tabulate

YEAR = 2026
MONTHS = tuple(f"{YEAR}-{number:02d}" for number in range(1, 13))
SECRET = b"a secret of the tests"
CATEGORIES = {
    "reception": ("info", "interpreting"),
    "social": ("social", "accompany", "forms", "financial"),
    "legal": ("legal-asylum", "legal-residence", "temporary-protection"),
    "work": ("labour-rights", "job-search", "credentials", "business"),
    "language": ("bg-course", "bg-club", "orientation"),
    "health": ("medicine", "psychology", "support-group", "health-nav"),
    "housing": ("housing",),
    "education": ("school", "homework"),
    "protection": ("women-safe", "family-tracing"),
}
SERVICES = tuple(service for services in CATEGORIES.values() for service in services)
LANGUAGES = {"ar": 34, "uk": 17, "fa": 15, "en": 12, "ru": 11, "fr": 5, "bg": 2}
STATUSES = ("temporary-protection", "protected", "applicant", "family", "student", "long-term", "other")
STATUS_OF = {"uk": (80, 0, 1, 5, 3, 8, 3), "ru": (40, 4, 8, 18, 5, 20, 5), "en": (0, 10, 20, 18, 30, 12, 10)}
OTHERWISE = (0, 48, 30, 10, 3, 5, 4)
"""How often a status comes with a language: most of Ukrainian is temporary protection, most of Arabic is refugees."""
BANDS = {
    "interpretation": {"none": 55, "in-house": 30, "phone": 10, "relative": 5},
    "visit": {"first": 45, "return": 55},
    "waiting": {"0-15": 60, "16-30": 25, "31-60": 10, "60+": 5},
    "outcome": {"solved": 35, "next-step": 40, "referred": 17, "not-helped": 8},
    "sex": {"f": 58, "m": 41, "x": 1},
    "age": {"0-17": 6, "18-29": 30, "30-59": 55, "60+": 9},
}
ARRIVALS = ("arrived", "not-arrived")


def organisations(number: int = 18) -> tuple[str, ...]:
    """The codes of so many partners."""
    return tuple(f"org-{one:02d}" for one in range(1, number + 1))


def dimensions(partners: int = 18) -> dict[str, Dimension]:
    """The codes of a year."""
    services = [Code(f"category-{category}", TOTAL) for category in CATEGORIES]
    services += [Code(one, f"category-{category}") for category, of in CATEGORIES.items() for one in of]
    found = [
        year_of_periods(YEAR),
        roots("MEASURE", [Code(one, None) for one in MEASURES]),
        flat("ORGANISATION", organisations(partners)),
        flat("SERVICE", services),
        flat("LANGUAGE", LANGUAGES),
        flat("STATUS", STATUSES, unknown=True),
        *(flat(name.upper(), bands, unknown=True) for name, bands in BANDS.items()),
        flat("ARRIVAL", ARRIVALS),
    ]
    return {one.id: one for one in found}


@dataclass(frozen=True)
class Made:
    """A year of a bureau: what each partner does, and what was logged."""

    seed: int
    months: int = 12
    partners: int = 18
    busy: int = 1
    """How many times as much is logged as in a usual bureau."""

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        """Its codes."""
        return dimensions(self.partners)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """All that was logged."""
        draw = random.Random(self.seed)
        does = {one: _partner(draw) for one in organisations(self.partners)}
        liked = {service: 1 / (1 + place) for place, service in enumerate(draw.sample(SERVICES, len(SERVICES)))}
        return tuple(one for month in MONTHS[: self.months] for one in _month(draw, month, does, liked, self.busy))

    def plan(self, method: str) -> Plan:
        """What is public of it."""
        return default_plan(YEAR, "rounding" if method == "rounding" else "suppression")

    def sheet(self, plan: Plan, month: str) -> Sheet:
        """What is to be published with that month."""
        tables = plan.tables_of(month, MONTHS[0])
        return Sheet(
            id=month, order=MONTHS.index(month) + 1, tables=tables, dimensions=self.dimensions,
            counts=tabulate(self.records, tables, self.dimensions),
        )  # fmt: skip


@dataclass(frozen=True)
class _Partner:
    """What an organisation does, in which languages (they belong to its people), and how much."""

    services: list[str]
    languages: dict[str, int]
    much: float


def _partner(draw: random.Random) -> _Partner:
    spoken = {_one(draw, LANGUAGES) for _ in range(draw.randint(2, 6))}
    return _Partner(
        services=draw.sample(SERVICES, draw.randint(1, 5)),
        languages={tag: share for tag, share in LANGUAGES.items() if tag in spoken},
        much=0.2 + draw.paretovariate(1.3),
    )


def _month(
    draw: random.Random, month: str, does: dict[str, _Partner], liked: dict[str, float], busy: int
) -> list[Record]:
    found = []
    for _ in range(busy * draw.randint(100, 350)):
        organisation = draw.choices(list(does), [one.much for one in does.values()])[0]
        partner = does[organisation]
        service = draw.choices(partner.services, [liked[one] for one in partner.services])[0]
        language = _one(draw, partner.languages)
        status = draw.choices(STATUSES, STATUS_OF.get(language, OTHERWISE))[0] if draw.random() < 0.85 else None
        bands: dict[str, Any] = {
            name: _one(draw, bands) if draw.random() < 0.9 else None for name, bands in BANDS.items()
        }
        found.append(
            record(
                month, CONSULTATIONS, organisation=organisation, service=service, language=language, status=status, **bands,
            )
        )  # fmt: skip
    found += [
        record(month, UNMET, service=draw.choice(SERVICES), language=_one(draw, LANGUAGES))
        for _ in range(draw.randint(5, 40))
    ]
    found += [
        record(month, ATTENDANCES, draw.randint(3, 14), service=service)
        for service in ("bg-course", "bg-club", "support-group", "homework") for _ in range(draw.randint(1, 5))
    ]  # fmt: skip
    found += [
        record(month, REFERRALS, arrival=_one(draw, {"arrived": 3, "not-arrived": 1}))
        for _ in range(draw.randint(5, 50))
    ]
    for organisation in does:
        planned = draw.randint(2, 14)
        found.append(record(month, PLANNED, planned, organisation=organisation))
        found.append(record(month, HELD, planned - draw.randint(0, 2), organisation=organisation))
    return found


def _one(draw: random.Random, shares: dict[str, int]) -> str:
    return draw.choices(list(shares), list(shares.values()))[0]


__all__ = ["MONTHS", "SECRET", "YEAR", "Coordinates", "Made"]
