"""The pages above several bureaux: choose your city or your language; the bureaux near a city, nearest first.

Nobody is asked where they are: the reader picks a city from a list. No folder here has a name that a bureau may have.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask_babel import force_locale, gettext
from jinja2 import Environment

from bureau.calendars.domain import selection
from bureau.calendars.domain.files import HOME, Draft, language_address
from bureau.calendars.domain.network import City, cities_of, nearest
from bureau.calendars.domain.opening import hours_on
from bureau.calendars.domain.place import Place
from bureau.rotation.domain.programme import PublishedLanguage
from bureau.web import formats
from bureau.web.languages import LANGUAGES

from .contexts import SiteContext
from .reader import written_languages

Entry = Mapping[str, Any]
"""What a page says of one bureau, as plain data: the page's source and its content."""


@dataclass(frozen=True, kw_only=True)
class Network:
    """The bureaux that are written in ``language``, for readers of it; ``others`` are the languages of all of them."""

    site: SiteContext
    language: str
    places: tuple[Place, ...]
    others: tuple[str, ...]

    def near(self, city: City) -> str:
        """The page of the bureaux around a city."""
        return f"/{self.language}/near-{city.slug}/"

    def spoken(self, tag: str) -> str:
        """The page of the bureaux where a language is spoken."""
        return f"/{self.language}/language-{tag}/"


def network_drafts(site: SiteContext) -> Iterator[Draft]:
    """In every language: the page to choose from, one for each city, and one for each language that services are given in."""
    written = {tag: tuple(one for one in site.places if tag in written_languages(one)) for tag in LANGUAGES}
    tags = tuple(tag for tag, places in written.items() if places)
    for tag in tags:
        with force_locale(LANGUAGES[tag].locale):
            yield from _in_language(Network(site=site, language=tag, places=written[tag], others=tags))


def _in_language(network: Network) -> Iterator[Draft]:
    cities, languages = cities_of(network.places), _languages(network.places)
    entries = {place.bureau.code: _entry(network, place) for place in network.places}
    page = partial(_draft, network)
    yield page(
        "", gettext("Who can help me?"),
        cities=[(one.name.in_(network.language), network.near(one), _all(entries, one.places)) for one in cities],
        languages=[(one.tag, one.own_name, one.direction, network.spoken(one.tag)) for one in languages],
    )  # fmt: skip
    for city in cities:
        found = [(entries[one.place.bureau.code], one.km) for one in nearest(city, network.places)]
        title = gettext("Bureaux near %(city)s", city=city.name.in_(network.language))
        yield page(f"near-{city.slug}/", title, found=found)
    for one in languages:
        given = [place for place in network.places if place.index.spoken_in(one.tag)]
        found = [(_giving(network, place, one.tag, entries[place.bureau.code]), None) for place in given]
        yield page(f"language-{one.tag}/", one.name.in_(network.language), found=found, spoken=_plain(one))


def _draft(network: Network, below: str, title: str, **content: object) -> Draft:
    sources = (title, network.language, network.others, sorted(content.items()))
    make = partial(_write, network.site.environment, network.language, network.others, below, title, content)
    return Draft(path=f"{network.language}/{below}index.html", sources=sources, make=make)


def _write(
    environment: Environment, language: str, others: tuple[str, ...], below: str, title: str, content: Mapping[str, Any]
) -> bytes:
    with force_locale(LANGUAGES[language].locale):
        html = environment.get_template("calendars/network.html").render(
            title=title, language=language, direction=LANGUAGES[language].direction, below=below,
            switch=[LANGUAGES[tag] for tag in others], **content,
        )  # fmt: skip
    return html.encode()


def _entry(network: Network, place: Place) -> Entry:
    """A bureau: where it is, whether it is open today, which languages are spoken there."""
    bureau, language = place.bureau, network.language
    hours = hours_on(place.blocks, network.site.today(place))
    return {
        "name": bureau.name.in_(language),
        "city": bureau.city.in_(language),
        "address": bureau.address.in_(language),
        "href": HOME.path(language, bureau.code),
        "hours": [formats.hours(starts, ends) for starts, ends in hours],
        "spoken": [_plain(one) for one in _own_first(_languages([place]), language)],
        "next": None,
    }


def _giving(network: Network, place: Place, tag: str, entry: Entry) -> Entry:
    """The same of a bureau where a language is spoken: the next day with it, and the bureau's own page of the language."""
    coming = selection.first_day(place.index.spoken_in(tag), network.site.today(place))
    day = formats.day_long(coming[0].day, network.language) if coming else None
    return {**entry, "href": language_address(tag).path(network.language, place.bureau.code), "next": day}


def _languages(places: Iterable[Place]) -> list[PublishedLanguage]:
    """The languages that are given at any of the places, in the order of the tags."""
    known = {one.tag: one for place in places for one in place.languages.values() if place.index.spoken_in(one.tag)}
    return [known[tag] for tag in sorted(known)]


def _own_first(languages: list[PublishedLanguage], own: str) -> list[PublishedLanguage]:
    return sorted(languages, key=lambda one: one.tag != own)


def _plain(language: PublishedLanguage) -> dict[str, str]:
    return {"tag": language.tag, "own_name": language.own_name, "direction": language.direction}


def _all(entries: Mapping[str, Entry], places: Iterable[Place]) -> list[Entry]:
    return [entries[place.bureau.code] for place in places]
