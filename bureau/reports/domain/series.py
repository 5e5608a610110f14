"""How a bureau reports, and what stands in the way of a report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bureau.kernel.errors import Refused
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month

METHODS = ("rounding", "suppression")
STATES = ("draft", "published", "withdrawn")
NOTED = ("events", "media", "feedback", "satisfied")
"""Numbers that nobody logs: events held, mentions in the media, answers to feedback, and how many of those were content."""
LEAST_ANSWERS = 10
"""Feedback of fewer people is told to nobody."""


class MonthNotClosed(Refused):
    """The month's log is still open."""

    code = "report_month_not_closed"


class MonthsMissing(Refused):
    """An earlier month of the series has no report yet: a later one would give it away, or stand on nothing."""

    code = "report_months_missing"


class ReportPublished(Refused):
    """The month's report is published already; its numbers never change."""

    code = "report_published"


class ReportNotPublished(Refused):
    """There is no published report of this month."""

    code = "report_not_published"


class ReportUnsafe(Refused):
    """Whatever was tried, somebody could be found in the report."""

    code = "report_unsafe"


class SeriesBegun(Refused):
    """The method cannot change any more in this year: what was published once is read together with what comes."""

    code = "report_series_begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What a report still waits for; nothing of it hinders but the log that is not closed, and months before."""

    closed: bool
    unsigned: tuple[str, ...]
    missing_words: tuple[str, ...]
    months_before: tuple[str, ...]

    @property
    def green(self) -> bool:
        """Whether nothing is left to do."""
        return self.closed and not (self.unsigned or self.missing_words or self.months_before)


def ensure_can_be_published(ready: Ready, month: str) -> None:
    """Refuse (MonthNotClosed, MonthsMissing) what would be wrong, not what is only incomplete."""
    if not ready.closed:
        raise MonthNotClosed(month=month)
    if ready.months_before:
        raise MonthsMissing(month=month, missing=", ".join(ready.months_before))


def months_before(month: Month, since: Month, published: Iterable[str]) -> tuple[str, ...]:
    """The months of the series before this one that have no report yet."""
    had, found, each = set(published), list[str](), since
    while each < month:
        if str(each) not in had:
            found.append(str(each))
        each = each.shifted(1)
    return tuple(found)


def missing_words(texts: Sequence[LocalisedText], languages: Sequence[str]) -> tuple[str, ...]:
    """The languages in which a text is missing that others have."""
    return tuple(tag for tag in languages if any(text and tag in text.missing(languages) for text in texts))
