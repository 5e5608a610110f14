"""The pages above the bureaux: choose your language, choose your bureau. A server that can, leads on by itself."""

from collections.abc import Iterator
from functools import partial

from flask_babel import force_locale, gettext
from jinja2 import Environment

from bureau.calendars.domain.files import HOME, Draft
from bureau.calendars.domain.place import Place
from bureau.web.languages import DEFAULT, LANGUAGES

from .contexts import SiteContext
from .network import network_drafts
from .reader import written_languages

Choices = dict[str, list[tuple[str, str, str]]]
"""Language → name, address and link of every bureau that is written in it."""


def front_drafts(site: SiteContext) -> Iterator[Draft]:
    """``/`` with every language; below it what leads on to the one bureau, or the pages to choose a bureau from."""
    written: Choices = {
        tag: there
        for tag in LANGUAGES
        if (there := [_entry(place, tag) for place in site.places if tag in written_languages(place)])
    }
    if written:
        yield _front(site.environment, "index.html", DEFAULT, written)
    if len(site.places) > 1:
        yield from network_drafts(site)
        return
    for tag, there in written.items():
        yield _front(site.environment, f"{tag}/index.html", tag, {tag: there})


def _front(environment: Environment, path: str, language: str, written: Choices) -> Draft:
    return Draft(path=path, sources=(written,), make=partial(_write, environment, language, written))


def _write(environment: Environment, language: str, written: Choices) -> bytes:
    choices = [(LANGUAGES[tag], there) for tag, there in written.items()]
    with force_locale(LANGUAGES[language].locale):
        title = gettext("Choose your language") if len(choices) > 1 else gettext("Who can help me?")
        html = environment.get_template("calendars/bureaux.html").render(
            title=title, choices=choices, language=language, direction=LANGUAGES[language].direction
        )
    return html.encode()


def _entry(place: Place, language: str) -> tuple[str, str, str]:
    bureau = place.bureau
    return bureau.name.in_(language), bureau.address.in_(language), HOME.path(language, bureau.code)
