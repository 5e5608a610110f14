"""The month as agenda and week grid: all of it, or what is left of it for a language or a need."""

from dataclasses import dataclass

from bureau.calendars.domain import files, selection
from bureau.calendars.domain.several import SEVERAL
from bureau.calendars.domain.usual import usually_published
from bureau.calendars.domain.weeks import Week, weeks_ahead, weeks_of
from bureau.calendars.site import structured
from bureau.calendars.site.data import TABLE
from bureau.calendars.site.display import DISPLAY
from bureau.calendars.site.print.drafts import LARGE, OVERVIEW, POSTER, POSTER_A4, TODAY
from bureau.calendars.site.reader import Link, Reader
from bureau.kernel.clock import local_date
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument
from bureau.web import formats

from .frame import Page, render
from .nearest import Way, told_of
from .subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a month can be narrowed to: by language and need it stays a month; services and partners list their dates."""

    languages: tuple[Way, ...]
    needs: tuple[Way, ...]
    services: tuple[Link, ...]
    organisations: tuple[Link, ...]


def month(reader: Reader, wanted: Month) -> bytes:
    """The month, or a kind word where it is not published yet."""
    document = reader.place.programmes.get(wanted)
    if document is None:
        return _unpublished(reader, wanted)
    weeks = weeks_of(document, reader.today)
    coming = selection.upcoming(document.sessions, reader.today)
    return render(
        reader, "calendars/month.html", _page(reader, wanted), structured=structured.of_dates(reader, coming),
        shown=wanted, months=_around(reader, wanted), document=document, over=wanted < Month.of(reader.today),
        past=[week for week in weeks if week.past], weeks=[week for week in weeks if not week.past],
        changes=told_of(reader, document.sessions, own=True),
        changed_on=_changed_on(reader, document), filters=filters_of(reader), papers=_papers(reader, wanted),
    )  # fmt: skip


def filtered_month(reader: Reader, subject: Subject) -> bytes:
    """What is left of this month and what is published of later ones, for one language or one need."""
    name = reader.says(subject.name)
    title = f"{name} · {formats.month_name(Month.of(reader.today), reader.language)}"
    page = Page(title=title, description=title, address=files.in_month(subject.address), feed=subject.address)
    coming = selection.upcoming(subject.sessions, reader.today)
    return render(
        reader, "calendars/filtered.html", page,
        told=selection.moments(coming), subject=subject, listing=reader.href(subject.address),
        months=_months_ahead(reader, subject), changes=told_of(reader, subject.sessions), filters=filters_of(reader, subject),
    )  # fmt: skip


def filters_of(reader: Reader, chosen: Subject | None = None) -> Filters:
    """Every way to narrow a month, the reader's own language first; with one ``chosen``, how to narrow it further."""
    place = reader.place
    return Filters(
        languages=_by_language(reader, chosen),
        needs=_by_need(reader, chosen),
        services=tuple(
            Link(name=one.name, href=reader.href(files.service_address(one.code))) for one in place.services.values()
        ),
        organisations=tuple(
            Link(name=one.name, href=reader.href(files.organisation_address(one.code)))
            for one in place.organisations.values()
        ),
    )


def _by_language(reader: Reader, chosen: Subject | None) -> tuple[Way, ...]:
    index, need = reader.place.index, chosen and chosen.need
    if need:
        given = [tag for tag in reader.place.languages if index.has(need.code, tag)]
        return tuple(
            Way(href=reader.href(files.need_in_language_address(need.code, one.tag)), next=None, spoken=one)
            for one in reader.own_first(given)
        )
    spoken = chosen and chosen.spoken
    return tuple(
        Way(href=_in_month(reader, files.language_address(one.tag)), next=None, spoken=one, here=one == spoken)
        for one in reader.own_first(index.given)
    )


def _by_need(reader: Reader, chosen: Subject | None) -> tuple[Way, ...]:
    index, spoken, needs = reader.place.index, chosen and chosen.spoken, reader.place.categories.values()
    if spoken:
        return tuple(
            Way(href=reader.href(files.need_in_language_address(one.code, spoken.tag)), next=None, need=one)
            for one in needs
            if index.has(one.code, spoken.tag)
        )
    need = chosen and chosen.need
    return tuple(
        Way(href=_in_month(reader, files.need_address(one.code)), next=None, need=one, here=one == need)
        for one in needs
    )


def _unpublished(reader: Reader, wanted: Month) -> bytes:
    expected = usually_published(reader.place.programmes, wanted, reader.today)
    page = _page(reader, wanted, indexed=False)
    return render(reader, "calendars/unpublished.html", page, months=_around(reader, wanted), expected=expected)


def _papers(reader: Reader, wanted: Month) -> dict[str, str]:
    """What can be printed or read by programs, by name; nothing before the month is public, and no poster once it is over."""
    if reader.root is not None:
        return {}
    code, beside = reader.place.bureau.code, files.month_address(wanted).path(reader.language, reader.place.bureau.code)
    papers = {"table": beside + TABLE}
    if wanted >= Month.of(reader.today):
        names = {"poster": POSTER, "poster_a4": POSTER_A4, "large": LARGE, "overview": OVERVIEW}
        papers |= {kind: beside + name for kind, name in names.items()}
        papers["door"] = files.month_address(wanted).path(SEVERAL, code) + POSTER
    if wanted == Month.of(reader.today):
        papers["today"] = files.HOME.path(reader.language, code) + TODAY
        papers["screen"] = DISPLAY.path(SEVERAL, code)
    return papers


def _page(reader: Reader, wanted: Month, *, indexed: bool = True) -> Page:
    name = formats.month_name(wanted, reader.language)
    return Page(
        title=name,
        heading=reader.dates.month(wanted),
        description=f"{name} · {reader.says(reader.place.bureau.about)}",
        address=files.month_address(wanted),
        here="month",
        indexed=indexed,
    )


def _in_month(reader: Reader, address: files.Address) -> str:
    return reader.href(files.in_month(address))


def _months_ahead(reader: Reader, subject: Subject) -> list[tuple[Month, tuple[Week, ...]]]:
    now = Month.of(reader.today)
    ahead = [(month, document) for month, document in reader.place.programmes.items() if month >= now]
    return [(month, weeks_ahead(document, subject.sessions, reader.today)) for month, document in ahead]


def _changed_on(reader: Reader, document: ProgrammeDocument) -> str | None:
    """The day on which something in the month changed last since it was published first."""
    moments = [session.modified for session in selection.changed(document)]
    day = local_date(max(moments), document.bureau.timezone) if moments else None
    return reader.dates.short(day) if day else None


def _around(reader: Reader, wanted: Month) -> list[tuple[Month, str, bool]]:
    """The months to turn to, oldest first: the neighbours that have a page, and this one."""
    near = [one for one in reader.place.months(reader.today) if abs(_distance(one, wanted)) <= 1]
    return [(one, reader.href(files.month_address(one)), one == wanted) for one in near]


def _distance(one: Month, other: Month) -> int:
    return (one.year - other.year) * 12 + one.number - other.number
