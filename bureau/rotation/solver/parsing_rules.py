"""The rules between organisations, from a problem document; and the ids that anything in it may refer to."""

from dataclasses import dataclass

from bureau.rotation.solver.nodes import Node
from bureau.rotation.solver.problem import AlwaysPresent, BlockRequires, Companion, NotTogether, Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownIds:
    """What the document holds, to refuse a reference to nothing."""

    sites: frozenset[str]
    blocks: frozenset[str]
    desks: frozenset[str]
    organisations: frozenset[str]
    teams: frozenset[str]


def parse_rule(node: Node, ids: KnownIds) -> Rule:
    """One rule of any kind; Malformed where it refers to nothing."""
    kind = node.get("type").choice(("not_together", "block_requires", "always_present", "companion"))
    name = node.get("id").text()
    if kind == "not_together":
        return _not_together(node, name, ids)
    if kind == "block_requires":
        blocks = frozenset(block.known(ids.blocks, "block") for block in node.get("blocks"))
        return BlockRequires(id=name, blocks=blocks, attr=node.get("attr").text())
    if kind == "always_present":
        return _always_present(node, name)
    return Companion(
        id=name,
        org=node.get("org").known(ids.organisations, "organisation"),
        needs_org=node.get("needs_org").known(ids.organisations, "organisation"),
    )


def _not_together(node: Node, name: str, ids: KnownIds) -> NotTogether:
    scope = node.find("scope")
    orgs = frozenset(org.known(ids.organisations, "organisation") for org in node.get("orgs"))
    by_day = scope is not None and scope.choice(("block", "day")) == "day"
    return NotTogether(id=name, orgs=orgs, scope="day" if by_day else "block")


def _always_present(node: Node, name: str) -> AlwaysPresent:
    when = node.find("when")
    in_open = when is not None and when.choice(("any", "open")) == "open"
    return AlwaysPresent(
        id=name,
        attr=node.get("attr").text(),
        count=node.whole_or("count", 1, least=0),
        when="open" if in_open else "any",
        sites=node.texts("sites"),
    )
