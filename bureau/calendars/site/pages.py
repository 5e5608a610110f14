"""One function for each kind of page: home, the month, and the next dates of a need, service, language or partner."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from bureau.calendars.domain import files, selection
from bureau.calendars.domain.files import Address
from bureau.calendars.domain.opening import Times, hours_on, merged, next_open_day
from bureau.calendars.domain.selection import Sessions
from bureau.calendars.domain.weeks import weeks_of
from bureau.kernel.localised import LocalisedText
from bureau.kernel.localtime import instant
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import (
    PublishedCategory,
    PublishedClosure,
    PublishedLanguage,
    PublishedService,
)
from bureau.web import formats
from bureau.web.languages import LANGUAGES

from .reader import Link, Reader

SHOWN_TIMES = 12
"""How many times a page of next dates lists; the feed beside it has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands around the content: title, description, and the same page in other languages."""

    title: str
    description: str
    address: Address
    here: str = ""
    indexed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """When something is to be had next: on ``when`` (in words) at ``hours``; ``other`` where not in the reader's language."""

    when: str
    hours: tuple[Times, ...]
    other: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a page of next dates is about."""

    kind: str
    address: Address
    name: LocalisedText
    lede: LocalisedText
    sessions: Sessions
    services: tuple[PublishedService, ...]
    icon: str | None = None
    spoken: PublishedLanguage | None = None


def home(reader: Reader) -> bytes:
    """Open today? Who is here today and next in the reader's language; the others; what do you need?"""
    place, today = reader.place, reader.today
    own = selection.spoken_in(place.sessions, reader.language)
    open_next = next_open_day(place.blocks, today)
    hours_today = hours_on(place.blocks, today)
    others_on = today if hours_today or selection.on_day(place.sessions, today) else open_next or today
    page = Page(
        title=reader.says(place.bureau.name),
        description=reader.says(place.bureau.welcome),
        address=files.HOME,
        here="home",
    )
    return _render(
        reader, "calendars/home.html", page,
        hours_today=hours_today, instants_today=_instants(reader),
        closed_because=next((one.reason for one in _closures(reader) if one.day == today), None),
        open_next=open_next and (open_next, hours_on(place.blocks, open_next)),
        own=place.languages.get(reader.language),
        today_own=tuple(selection.moments(selection.on_day(own, today))),
        next_own=tuple(selection.moments(selection.next_day(own, today))),
        others=_others(reader, others_on), others_on=others_on,
        needs=[(category, _next(reader, category)) for category in place.categories.values()],
        week=_week_hours(reader),
        month=files.month_address(Month.of(today)),
    )  # fmt: skip


def month(reader: Reader, wanted: Month) -> bytes:
    """The month as agenda and week grid, or a kind word where it is not published yet."""
    document = reader.place.programmes.get(wanted)
    name = formats.month_name(wanted, reader.language)
    page = Page(
        title=name,
        description=f"{name} · {reader.says(reader.place.bureau.about)}",
        address=files.month_address(wanted),
        here="month",
        indexed=document is not None,
    )
    if document is None:
        return _render(reader, "calendars/unpublished.html", page, wanted=wanted, months=_around(reader, wanted))
    weeks = weeks_of(document, reader.today)
    return _render(
        reader, "calendars/month.html", page,
        wanted=wanted, months=_around(reader, wanted), document=document,
        past=[week for week in weeks if week.past], weeks=[week for week in weeks if not week.past],
        changed=sorted({one.day for one in selection.changed(document) if one.day >= reader.today}),
        number_changed=len(selection.upcoming(selection.changed(document), reader.today)),
        spoken=_spoken(reader), needs=list(reader.place.categories.values()),
        organisations=[
            Link(name=one.name, href=reader.href(files.organisation_address(one.code)))
            for one in reader.place.organisations.values()
        ],
    )  # fmt: skip


def listing(reader: Reader, subject: Subject) -> bytes:
    """What the subject is and its next dates."""
    coming = selection.upcoming(subject.sessions, reader.today)
    moments = list(selection.moments(coming))
    name = reader.says(subject.name)
    words = f"{name}\n{reader.url(subject.address)}"
    page = Page(
        title=name,
        description=reader.says(subject.lede) or " · ".join(reader.says(one.name) for one in subject.services) or name,
        address=subject.address,
    )
    return _render(
        reader, "calendars/listing.html", page,
        subject=subject, moments=moments[:SHOWN_TIMES], more=len(moments) > SHOWN_TIMES,
        links={one.code: reader.href(files.service_address(one.code)) for one in subject.services},
        spoken=reader.own_first({tag for session in coming for tag in session.languages}) if subject.spoken is None else (),
        share=f"mailto:?subject={quote(name)}&body={quote(words)}",
        month=files.month_address(Month.of(reader.today)),
    )  # fmt: skip


def subjects(reader: Reader) -> Iterator[Subject]:
    """Everything that has a page of next dates."""
    place = reader.place
    services = tuple(place.services.values())
    nothing = LocalisedText()
    for category in place.categories.values():
        yield Subject(
            kind="need", address=files.need_address(category.code), name=category.name, lede=nothing, icon=category.icon,
            sessions=selection.with_category(place, place.sessions, category.code),
            services=tuple(one for one in services if one.category == category.code),
        )  # fmt: skip
    for service in services:
        yield Subject(
            kind="service", address=files.service_address(service.code), name=service.name, lede=service.description,
            icon=_icon(reader, service), sessions=selection.with_service(place.sessions, service.code), services=(service,),
        )  # fmt: skip
    for language in place.languages.values():
        yield Subject(
            kind="language", address=files.language_address(language.tag), name=language.name, lede=nothing,
            sessions=selection.spoken_in(place.sessions, language.tag), services=(), spoken=language,
        )  # fmt: skip
    for organisation in place.organisations.values():
        sessions = selection.of_organisation(place.sessions, organisation.code)
        given = {code for session in sessions for code in session.services}
        yield Subject(
            kind="organisation", address=files.organisation_address(organisation.code), name=organisation.name,
            lede=organisation.about, sessions=sessions, icon="people",
            services=tuple(one for one in services if one.code in given),
        )  # fmt: skip


def _render(reader: Reader, template: str, page: Page, **context: object) -> bytes:
    bureau = reader.place.bureau
    html = reader.environment.get_template(template).render(
        page=page, reader=reader, bureau=bureau, language=reader.language, direction=reader.direction, today=reader.today,
        switch=[(LANGUAGES[tag], reader.href(page.address, tag)) for tag in reader.languages],
        feed=page.address.feed(reader.language, bureau.code),
        home=reader.href(files.HOME), this_month=reader.href(files.month_address(Month.of(reader.today))),
        **context,
    )  # fmt: skip
    return html.encode()


def _instants(reader: Reader) -> list[tuple[int, int, str]]:
    """Today's opening as seconds since 1970, from and to, and the closing time in words, for the script."""
    zone, today = reader.place.bureau.timezone, reader.today
    return [
        (
            int(instant(today, starts, zone).timestamp()),
            int(instant(today, ends, zone).timestamp()),
            formats.clock(ends),
        )
        for starts, ends in hours_on(reader.place.blocks, today)
    ]


def _closures(reader: Reader) -> Iterator[PublishedClosure]:
    for document in reader.place.programmes.values():
        yield from document.closures


def _icon(reader: Reader, service: PublishedService) -> str | None:
    category: PublishedCategory | None = reader.place.categories.get(service.category)
    return category.icon if category else None


def _others(reader: Reader, day: date) -> list[tuple[PublishedLanguage, str, tuple[Times, ...]]]:
    """The other languages spoken on ``day``, each with its page and hours."""
    here = selection.taking_place(selection.on_day(reader.place.sessions, day))
    return [
        (language, reader.href(files.language_address(tag)), hours)
        for tag, language in reader.place.languages.items()
        if tag != reader.language
        if (hours := merged((one.starts, one.ends) for one in selection.spoken_in(here, tag)))
    ]


def _next(reader: Reader, category: PublishedCategory) -> Next | None:
    """The next day with sessions of the need, in the reader's language if there is one."""
    every = selection.with_category(reader.place, reader.place.sessions, category.code)
    coming = selection.taking_place(selection.upcoming(every, reader.today))
    own = selection.spoken_in(coming, reader.language)
    first = (own or coming)[:1]
    if not first:
        return None
    day = first[0].day
    hours = merged((one.starts, one.ends) for one in selection.on_day(own or coming, day))
    return Next(when=reader.when(day), hours=hours, other=not own)


def _week_hours(reader: Reader) -> list[tuple[date, tuple[Times, ...], LocalisedText | None]]:
    """Today and the six days after it, as far as published: when the bureau is open, or why it is not."""
    reasons = {one.day: one.reason for one in _closures(reader)}
    days = (reader.today + timedelta(days=offset) for offset in range(7))
    known = [day for day in days if Month.of(day) in reader.place.programmes]
    return [(day, hours_on(reader.place.blocks, day), reasons.get(day)) for day in known]


def _spoken(reader: Reader) -> list[tuple[PublishedLanguage, str]]:
    """The languages given at all, each with its page, the reader's own first."""
    given = {tag for session in selection.taking_place(reader.place.sessions) for tag in session.languages}
    tags = [tag for tag in reader.place.languages if tag in given]
    return [(one, reader.href(files.language_address(one.tag))) for one in reader.own_first(tags)]


def _around(reader: Reader, wanted: Month) -> list[tuple[Month, str, bool]]:
    """The months to turn to, oldest first: the neighbours that have a page, and this one."""
    near = [one for one in reader.place.months(reader.today) if abs(_distance(one, wanted)) <= 1]
    return [(one, reader.href(files.month_address(one)), one == wanted) for one in near]


def _distance(one: Month, other: Month) -> int:
    return (one.year - other.year) * 12 + one.number - other.number
