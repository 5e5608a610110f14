"""From a problem document to a Problem, refusing what means nothing and naming its place."""

from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from bureau.rotation.solver.instants import instant, iso_week
from bureau.rotation.solver.malformed import Malformed
from bureau.rotation.solver.nodes import Node
from bureau.rotation.solver.parsing_rules import KnownIds, parse_rule
from bureau.rotation.solver.problem import (
    FORMAT,
    TERMS,
    Assignment,
    Block,
    ClosedDay,
    Current,
    Demand,
    Desk,
    Limits,
    Organisation,
    Pin,
    Problem,
    RegularSlot,
    Scope,
    Spread,
    Team,
    Window,
)


def parse_problem(document: object) -> Problem:
    """The problem that a document states; Malformed when it states none."""
    root = Node(document)
    _check_format(root)
    ids = KnownIds(
        sites=_unique(root.get("sites")),
        blocks=_unique(root.get("blocks")),
        desks=_unique(root.get("desks")),
        organisations=_unique(root.get("organisations")),
        teams=_unique(root.get("teams")),
    )
    _unique(root.get("demands"))
    rules = root.find("rules")
    if rules is not None:
        _unique(rules)
    month, zone = root.get("month").text(), _zone(root.get("timezone"))
    current = root.find("current")
    return Problem(
        id=root.get("id").text(),
        month=month,
        timezone=zone.key,
        travel_minutes=root.whole_or("travel_minutes", 0, least=0),
        sites=tuple(node.get("id").text() for node in root.get("sites")),
        closed_days=tuple(_closed_day(node) for node in root.each("closed_days")),
        blocks=tuple(_block(node, ids, month, zone) for node in root.get("blocks")),
        desks=tuple(_desk(node, ids) for node in root.get("desks")),
        organisations=tuple(_organisation(node) for node in root.get("organisations")),
        teams=tuple(_team(node, ids) for node in root.get("teams")),
        demands=tuple(_demand(node, ids) for node in root.get("demands")),
        spread=tuple(_spread(node) for node in root.each("spread")),
        rules=tuple(parse_rule(node, ids) for node in root.each("rules")),
        pinned=tuple(_pin(node, ids) for node in root.each("pinned")),
        previous=tuple(_regular_slot(node, ids) for node in root.each("previous")),
        current=None if current is None else tuple(_current(node, ids) for node in current),
        replan=frozenset(
            (node.get("site").known(ids.sites, "site"), node.get("week").week()) for node in root.each("replan")
        ),
        planned_shifts=root.get("planned_shifts").whole(least=0),
        weights=_weights(root),
        levels=tuple(tuple(term.text() for term in level) for level in root.each("levels")),
    )


def parse_assignments(document: object) -> tuple[Assignment, ...]:
    """The assignments of a solution document, whatever they refer to."""
    return tuple(_assignment(node) for node in Node(document).each("assignments"))


def _check_format(root: Node) -> None:
    if root.get("format").text() != FORMAT:
        raise Malformed("format", "unknown format")


def _unique(nodes: Node) -> frozenset[str]:
    seen: set[str] = set()
    for node in nodes:
        name = node.get("id")
        if name.text() in seen:
            raise name.wrong(f"duplicate id {name.text()}")
        seen.add(name.text())
    return frozenset(seen)


def _zone(node: Node) -> ZoneInfo:
    try:
        return ZoneInfo(node.text())
    except (KeyError, ValueError, OSError):
        raise node.wrong("unknown timezone") from None


def _weights(root: Node) -> dict[str, int]:
    root.get("weights")
    weights = root.numbers("weights")
    for term in weights:
        if term not in TERMS:
            raise Malformed(f"weights.{term}", "unknown term")
    return weights


def _closed_day(node: Node) -> ClosedDay:
    return ClosedDay(day=node.get("date").day(), site=node.text_or_none("site"))


def _block(node: Node, ids: KnownIds, month: str, zone: ZoneInfo) -> Block:
    day = node.get("date").day()
    if f"{day:%Y-%m}" != month:
        raise node.get("date").wrong("outside the month")
    start, end = node.get("start").clock(), node.get("end").clock()
    if end <= start:
        raise node.get("end").wrong("ends before it starts")
    fold = node.whole_or("fold", 0)
    begins = _instant(node, "start", zone, fold)
    ends = _instant(node, "end", zone, node.whole_or("fold_end", fold))
    if ends <= begins:
        raise node.wrong("no real duration")
    return Block(
        id=node.get("id").text(),
        site=node.get("site").known(ids.sites, "site"),
        day=day,
        week=iso_week(day),
        start=start,
        end=end,
        begins=begins,
        ends=ends,
    )


def _instant(block: Node, key: str, zone: ZoneInfo, fold: int) -> datetime:
    if fold not in (0, 1):
        raise block.wrong("fold is neither 0 nor 1")
    found = instant(zone, block.get("date").day(), block.get(key).clock(), fold)
    if found is None:
        raise block.get(key).wrong("local time does not exist (clock change)")
    return found


def _desk(node: Node, ids: KnownIds) -> Desk:
    return Desk(
        id=node.get("id").text(),
        site=node.get("site").known(ids.sites, "site"),
        attrs=node.texts("attrs"),
        unavailable_blocks=node.texts("unavailable_blocks"),
    )


def _limits(node: Node) -> Limits:
    return Limits(
        max_per_day=node.whole_or_none("max_per_day", least=0),
        max_per_week=node.whole_or_none("max_per_week", least=0),
        max_per_month=node.whole_or_none("max_per_month", least=0),
        max_concurrent=node.whole_or_none("max_concurrent", least=0),
        boundary_load=node.numbers("boundary_load"),
    )


def _organisation(node: Node) -> Organisation:
    return Organisation(
        id=node.get("id").text(),
        name=node.text_or_none("name") or "",
        promised=node.get("promised").whole(least=0),
        min_shifts=node.whole_or("min_shifts", 0, least=0),
        min_hard=node.flag_or("min_hard", default=False),
        carry=node.whole_or("carry", 0),
        limits=_limits(node),
    )


def _team(node: Node, ids: KnownIds) -> Team:
    offers, last_offers = _offers(node.get("offers"))
    return Team(
        id=node.get("id").text(),
        org=node.get("org").known(ids.organisations, "organisation"),
        offers=offers,
        last_offers=last_offers,
        max_services=node.whole_or("max_services", 1, least=1),
        sites=node.texts("sites"),
        available=tuple(_window(window) for window in node.get("available")),
        preferred=tuple(_window(window) for window in node.each("preferred")),
        undesired=tuple(_window(window) for window in node.each("undesired")),
        unavailable_dates=frozenset(day.day() for day in node.each("unavailable_dates")),
        needs=node.texts("needs"),
        attrs=node.texts("attrs"),
        limits=_limits(node),
    )


def _offers(nodes: Node) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """By service the languages of all its offers; and of the last one, where there are several."""
    offers: dict[str, frozenset[str]] = {}
    last: dict[str, frozenset[str]] = {}
    for node in nodes:
        service, languages = node.get("service").text(), node.texts("languages")
        if not languages:
            raise Malformed(f"{node.place}.languages", "no language")
        if service in offers:
            last[service] = languages
        offers[service] = offers.get(service, frozenset()) | languages
    if not offers:
        raise nodes.wrong("no offer")
    return offers, last


def _window(node: Node) -> Window:
    day = node.find("date")
    return Window(
        weekday=None if day else node.get("weekday").whole(),
        day=day.day() if day else None,
        start=node.get("start").clock(),
        end=node.get("end").clock(),
    )


def _demand(node: Node, ids: KnownIds) -> Demand:
    scope = cast("Scope", node.get("scope").choice(("block", "day", "week", "month")))
    site, least = node.find("site"), node.get("min").whole(least=0)
    return Demand(
        id=node.get("id").text(),
        scope=scope,
        block=node.get("block").known(ids.blocks, "block") if scope == "block" else None,
        day=node.get("date").day() if scope == "day" else None,
        week=node.get("week").week() if scope == "week" else None,
        site=site.known(ids.sites, "site") if site else None,
        service=node.text_or_none("service"),
        language=node.text_or_none("language"),
        min=least,
        target=node.get("target").whole(least=least),
        weight=node.whole_or("weight", 1, least=0),
        hard=node.flag_or("hard", default=False),
    )


def _spread(node: Node) -> Spread:
    return Spread(
        site=node.get("site").text(),
        week=node.get("week").week(),
        service=node.get("service").text(),
        days=node.get("days").whole(least=0),
    )


def _pin(node: Node, ids: KnownIds) -> Pin:
    desk = node.find("desk")
    return Pin(
        team=node.get("team").known(ids.teams, "team"),
        block=node.get("block").known(ids.blocks, "block"),
        desk=desk.known(ids.desks, "desk") if desk else None,
        services=node.texts("services"),
    )


def _regular_slot(node: Node, ids: KnownIds) -> RegularSlot:
    return RegularSlot(
        team=node.get("team").known(ids.teams, "team"),
        site=node.get("site").known(ids.sites, "site"),
        weekday=node.get("weekday").whole(),
        start=node.get("start").clock(),
        weight=node.whole_or("weight", 1, least=0),
    )


def _current(node: Node, ids: KnownIds) -> Current:
    return Current(
        team=node.get("team").known(ids.teams, "team"),
        block=node.get("block").known(ids.blocks, "block"),
        desk=node.text_or_none("desk"),
        services=frozenset(service.text() for service in node.get("services")),
    )


def _assignment(node: Node) -> Assignment:
    return Assignment(
        team=node.text_or_none("team") or "",
        block=node.text_or_none("block") or "",
        desk=node.text_or_none("desk") or "",
        services=tuple(service.text() for service in node.each("services")),
        languages=tuple(language.text() for language in node.each("languages")),
    )
