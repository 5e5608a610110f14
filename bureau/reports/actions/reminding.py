"""Writing to the managers what a report still waits for: on the third of the month, and when it could not be published."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from flask import current_app
from flask_babel import gettext, ngettext

from bureau.accounts.queries import managers_of
from bureau.kernel import audit, outbox
from bureau.kernel.database import transaction
from bureau.kernel.errors import Refused
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.domain.preparing import ReportNotReady, Standing
from bureau.reports.models import ReportSeries
from bureau.web import formats
from bureau.web.addresses import path_to
from bureau.web.languages import LANGUAGES, writing_in
from bureau.web.wording import word

SCHEDULER = "scheduler"


class Reader(Protocol):
    """A person to write to."""

    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...


def tell_not_published(bureau: str, month: str, why: Refused, *, now: datetime) -> None:
    """Take the moment back, and write to the managers what is missing."""
    standing = queries.standing_of(bureau, month, now=now)
    with transaction():
        place = places.hold_bureau(bureau)
        row = queries.find_report(place.id, month)
        if row is None or row.publish_at is None:
            return
        row.publish_at = None
        audit.record(
            "report.not_published", f"report:{bureau}/{month}", actor=SCHEDULER, now=now, after={"why": why.code}
        )  # fmt: skip
        _write_why(bureau, standing, why, now=now)


def tell_stuck(bureau: str, month: str, *, now: datetime) -> None:
    """Write to the managers what is missing, where a report was prepared by itself and cannot be published so."""
    standing = queries.standing_of(bureau, month, now=now)
    if not standing.green:
        with transaction() as session:
            place = places.hold_bureau(bureau)
            session.get_one(ReportSeries, place.id).reminded_of = month  # one mail says it
            _write_why(bureau, standing, ReportNotReady(month=month), now=now)


def _write_why(bureau: str, standing: Standing, why: Refused, *, now: datetime) -> None:
    place, month = places.get_bureau(bureau), str(standing.month)
    for person in managers_of(place.id):
        with writing_in(person.language):
            told = formats.month_name(standing.month, person.language)
            subject = gettext("The report of %(month)s was not published", month=told)
            said = gettext(
                "It was to be published by itself now. Something is still to be done first. Then choose another moment, or publish it at once."
            )
            missing = what_is_missing(standing, place.languages) or [word(why)]
            body = [str(said), *missing, _desk(bureau, month)]
        key = f"report.not-published/{bureau}/{month}/{now:%Y%m%d%H%M}/{person.id}"
        _mail(person, subject, body, key=key, now=now)


def what_is_missing(standing: Standing, languages: list[str]) -> list[str]:
    """What is still to be done for a report, a sentence each, in the language that is being written in."""
    found: list[str] = []
    if not standing.closed:
        found.append(gettext("The log of the month is still open."))
        if standing.unsigned:
            found.append(
                ngettext(
                    "%(num)d organisation has not said yet that its month is complete.",
                    "%(num)d organisations have not said yet that their month is complete.",
                    standing.unsigned,
                )
            )
    elif standing.state == "unsafe":
        found.append(gettext("Nothing can be published like this: somebody could perhaps be found."))
    elif standing.state not in ("prepared", "scheduled"):
        found.append(gettext("The numbers are not protected and attacked yet."))
    if standing.months_before:
        found.append(gettext("The months before are not published yet"))
    if standing.strange:
        found.append(gettext("The words tell a number that the report does not show. It cannot be published so."))
    if standing.missing_words:
        names = ", ".join(LANGUAGES[tag].own_name if tag in LANGUAGES else tag for tag in standing.missing_words)
        found.append(gettext("Words are missing in: %(languages)s", languages=names))
    return [str(one) for one in found]


def remind_managers(*, now: datetime) -> int:
    """From the third of the month on, write once to the managers of each bureau whose last month has no report yet."""
    return sum(_remind(bureau, month, now=now) for bureau, month in queries.reminders_due(now=now))


def _remind(bureau: str, month: str, *, now: datetime) -> int:
    standing = queries.standing_of(bureau, month, now=now)
    with transaction() as session:
        place = places.hold_bureau(bureau)
        series = session.get_one(ReportSeries, place.id)
        if series.reminded_of == month:
            return 0
        series.reminded_of = month
        readers = managers_of(place.id)
        for person in readers:
            with writing_in(person.language):
                told = formats.month_name(Month.parse(month), person.language)
                subject = gettext("The report of %(month)s", month=told)
                missing = what_is_missing(standing, place.languages)
                said = [gettext("It is not published yet. This is still to be done:"), *(f"– {one}" for one in missing)]
                ready = gettext("It is not published yet. Nothing is missing: look at it and publish it.")
                body = ["\n".join(map(str, said)) if missing else str(ready), _desk(bureau, month)]
            _mail(person, subject, body, key=f"report.reminder/{bureau}/{month}/{person.id}", now=now)
        return len(readers)


def _mail(person: Reader, subject: str, body: Sequence[str], *, key: str, now: datetime) -> None:
    outbox.queue(
        to=person.email, language=person.language, subject=str(subject), body="\n\n".join(body), now=now, key=key
    )  # fmt: skip


def _desk(bureau: str, month: str) -> str:
    return f"{current_app.config['BASE_URL']}{path_to('reports.month', bureau=bureau, month=month)}"
