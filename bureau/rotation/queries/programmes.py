"""What is published."""

from collections.abc import Sequence
from datetime import datetime

from bureau.rotation.domain.programme import ProgrammeDocument, PublishedSession
from bureau.rotation.domain.rounds import RoundInfo


def programmes_in_force(bureau: str) -> tuple[ProgrammeDocument, ...]:
    """The latest programme of each published month of the bureau, by month."""
    raise NotImplementedError


def find_programme(bureau: str, month: str, number: int | None = None) -> ProgrammeDocument | None:
    """One publication of a month, the latest where no number is given."""
    raise NotImplementedError


def programme_numbers(bureau: str, month: str) -> tuple[tuple[int, datetime], ...]:
    """Every publication of a month with its instant, the latest first."""
    raise NotImplementedError


def newest_programme_mark() -> str:
    """A text that changes whenever any programme is published."""
    raise NotImplementedError


def next_programme(round_: RoundInfo, *, now: datetime) -> tuple[ProgrammeDocument, Sequence[PublishedSession]]:
    """What publishing would publish now, and its sessions that differ from what is in force."""
    raise NotImplementedError
