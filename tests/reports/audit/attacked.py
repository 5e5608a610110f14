"""The attack, in the process beside the tests."""

from collections.abc import Collection, Mapping, Sequence

from bureau.reports.audit import attacking
from bureau.reports.audit.findings import Audit
from tests.beside import beside


def attack(releases: Sequence[Mapping[str, bytes]], *, planned: Collection[tuple[str, ...]] | None = None) -> Audit:
    """What an attack on these releases finds."""
    return beside(attacking.attack, releases, planned=planned)
