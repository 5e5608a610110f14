"""What one more session would cost, or what stands against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .comparing import Difference
from .offers import OrganisationInfo
from .weights import TERMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """The solver's answer: ``kind`` ``conflict`` (with groups that cannot all hold), ``trade``, ``unknown`` or ``busy``.

    For a trade: the penalty points ``now`` and ``then``, and the terms that would change.
    """

    kind: str
    now: int = 0
    then: int = 0
    differences: tuple[Difference, ...] = ()
    conflict: tuple[tuple[Any, ...], ...] = ()


BUSY = Price(kind="busy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands against a worker's coming to a block; no reasons: it only has a price.

    Each reason is the solver's (a ``code`` with what it names), or ``nothing_declared`` where the worker is not offered.
    """

    worker_id: int
    label: str
    organisation: OrganisationInfo
    reasons: tuple[Mapping[str, Any], ...]

    @property
    def has_price(self) -> bool:
        """Whether it makes sense to ask what it would cost."""
        return {one["code"] for one in self.reasons}.isdisjoint(("nothing_declared", "there_already", "not_available"))


def price_of(answer: Mapping[str, Any]) -> Price:
    """An explanation of the solver as a price."""
    now, then = answer.get("total") or (0, 0)
    terms = answer.get("terms") or {}
    return Price(
        kind=answer["kind"],
        now=now,
        then=then,
        differences=tuple(Difference(term=t, before=terms[t][0], after=terms[t][1]) for t in TERMS if t in terms),
        conflict=tuple(tuple(group) for group in answer.get("conflict") or ()),
    )
