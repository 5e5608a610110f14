"""Days as a page writes them; where readers may choose another calendar, each says in the markup which day it is."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext
from markupsafe import Markup

from bureau.calendars.domain.variants import variants_of
from bureau.kernel.month import Month
from bureau.web import formats


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Days for a reader of ``language`` on ``today``."""

    language: str
    today: date

    def when(self, day: date) -> str:
        """Today, tomorrow, or the day with its date."""
        if day == self.today:
            return str(gettext("Today"))
        if day == self.today + timedelta(days=1):
            return str(gettext("Tomorrow"))
        return self.long(day)

    def long(self, day: date) -> str:
        """Wednesday 9 December."""
        return self._marked("long", str(day), formats.day_long(day, self.language))

    def short(self, day: date) -> str:
        """9 December."""
        return self._marked("short", str(day), formats.day_month(day, self.language))

    def full(self, day: date) -> str:
        """9 December 2026."""
        return self._marked("full", str(day), formats.day_full(day, self.language))

    def numbered(self, day: date) -> str:
        """9 Wednesday: the head of a day of a month."""
        words = Markup('<span class="day-n num">{}</span> {}').format(day.day, formats.weekday(day, self.language))
        return self._marked("numbered", str(day), words)

    def month(self, month: Month) -> str:
        """December 2026."""
        return self._marked("month", str(month), formats.month_name(month, self.language))

    def span(self, first: date, last: date) -> str:
        """7–11 December: days of one month; the range keeps its order in right-to-left text."""
        days = f"{first.day}–{last.day}" if first != last else str(first.day)
        words = Markup("<bdi>{}</bdi> {}").format(days, formats.month_after_day(last, self.language))
        return self._marked("span", str(first), words, last=last)

    def _marked(self, form: str, machine: str, words: str, last: date | None = None) -> str:
        if not any(variant.persian for variant in variants_of(self.language)):
            return words
        to = Markup(' data-to="{}"').format(last) if last else Markup()
        return Markup('<time datetime="{}" data-as="{}"{}>{}</time>').format(machine, form, to, words)
