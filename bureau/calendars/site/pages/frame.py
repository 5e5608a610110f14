"""What stands around the content of every page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from bureau.calendars.domain import files
from bureau.calendars.domain.files import Address
from bureau.calendars.domain.selection import Moment
from bureau.calendars.domain.variants import variants_of
from bureau.calendars.site import jalali, offline
from bureau.calendars.site.changes import changes_href
from bureau.calendars.site.reader import Reader
from bureau.calendars.site.sharing import message
from bureau.kernel.month import Month
from bureau.web import formats
from bureau.web.homescreen import browser_locale
from bureau.web.languages import LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Title, description, address, and the page that search engines and feeds should know it by."""

    title: str
    description: str
    address: Address
    here: str = ""
    indexed: bool = True
    feed: Address | None = None
    """The page whose calendar feed belongs to this one; None: a feed of its own lies beside it."""
    heading: str | None = None
    """The title as the page shows it, where that is more than words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several ways to write numbers and dates: an example, and where the page is written so."""

    example: str
    digits: str
    language: str
    href: str
    here: bool


def render(
    reader: Reader, template: str, page: Page, *, told: Iterable[Moment] = (), structured: Markup | None = None,
    **context: object,
) -> bytes:  # fmt: skip
    """The page with its frame; ``told`` are the times that the message to a friend names."""
    bureau = reader.place.bureau
    page = replace(page, title=formats.capital(page.title))
    html = reader.environment.get_template(template).render(
        page=page, reader=reader, dates=reader.dates, bureau=bureau, language=reader.language,
        direction=reader.direction, today=reader.today, structured=structured, told=told,
        switch=[(LANGUAGES[tag], reader.href(page.address, tag)) for tag in reader.languages],
        feed=(page.feed or page.address).feed(reader.language, bureau.code),
        wanted=offline.wanted(reader), browser_locale=browser_locale(reader.language),
        words=partial(message, reader, page.title, page.address),
        home=reader.href(files.HOME), this_month=reader.href(files.month_address(Month.of(reader.today))),
        changes_feed=changes_href(reader), easy=reader.href(files.EASY), accessibility=reader.href(files.ACCESSIBILITY),
        reports_list=reader.href(files.REPORTS), choices=choices(reader, page),
        **context,
    )  # fmt: skip
    return html.encode()


def choices(reader: Reader, page: Page) -> tuple[Choice, ...]:
    """How the page may be read: with the plain digits and dates first; none where there is only one way."""
    variants = variants_of(reader.language)
    if not variants or reader.root is not None:
        return ()
    day = Month.of(reader.today).first
    plain = formats.day_month(day, reader.language)
    found = [Choice(example=plain, digits="123", language=reader.language, href=reader.href(page.address), here=True)]
    for one in variants:
        example = jalali.day_and_month(day) if one.persian else plain
        href = page.address.path(one.segment, reader.place.bureau.code)
        digits = str.maketrans("0123456789", one.digits)
        found.append(
            Choice(
                example=example.translate(digits),
                digits="123".translate(digits),
                language=one.tag,
                href=href,
                here=False,
            )
        )
    return tuple(found)
