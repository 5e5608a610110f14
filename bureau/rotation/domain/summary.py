"""An offer in a few words, for those who declared it."""

from collections import Counter
from dataclasses import dataclass

from .offers import DeclaredOffer, NamedService, OfferedTime, SpokenLanguage, WorkerChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSummary:
    """What one worker gives, and in how many blocks of each kind."""

    label: str
    services: tuple[NamedService, ...]
    languages: tuple[SpokenLanguage, ...]
    preferred: int
    possible: int
    undesired: int


def summarise(offer: DeclaredOffer, workers: tuple[WorkerChoice, ...]) -> tuple[WorkerSummary, ...]:
    """The offered workers, in the order of ``workers``; those who give nothing or never can are left out."""
    offered = {one.worker_id: one for one in offer.workers}
    found = (_worker(offered[choice.id], choice) for choice in workers if choice.id in offered)
    return tuple(one for one in found if one.services and one.preferred + one.possible + one.undesired)


def _worker(offered: OfferedTime, choice: WorkerChoice) -> WorkerSummary:
    services = {service for service, _ in offered.pairs}
    languages = {language for _, language in offered.pairs}
    levels = Counter(offered.availability.values())
    return WorkerSummary(
        label=choice.label,
        services=tuple(one for one in choice.services if one.code in services),
        languages=tuple(one for one in choice.languages if one.tag in languages),
        preferred=levels["preferred"],
        possible=levels["possible"],
        undesired=levels["undesired"],
    )
