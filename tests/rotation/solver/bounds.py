"""What the bound's program finds, in the process beside the tests."""

from typing import Any

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.parsing import parse_problem
from tests.beside import beside
from tests.rotation.solver.problems import Document

SECONDS = 120.0
"""More than the months of the tests take."""


def found_beside(document: Document) -> list[dict[str, Any]]:
    """Everything that is said of a month until its best plan is proven."""
    return beside(_found, document)


def _found(document: Document) -> list[dict[str, Any]]:
    from bureau.rotation.solver.bound.bounds import find_bounds  # noqa: PLC0415 - would load HiGHS into the process of the tests

    said: list[dict[str, Any]] = []
    find_bounds(Facts(parse_problem(document)), seconds=SECONDS, say=said.append)
    return said
