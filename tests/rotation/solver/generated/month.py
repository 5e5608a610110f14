"""Realistic months grown from a seed: sites, desks, partners, teams and wishes like those of a bureau of its size."""

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from bureau.rotation.solver.instants import iso_week
from tests.rotation.solver.problems import WEIGHTS, Document

SERVICES = ("social", "legal", "employment", "health", "education", "housing", "documents", "psychology")
LANGUAGES = ("bg", "en", "ar", "uk", "ru", "fa", "fr")
EQUIPMENT = ("private", "children", "video", "step_free")
LEVELS = [
    ["uncovered_min"],
    ["uncovered_target", "promise_unmet", "spread"],
    ["fairness", "continuity", "regularity", "preferences", "changes"],
]
TWICE_A_DAY = (("10:00", "12:00"), ("14:00", "16:00"))
ALL_DAY = (("09:00", "11:00"), ("11:00", "13:00"), ("14:00", "16:00"), ("16:00", "18:00"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    """How large a bureau is, and how long it is open."""

    sites: int = 1
    desks: int = 5
    organisations: int = 18
    hours: tuple[tuple[str, str], ...] = ALL_DAY
    days: int = 31
    services: int = 8


SIZES: Mapping[str, Size] = {
    "tiny": Size(desks=2, organisations=3, hours=TWICE_A_DAY, days=7, services=3),
    "XS": Size(desks=3, organisations=6, hours=TWICE_A_DAY, days=14),
    "S": Size(),
    "M": Size(sites=3, desks=6, organisations=60),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Soil:
    """What a month grows from."""

    size: Size
    rng: Random
    month: str
    sites: tuple[str, ...] = field(default=())

    @property
    def services(self) -> tuple[str, ...]:
        """The services of a bureau of that size."""
        return SERVICES[: self.size.services]

    def some(self, things: Iterable[str], least: int = 1, most: int = 3) -> list[str]:
        """A few of the things, in their order."""
        everything = list(things)
        chosen = self.rng.sample(everything, min(len(everything), self.rng.randint(least, most)))
        return sorted(chosen, key=everything.index)


def grow(size: str, seed: int, month: str = "2027-04") -> Document:
    """A month without anything out of the ordinary; the same words give the same month."""
    sites = tuple(f"s{number + 1}" for number in range(SIZES[size].sites))
    soil = Soil(size=SIZES[size], rng=Random(f"{size} {seed} {month}"), month=month, sites=sites)
    blocks = list(_blocks(soil))
    organisations = [_organisation(soil, number) for number in range(soil.size.organisations)]
    teams = [team for org in organisations for team in _teams(soil, org)]
    demands = list(_demands(soil, blocks))
    promised = sum(org["promised"] for org in organisations)
    return {
        "format": "bureau-rota/1",
        "id": f"{size}-{seed}",
        "month": month,
        "timezone": "Europe/Sofia",
        "travel_minutes": 60,
        "services": list(soil.services),
        "languages": list(LANGUAGES),
        "sites": [{"id": site, "name": f"Bureau {site}"} for site in sites],
        "closed_days": [],
        "blocks": blocks,
        "desks": [_desk(soil, site, number, blocks) for site in sites for number in range(soil.size.desks)],
        "organisations": organisations,
        "teams": teams,
        "demands": demands,
        "spread": _spread(soil, blocks),
        "rules": list(_rules(soil, organisations, blocks)),
        "pinned": _pinned(soil, teams, blocks),
        "previous": _previous(soil, teams, blocks),
        "current": None,
        "planned_shifts": min(promised * 9 // 10, sum(one["target"] for one in demands if one["scope"] == "block")),
        "weights": dict(WEIGHTS),
        "levels": LEVELS,
    }


def _blocks(soil: Soil) -> Iterator[Document]:
    year, number = map(int, soil.month.split("-"))
    last = calendar.monthrange(year, number)[1]
    for site in soil.sites:
        for day in range(1, min(soil.size.days, last) + 1):
            if date(year, number, day).isoweekday() > 5:
                continue
            for index, (start, end) in enumerate(soil.size.hours, 1):
                name = f"{site}-{day:02d}-{index}"
                yield {"id": name, "site": site, "date": f"{soil.month}-{day:02d}", "start": start, "end": end}


def _desk(soil: Soil, site: str, number: int, blocks: list[Document]) -> Document:
    desk: Document = {"id": f"{site}-d{number + 1}", "site": site, "attrs": soil.some(EQUIPMENT, least=0, most=2)}
    here = [block["id"] for block in blocks if block["site"] == site]
    if here and soil.rng.random() < 0.3:
        desk["unavailable_blocks"] = soil.some(here, most=4)
    return desk


def _organisation(soil: Soil, number: int) -> Document:
    rng, weeks = soil.rng, max(1, soil.size.days // 7)
    large = number == 0
    promised = rng.randint(5, 9) * weeks * soil.size.sites if large else rng.randint(1, 5) * weeks // 2 + 1
    org: Document = {
        "id": f"o{number + 1:04d}",
        "name": f"Organisation {number + 1}",
        "promised": promised,
        "min_shifts": promised // 2,
        "max_per_month": promised * 5 // 4 + 1,
        "max_per_week": promised if large else promised // weeks + 2,
        "max_per_day": 8 if large else rng.randint(1, 3),
        "max_concurrent": 2 * soil.size.sites if large else rng.randint(1, 2),
        "carry": rng.choice([0, 0, 0, 1, -1]),
    }
    if rng.random() < 0.3:
        org["boundary_load"] = {iso_week(date.fromisoformat(f"{soil.month}-01")): rng.randint(1, 2)}
    return org


def _teams(soil: Soil, org: Document) -> Iterator[Document]:
    large = org["id"] == "o0001"
    for letter in "abc"[: 3 if large else soil.rng.choice([1, 1, 2, 2, 3])]:
        yield _team(soil, org["id"], f"t{org['id'][1:]}{letter}", large=large)


def _team(soil: Soil, org: str, name: str, *, large: bool) -> Document:
    rng = soil.rng
    services = soil.some(soil.services, most=2)
    spoken = ["bg", *soil.some(LANGUAGES[1:], least=0, most=2)]
    days = [*range(1, 6)] if large else sorted(rng.sample(range(1, 6), rng.randint(2, 4)))
    stretches = [("09:00", "18:00"), ("09:00", "18:00"), ("09:00", "13:00"), ("14:00", "18:00")]
    hours = {day: stretches[0] if large else rng.choice(stretches) for day in days}
    available = [{"weekday": day, "start": start, "end": end} for day, (start, end) in hours.items()]
    social = "social" in services or rng.random() < 0.3
    team: Document = {
        "id": name,
        "org": org,
        "offers": [{"service": service, "languages": soil.some(spoken)} for service in services],
        "max_services": rng.choice([1, 1, 2]),
        "sites": soil.some(soil.sites, most=rng.choice([1, 1, 2])),
        "available": available,
        "unavailable_dates": [f"{soil.month}-{day:02d}" for day in rng.sample(range(1, 29), rng.randint(0, 3))],
        "needs": soil.some(EQUIPMENT[:2], most=1) if rng.random() < 0.2 else [],
        "attrs": [*(["social_worker"] if social else []), *(["women"] if rng.random() < 0.7 else [])],
        "max_per_day": 4 if large else rng.randint(1, 2),
    }
    if rng.random() < 0.4:
        team["preferred"] = rng.sample(available, max(1, len(available) - 1))
    if rng.random() < 0.3:
        team["undesired"] = [{"weekday": rng.choice(days), "start": "16:00", "end": "18:00"}]
    return team


def _demands(soil: Soil, blocks: list[Document]) -> Iterator[Document]:
    asked: list[Document] = [{"scope": "block", "block": one["id"], "min": 1, "target": 3} for one in blocks]
    for site in soil.sites:
        days = sorted({date.fromisoformat(block["date"]) for block in blocks if block["site"] == site})
        asked += _of_days(soil, site, days)
        asked += _of_weeks(soil, site, sorted({iso_week(day) for day in days}))
        asked += [
            {"scope": "month", "site": site, "min": 0, "target": 1, **_pair(soil, service)} for service in soil.services
        ]
    for number, demand in enumerate(asked, 1):
        yield {"id": f"q{number:05d}", "weight": 1, **demand}


def _of_days(soil: Soil, site: str, days: list[date]) -> Iterator[Document]:
    for day in days:
        scope = {"scope": "day", "site": site, "date": day.isoformat()}
        yield {**scope, "service": "social", "min": 1, "target": 2, "weight": 2}
        yield {**scope, "language": soil.rng.choice(LANGUAGES), "min": 0, "target": 1}


def _of_weeks(soil: Soil, site: str, weeks: list[str]) -> Iterator[Document]:
    for week in weeks:
        scope = {"scope": "week", "site": site, "week": week}
        for service in soil.services:
            yield {**scope, "service": service, "min": 1, "target": 2}
        for language in soil.some(LANGUAGES, most=4):
            yield {**scope, "language": language, "min": 1, "target": 3}
        yield {**scope, **_pair(soil, soil.rng.choice(soil.services)), "min": 1, "target": 2, "weight": 2}


def _pair(soil: Soil, service: str) -> Document:
    return {"service": service, "language": soil.rng.choice(LANGUAGES)}


def _spread(soil: Soil, blocks: list[Document]) -> list[Document]:
    weeks = sorted({(block["site"], iso_week(date.fromisoformat(block["date"]))) for block in blocks})
    return [
        {"site": site, "week": week, "service": service, "days": 3}
        for site, week in weeks
        for service in soil.some(soil.services, least=2, most=2)
    ]


def _rules(soil: Soil, organisations: list[Document], blocks: list[Document]) -> Iterator[Document]:
    rng, small = soil.rng, [org["id"] for org in organisations[1:]]
    found: list[Document] = [
        {"type": "not_together", "orgs": rng.sample(small, 2), "scope": rng.choice(["block", "day"])}
        for _ in range(max(1, len(small) // 9))
    ]
    for site in soil.sites:
        afternoons = [block["id"] for block in blocks if block["site"] == site and block["start"] == "14:00"]
        found.append({"type": "block_requires", "attr": "women", "blocks": soil.some(afternoons, most=4)})
    found.append({"type": "always_present", "attr": "social_worker", "count": 1, "when": "any"})
    if len(small) > 4:
        found.append({"type": "companion", "org": rng.choice(small), "needs_org": organisations[0]["id"]})
    for number, rule in enumerate(found, 1):
        yield {"id": f"r{number}", **rule}


def _pinned(soil: Soil, teams: list[Document], blocks: list[Document]) -> list[Document]:
    """Agreed bookings of a social worker of the largest partner, a woman: nothing stands against them."""
    free = [team for team in teams if {"women", "social_worker"} <= set(team["attrs"]) and not team["needs"]]
    team = next((team for team in free if team["org"] == "o0001"), None)
    if team is None:
        return []
    mine = [block["id"] for block in blocks if block["site"] in team["sites"] and block["start"] == "14:00"]
    return [{"team": team["id"], "block": block} for block in soil.some(mine, least=2, most=2)]


def _previous(soil: Soil, teams: list[Document], blocks: list[Document]) -> list[Document]:
    starts = sorted({block["start"] for block in blocks})
    return [
        {
            "team": team["id"],
            "site": soil.rng.choice(team["sites"]),
            "weekday": soil.rng.choice(team["available"])["weekday"],
            "start": soil.rng.choice(starts),
            "weight": soil.rng.choice([1, 1, 2]),
        }
        for team in teams
        if starts and soil.rng.random() < 0.6
    ]
