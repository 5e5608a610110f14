"""For whom a page is written: one language at one bureau, on one day."""

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache, partial
from itertools import count
from typing import Any

from flask import current_app
from jinja2 import Environment
from markupsafe import Markup

from bureau.calendars.domain.files import Address, month_address, need_address, organisation_address, service_address
from bureau.calendars.domain.place import Place
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import PublishedLanguage, PublishedSession
from bureau.web.languages import LANGUAGES

from .dates import Dates
from .pieces import Pieces

Asset = Callable[[str], str]
"""The address of a file of the look: ``css/bureau.css`` → ``/static/…/css/bureau.css``."""


pieces: Pieces[Any] = Pieces()
"""What is known of single sessions, for the publications of this process."""
NUMBER = "number_of_environment"
"""Tells the environments of this process apart, as plain data."""
_numbers = count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A name that leads somewhere."""

    name: LocalisedText
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One session with its names looked up."""

    session: PublishedSession
    services: tuple[Link, ...]
    organisation: Link
    room: LocalisedText
    languages: tuple[PublishedLanguage, ...]
    women: bool
    children: bool


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A reader of ``language`` at ``place`` on ``today``."""

    place: Place
    language: str
    today: date
    base_url: str
    environment: Environment
    several: bool = False
    """Whether there are other bureaux beside this one."""
    reports: tuple[Month, ...] = ()
    """The months that a report is published of."""
    root: str | None = None
    """Where the pages lie while they are looked at before publication; None: where residents read them."""
    banner: Markup = field(default_factory=Markup)
    """What stands above every page then."""

    @property
    def direction(self) -> str:
        """The direction of the reader's language."""
        return LANGUAGES[self.language].direction

    @property
    def frame(self) -> tuple[object, ...]:
        """The sources of what stands around the content of every page, and of every name in it."""
        return self.place.marks.names, str(Month.of(self.today)), self.several, bool(self.reports)

    def day_in(self, month: Month) -> str | None:
        """Today, as a source of a page of that month: the days of other months leave it as it is."""
        return self.today.isoformat() if Month.of(self.today) == month else None

    def day_among(self, days: Collection[date]) -> str | None:
        """Today, as a source of a page that calls any of the ``days`` today, tomorrow, or by its date."""
        near = self.today in days or self.today + timedelta(days=1) in days
        return self.today.isoformat() if near else None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the bureau's site is written in."""
        return written_languages(self.place)

    def href(self, address: Address, language: str | None = None) -> str:
        """A page of this bureau in the reader's language, or in another."""
        if self.root is not None:
            return f"{self.root}/{language or self.language}/{address.below}"
        return address.path(language or self.language, self.place.bureau.code)

    def url(self, address: Address, language: str | None = None) -> str:
        """The whole address of a page, for feeds, search engines and friends."""
        return self.base_url + address.path(language or self.language, self.place.bureau.code)

    def need(self, category: str) -> str:
        """The page of a need."""
        return self.href(need_address(category))

    def day(self, day: date) -> str:
        """A day on the page of its month."""
        return f"{self.href(month_address(Month.of(day)))}#d{day.day}"

    def says(self, text: LocalisedText) -> str:
        """The words in the reader's language, with the stated fallback."""
        return text.in_(self.language)

    @cached_property
    def dates(self) -> Dates:
        """Days as this reader reads them."""
        return Dates(language=self.language, today=self.today)

    def session(self, session: PublishedSession, heading: str) -> Markup:
        """A session as a card; drawn once, since it stands on many pages. ``heading`` is ``h3`` or ``h5``."""
        kind = "card", heading, self.environment.globals[NUMBER], self.root
        drawn: Markup = self.piece(kind, session, partial(self._drawn, session, heading))
        return drawn

    def piece(self, kind: Hashable, session: PublishedSession, make: Callable[[], Any]) -> Any:
        """What ``make`` makes of the session for readers of the language: remembered, but for what is long past."""
        if session.day < self._recent:
            return make()
        marks = self.place.marks
        return pieces.get(marks.names, (kind, self.language, self.base_url, marks.session(session)), make)

    @cached_property
    def _recent(self) -> date:
        """From here on sessions stand in feeds."""
        return Month.of(self.today).shifted(-1).first

    def _drawn(self, session: PublishedSession, heading: str) -> Markup:
        template = self.environment.get_template("calendars/_session.html")
        html = template.render(card=self.card(session), heading=heading, language=self.language, dates=self.dates)
        return Markup(html)  # noqa: S704  (our own template, which escapes)

    def card(self, session: PublishedSession) -> Card:
        """The session with its names, the reader's own language first."""
        services = [self.place.services[code] for code in session.services]
        organisation = self.place.organisations[session.organisation]
        return Card(
            session=session,
            services=tuple(Link(name=one.name, href=self.href(service_address(one.code))) for one in services),
            organisation=Link(name=organisation.name, href=self.href(organisation_address(organisation.code))),
            room=self.place.rooms[session.room].name,
            languages=self.own_first(session.languages),
            women=bool(services) and all(one.audience == "women" for one in services),
            children=bool(services) and all(one.audience == "children" for one in services),
        )

    def own_first(self, tags: Iterable[str]) -> tuple[PublishedLanguage, ...]:
        """The languages of ``tags`` in the bureau's order, the reader's own before the others."""
        wanted = set(tags)
        known = [tag for tag in self.place.languages if tag in wanted]
        return tuple(self.place.languages[tag] for tag in sorted(known, key=lambda tag: tag != self.language))

    def own_names(self, tags: Iterable[str]) -> str:
        """العربية · English: the languages of ``tags`` in a line of plain text, each in its own direction."""
        names = (one.own_name for one in self.own_first(tags))
        if self.direction == "rtl":
            names = (f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" for name in names)
        return " · ".join(names)


def written_languages(place: Place) -> tuple[str, ...]:
    """The languages that a bureau's site is written in, its default first."""
    return tuple(tag for tag in place.bureau.languages if tag in LANGUAGES)


def public_environment(asset: Asset) -> Environment:
    """The application's templates with ``asset`` for addresses of the look; no request is needed to use it."""
    return _environment(current_app.jinja_env, asset)


@lru_cache(maxsize=4)
def _environment(templates: Environment, asset: Asset) -> Environment:
    """Kept, since compiling the templates takes as long as rendering fifty pages."""
    environment = templates.overlay()
    environment.globals = {**templates.globals, "static_url": asset, NUMBER: next(_numbers)}
    return environment
