"""A calendar month, as people plan in it."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .errors import Invalid

FIRST_YEAR, LAST_YEAR = 1000, 8999  # months and instants before and after them are still dates
_SHAPE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year; written ``2026-12``."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """The month that ``YYYY-MM`` names; refuses anything else."""
        match = _SHAPE.fullmatch(text)
        if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
            raise Invalid(field="month", reason="month", value=text)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that ``day`` falls in."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        """As written in addresses and files: ``2026-12``."""
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def shifted(self, months: int) -> "Month":
        """The month that many months later (or earlier)."""
        count = self.year * 12 + self.number - 1 + months
        return Month(count // 12, count % 12 + 1)

    def days(self) -> Iterator[date]:
        """Every day in order."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)
