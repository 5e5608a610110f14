"""A page as a screen reader has it: roles, names and states from Chromium's accessibility tree."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

DEEDS = {"button", "link"}
FIELDS = {"checkbox", "combobox", "radio", "searchbox", "spinbutton", "textbox"}
LEADS_TO = """(all) => all.map((one) => one.href || [one.formAction, one.name, one.value, one.id].join(" "))"""


@dataclass(frozen=True)
class Heard:
    """One thing of a page that is read out."""

    role: str
    name: str
    states: dict[str, Any]


def heard(page: Page) -> list[Heard]:
    """All that is read out, in the order of reading."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [_heard(node) for node in nodes if not node["ignored"]]


def _heard(node: dict[str, Any]) -> Heard:
    states = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    return Heard(node.get("role", {}).get("value", ""), node.get("name", {}).get("value", "").strip(), states)


def focused(page: Page) -> tuple[str, str]:
    """Role and name of what has the focus: the last that says so, since the page itself does too."""
    found = [one for one in heard(page) if one.states.get("focused")]
    return found[-1].role, found[-1].name


def troubles(page: Page) -> list[str]:
    """What makes the page hard to find one's way in by ear."""
    all_heard = heard(page)
    return [*_headings(all_heard), *_nameless(all_heard), *_ambiguous(page, all_heard)]


def _headings(all_heard: list[Heard]) -> list[str]:
    levels = [(one.states["level"], one.name) for one in all_heard if one.role == "heading"]
    firsts = [name for level, name in levels if level == 1]
    jumps = [f"from level {a[0]} to “{b[1]}” of level {b[0]}" for a, b in pairwise(levels) if b[0] > a[0] + 1]
    return [*([] if len(firsts) == 1 else [f"{len(firsts)} headings of the first level"]), *jumps]


def _nameless(all_heard: list[Heard]) -> list[str]:
    return [f"a {one.role} without a name" for one in all_heard if one.role in DEEDS | FIELDS and not one.name]


def _ambiguous(page: Page, all_heard: list[Heard]) -> list[str]:
    """Buttons and links of the same name that do different things."""
    counted = Counter((one.role, one.name) for one in all_heard if one.role in DEEDS and one.name)
    return [
        f"{number} × {role} “{name}”"
        for (role, name), number in counted.items()
        if number > 1 and len(set(page.get_by_role(role, name=name, exact=True).evaluate_all(LEADS_TO))) > 1
    ]
