"""What people write about the figures of a month: before it is published, and corrected after; no number ever moves."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bureau.kernel import audit
from bureau.kernel.database import transaction
from bureau.kernel.errors import Refused, Several
from bureau.kernel.localised import LocalisedText
from bureau.kernel.privacy import NamesSomebody
from bureau.organisations import queries as places
from bureau.organisations.actions.privacy import ensure_no_resident
from bureau.reports import queries
from bureau.reports.domain.said_numbers import NumberNotShown
from bureau.reports.domain.series import ReportNotPublished
from bureau.reports.models import MonthReport
from bureau.reports.queries.words import report_in_hand
from bureau.reports.site.numbers import strange_in
from bureau.reports.site.words import drafts_of

Texts = Mapping[str, Mapping[str, str]]


def correct_words(
    bureau: str, month: str, texts: Texts, *, version: int, actor: str, now: datetime, all_the_same: bool = False
) -> None:
    """Write `summary`, `story` or `lessons`, each by language; of a published report the version of its text rises.

    Refuses all that is wrong at once (Several), each by the box of its language (``summary-bg``): words that may tell
    who somebody is, and numbers that the report does not show. Before it is published they may be kept ``all_the_same``.
    """
    place = places.get_bureau(bureau)
    row = queries.find_report(place.id, month)
    new = {name: dict(_new(row, name, words)) for name, words in texts.items()}
    problems = [*_telling_of_somebody(bureau, new, now)]
    if not all_the_same or (row is not None and row.published_at is not None):
        problems += _numbers_not_shown(place.id, month, new)
    if problems:
        raise Several(problems)
    _write(bureau, month, texts, version=version, actor=actor, now=now)


def _new(row: MonthReport | None, name: str, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is not written so already: nobody can help what an earlier version of the check let pass."""
    before = getattr(row, name).texts if row else {}
    return ((tag, text) for tag, text in words.items() if text.strip() and text != before.get(tag))


def _telling_of_somebody(bureau: str, texts: Texts, now: datetime) -> Iterator[Refused]:
    for name, words in texts.items():
        for tag, text in words.items():
            try:
                ensure_no_resident(text, bureau, field=f"{name}-{tag}", now=now)
            except NamesSomebody as refusal:
                yield refusal


def _numbers_not_shown(bureau_id: int, month: str, texts: Texts) -> Iterator[Refused]:
    report = report_in_hand(bureau_id, month)
    for one in strange_in(report, texts) if report else ():
        yield NumberNotShown(field=f"{one.field}-{one.language}", numbers=", ".join(one.numbers))


def _write(bureau: str, month: str, texts: Texts, *, version: int, actor: str, now: datetime) -> None:
    with transaction() as session:
        place = places.hold_bureau(bureau)
        row = queries.find_report(place.id, month)
        if row is None:
            texts_of_none = dict.fromkeys(queries.TEXTS, LocalisedText())
            row = MonthReport(bureau_id=place.id, month=month, text_version=1, **texts_of_none)
            session.add(row)
        else:
            row.expect(version)
        for name, words in texts.items():
            setattr(row, name, getattr(row, name).edited(words, source=place.languages[0]))
        if row.published_at is not None:
            row.text_version += 1
        told = {"text_version": row.text_version} if row.published_at is not None else None
        audit.record("report.reworded", f"report:{bureau}/{month}", actor=actor, now=now, after=told)


def draft_words(bureau: str, month: str, *, actor: str, now: datetime) -> tuple[str, ...]:
    """Write from its numbers what a published report says, in each language that says nothing yet; which ones."""
    place = places.get_bureau(bureau)
    report, row = queries.report_of(place.id, month), queries.find_report(place.id, month)
    if report is None or row is None:
        raise ReportNotPublished(month=month)
    drafts, texts = drafts_of(report), dict[str, dict[str, str]]()
    for name in queries.TEXTS:
        had = getattr(report.words, name)
        texts[name] = {tag: words for tag, words in getattr(drafts, name).texts.items() if not had.texts.get(tag)}
    _write(bureau, month, texts, version=row.version, actor=actor, now=now)
    return tuple(tag for tag in report.languages if any(tag in words for words in texts.values()))
