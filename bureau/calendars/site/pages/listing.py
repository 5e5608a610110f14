"""What a need, a service, a language or a partner is, and its next dates."""

from bureau.calendars.domain import files, selection
from bureau.calendars.site import structured
from bureau.calendars.site.reader import Reader

from .frame import Page, render
from .nearest import Next, Way, next_of, told_of
from .subjects import Subject

SHOWN_TIMES = 12
"""How many times a page of next dates lists; the month and the feed beside it have them all."""


def listing(reader: Reader, subject: Subject) -> bytes:
    """The page."""
    coming = selection.upcoming(subject.sessions, reader.today)
    moments = tuple(selection.moments(coming))
    name = reader.says(subject.name)
    page = Page(
        title=name,
        description=reader.says(subject.lede) or " · ".join(reader.says(one.name) for one in subject.services) or name,
        address=subject.address,
    )
    return render(
        reader, "calendars/listing.html", page,
        told=moments, structured=structured.of_dates(reader, coming, subject.services),
        subject=subject, moments=moments[:SHOWN_TIMES], more=len(moments) > SHOWN_TIMES,
        at_once=selection.at_once(moments),
        changes=told_of(reader, subject.sessions),
        links={one.code: reader.href(files.service_address(one.code)) for one in subject.services},
        in_languages=_in_languages(reader, subject), for_needs=_for_needs(reader, subject),
        elsewhere=_elsewhere(reader, subject), month=_month(reader, subject),
    )  # fmt: skip


def ways(reader: Reader, subject: Subject) -> tuple[object, ...]:
    """Where else the page leads, and when that is to be had: as sources of it, which name the names otherwise."""
    led = (*_in_languages(reader, subject), *_for_needs(reader, subject))
    return tuple((one.href, one.next) for one in led), _elsewhere(reader, subject)


def _in_languages(reader: Reader, subject: Subject) -> tuple[Way, ...]:
    """The languages that the need was ever given in, each with the page of both."""
    if subject.need is None:
        return ()
    need, index = subject.need, reader.place.index
    given = [tag for tag in reader.place.languages if index.has(need.code, tag)]
    return tuple(
        Way(
            href=reader.href(files.need_in_language_address(need.code, one.tag)),
            next=None,
            spoken=one,
            here=one == subject.spoken,
        )
        for one in reader.own_first(given)
    )


def _for_needs(reader: Reader, subject: Subject) -> tuple[Way, ...]:
    """The needs that were ever met in the language, each with the page of both and its next day there."""
    if subject.spoken is None:
        return ()
    tag, index = subject.spoken.tag, reader.place.index
    return tuple(
        Way(
            href=reader.href(files.need_in_language_address(need.code, tag)),
            next=next_of(reader, index.for_need_in(need.code, tag)),
            need=need,
            here=need == subject.need,
        )
        for need in reader.place.categories.values()
        if index.has(need.code, tag)
    )


def _elsewhere(reader: Reader, subject: Subject) -> tuple[str, Next] | None:
    """The need in whichever language comes first, where that is sooner than in the chosen one."""
    if subject.need is None or subject.spoken is None:
        return None
    sooner = next_of(reader, reader.place.index.with_need(subject.need.code))
    own = next_of(reader, subject.sessions)
    if sooner is None or (own and own.day <= sooner.day):
        return None
    return reader.need(subject.need.code), sooner


def _month(reader: Reader, subject: Subject) -> str | None:
    """The month of just this, where there is one."""
    if subject.kind not in {"need", "language"}:
        return None
    return reader.href(files.in_month(subject.address))
