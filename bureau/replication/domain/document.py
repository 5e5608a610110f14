"""The bureau's document, format ``bureau/1``: what it holds, and that it holds together.

One JSON object. Texts in several languages are objects of language tag to words. The order of languages, categories,
services and rooms is the order in which they are shown. No personal data: workers are labels and roles.
Each reader gives the columns of one row; references stay codes and tags until the rows are made.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from bureau.catalogue.domain import AUDIENCES, DIRECTIONS, MODES, SENSITIVITIES, clean_code, clean_tag
from bureau.organisations.domain.hours import WeeklyBlock, ensure_term, ensure_week
from bureau.organisations.domain.place import (
    ATTRIBUTES,
    CLOSURE_KINDS,
    ORGANISATION_KINDS,
    ROOM_FEATURES,
    ROOM_KINDS,
    ensure_coordinates,
    ensure_languages,
    ensure_timezone,
)
from bureau.organisations.domain.usual import Usual, workers_named

from .reading import Node
from .shape import (
    AGREEMENT,
    CATEGORY,
    CLOSURE,
    DEMAND,
    FORMAT,
    HOURS,
    LANGUAGE,
    ORGANISATION,
    PARTNERSHIP,
    PARTS,
    PERIODS,
    PLACE,
    PLACE_TEXTS,
    ROOM,
    SERVICE,
    SERVICE_TEXTS,
    STATUS_GROUP,
    WORKER,
)

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A bureau's document, read: columns by row, in order."""

    languages: list[Columns]
    categories: list[Columns]
    services: list[Columns]
    status_groups: list[Columns]
    bureau: Columns
    rooms: list[Columns]
    hours: list[Columns]
    closures: list[Columns]
    organisations: list[Columns]
    demand: list[Columns]


def read_document(data: object, interface: Iterable[str]) -> Document:
    """The document that ``data`` holds; ``interface`` are the languages pages can be written in. Refuses by place."""
    root = Node(data).only(PARTS)
    if root["format"].value != FORMAT:
        raise root["format"].fail("format")
    languages = _rows(root["languages"], _language, unique=("tag",))
    categories = _rows(root["categories"], _category, unique=("code",))
    known = _codes(categories)
    services = _rows(root["services"], lambda node: _service(node, known), unique=("code",))
    subjects = (_codes(services), {row["tag"] for row in languages})
    return Document(
        languages=languages,
        categories=categories,
        services=services,
        status_groups=_rows(root.get("status_groups", []), _status_group, unique=("code",)),
        bureau=_bureau(root["bureau"], frozenset(interface)),
        rooms=_rows(root["rooms"], _room, unique=("code",)),
        hours=_hours(root["hours"]),
        closures=_rows(root["closures"], _closure, unique=("day",)),
        organisations=_rows(root["organisations"], lambda node: _organisation(node, *subjects), unique=("code",)),
        demand=_rows(root["demand"], lambda node: _demand(node, *subjects), unique=("per", "service", "language")),
    )


def _rows(part: Node, read: Callable[[Node], Columns], *, unique: tuple[str, ...]) -> list[Columns]:
    rows: list[Columns] = []
    seen: set[tuple[object, ...]] = set()
    for node in part.items():
        row = read(node)
        key = tuple(row[name] for name in unique)
        if key in seen:
            raise node.fail("double")
        seen.add(key)
        rows.append(row)
    return rows


def _codes(rows: Iterable[Columns]) -> frozenset[str]:
    return frozenset(row["code"] for row in rows)


def _texts(node: Node, names: Iterable[str]) -> Columns:
    return {name: node.get(name, {}).localised() for name in names}


def _known(node: Node, names: Collection[str]) -> str:
    if not isinstance(node.value, str) or node.value not in names:
        raise node.fail("unknown")
    return node.value


def _list_of(node: Node, read: Callable[[Node], str]) -> list[str]:
    found = [read(item) for item in node.items()]
    if len(set(found)) != len(found):
        raise node.fail("double")
    return found


def _language(node: Node) -> Columns:
    node.only(LANGUAGE)
    plain = {name: node[name].text() for name in ("own_name", "script", "locale")}
    return {
        "tag": node["tag"].ruled(clean_tag), "direction": node["direction"].choice(DIRECTIONS), **plain,
        **_texts(node, ("name", "phrase")),
    }  # fmt: skip


def _category(node: Node) -> Columns:
    node.only(CATEGORY)
    return {
        "code": node["code"].ruled(clean_code), "name": node["name"].localised(), "icon": node["icon"].text(),
    }  # fmt: skip


def _status_group(node: Node) -> Columns:
    node.only(STATUS_GROUP)
    return {
        "code": node["code"].ruled(clean_code), "name": node["name"].localised(), "active": node.get("active", True).flag(),
    }  # fmt: skip


def _service(node: Node, categories: Collection[str]) -> Columns:
    node.only(SERVICE)
    external = node.get("external_codes", {})
    if not isinstance(external.value, dict):
        raise external.fail("object")
    return {
        "code": node["code"].ruled(clean_code),
        "category": _known(node["category"], categories),
        **_texts(node, SERVICE_TEXTS),
        "mode": node["mode"].choice(MODES),
        "audience": node["audience"].choice(AUDIENCES),
        "sensitivity": node["sensitivity"].choice(SENSITIVITIES),
        "minutes": node["minutes"].integer(1, 1440),
        "places": node["places"].integer(1, 1000),
        "walk_in": node["walk_in"].flag(),
        "needs_private_room": node["needs_private_room"].flag(),
        "external_codes": external.value,
        "active": node.get("active", True).flag(),
    }


def _bureau(node: Node, interface: Collection[str]) -> Columns:
    node.only(PLACE)
    latitude, longitude = (node.get(name, None).maybe(Node.degrees) for name in ("latitude", "longitude"))
    node.ruled(lambda _value: ensure_coordinates(latitude, longitude))
    return {
        "code": node["code"].ruled(clean_code),
        **_texts(node, PLACE_TEXTS),
        "phone": node.get("phone", "").text(),
        "email": node.get("email", "").text(),
        "latitude": latitude,
        "longitude": longitude,
        "timezone": node["timezone"].ruled(ensure_timezone),
        "holidays_of": node.get("holidays_of", "BG").text(),
        "languages": node["languages"].ruled(lambda tags: ensure_languages(tags, interface)),
        "facilities": _rows(node.get("facilities", []), _facility, unique=("code",)),
    }


def _facility(node: Node) -> Columns:
    node.only(("code", "name"))
    return {"code": node["code"].ruled(clean_code), "name": dict(node["name"].localised().texts)}


def _room(node: Node) -> Columns:
    node.only(ROOM)
    return {
        "code": node["code"].ruled(clean_code),
        "name": node["name"].localised(),
        "kind": node["kind"].choice(ROOM_KINDS),
        "seats": node["seats"].integer(1, 100),
        "features": _list_of(node.get("features", []), lambda item: item.choice(ROOM_FEATURES)),
        "active": node.get("active", True).flag(),
    }


def _hours(part: Node) -> list[Columns]:
    rows = _rows(part, _block, unique=("weekday", "starts", "valid_from"))
    part.ruled(lambda _value: ensure_week([WeeklyBlock(**row) for row in rows]))
    return rows


def _block(node: Node) -> Columns:
    node.only(HOURS)
    return {
        "weekday": node["weekday"].integer(1, 7), "starts": node["starts"].clock(), "ends": node["ends"].clock(),
        "valid_from": node["valid_from"].day(), "valid_until": node.get("valid_until", None).maybe(Node.day),
    }  # fmt: skip


def _closure(node: Node) -> Columns:
    node.only(CLOSURE)
    return {
        "day": node["day"].day(), "kind": node["kind"].choice(CLOSURE_KINDS), "reason": node["reason"].localised(),
    }  # fmt: skip


def _organisation(node: Node, services: Collection[str], languages: Collection[str]) -> Columns:
    node.only(ORGANISATION)
    workers = _rows(
        node.get("workers", []), lambda worker: _worker(worker, services, languages), unique=("label",)
    )  # fmt: skip
    return {
        "code": node["code"].ruled(clean_code),
        **_texts(node, ("name", "about")),
        "kind": node["kind"].choice(ORGANISATION_KINDS),
        "email": node.get("email", "").text(),
        "phone": node.get("phone", "").text(),
        "partnership": _partnership(node["partnership"], {worker["label"] for worker in workers}),
        "workers": workers,
    }


def _partnership(node: Node, workers: Collection[str]) -> Columns:
    node.only(PARTNERSHIP)
    given = node.get("usual", {})
    usual = given.ruled(Usual.from_json)
    for label in workers_named(usual.pattern):
        if label not in workers:
            raise Node(label, f"{given.place}/pattern").fail("unknown")
    return {
        "active": node.get("active", True).flag(),
        "usual": given.value,
        "agreements": [_agreement(item) for item in node.get("agreements", []).items()],
    }


def _agreement(node: Node) -> Columns:
    node.only(AGREEMENT)
    starts, ends = node["starts"].day(), node.get("ends", None).maybe(Node.day)
    node.ruled(lambda _value: ensure_term(starts, ends, field="ends"))
    return {
        "kind": node["kind"].text(),
        "signed": node.get("signed", None).maybe(Node.day),
        "starts": starts,
        "ends": ends,
        "notice_days": node.get("notice_days", 0).integer(0, 3650),
        "auto_renew": node.get("auto_renew", False).flag(),
        "review_on": node.get("review_on", None).maybe(Node.day),
        "contributions": node.get("contributions", {}).localised(),
    }


def _worker(node: Node, services: Collection[str], languages: Collection[str]) -> Columns:
    node.only(WORKER)
    label = node["label"].text()
    if not label:
        raise node["label"].fail("text")
    return {
        "label": label,
        "role": node["role"].localised(),
        "attributes": _list_of(node.get("attributes", []), lambda item: item.choice(ATTRIBUTES)),
        "max_hours_month": node.get("max_hours_month", None).maybe(lambda item: item.integer(1, 744)),
        "needs_supervisor": node.get("needs_supervisor", False).flag(),
        "active": node.get("active", True).flag(),
        "services": _list_of(node["services"], lambda item: _known(item, services)),
        "languages": _list_of(node["languages"], lambda item: _known(item, languages)),
    }


def _demand(node: Node, services: Collection[str], languages: Collection[str]) -> Columns:
    node.only(DEMAND)
    minimum = node["minimum"].integer(0, 999)
    return {
        "per": node["per"].choice(PERIODS),
        "service": node.get("service", None).maybe(lambda item: _known(item, services)),
        "language": node.get("language", None).maybe(lambda item: _known(item, languages)),
        "minimum": minimum,
        "target": node["target"].integer(minimum, 999),
        "weight": node.get("weight", 1).integer(1, 100),
    }
