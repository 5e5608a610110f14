"""A month's log as numbers over everything that was asked: what figures and reports are made from."""

from dataclasses import dataclass

from bureau.kernel.month import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """So many of one kind that agree in all that was asked.

    ``organisation``, ``service``, ``category`` and ``status`` are codes, ``language`` a tag, the rest bands; None where
    nothing was said. ``number`` is below zero where more was taken back from a closed month than counted in this one.
    """

    month: Month
    kind: str
    organisation: str
    service: str
    category: str
    language: str
    status: str | None
    interpretation: str | None
    visit_kind: str | None
    sex: str | None
    age_band: str | None
    waiting_band: str | None
    outcome: str | None
    number: int
