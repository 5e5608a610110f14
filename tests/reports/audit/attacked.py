"""The attack, in the process beside the tests."""

from collections.abc import Collection, Mapping, Sequence

from bureau.reports.audit.findings import Audit
from tests.beside import beside


def attack(releases: Sequence[Mapping[str, bytes]], *, planned: Collection[tuple[str, ...]] | None = None) -> Audit:
    """What an attack on these releases finds."""
    return beside(_attack, releases, planned)


def _attack(releases: Sequence[Mapping[str, bytes]], planned: Collection[tuple[str, ...]] | None) -> Audit:
    from bureau.reports.audit.attacking import attack as attack_here  # noqa: PLC0415 - would load HiGHS into the process of the tests

    return attack_here(releases, planned=planned)
