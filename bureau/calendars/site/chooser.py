"""The pages above the bureaux: choose your language, choose your bureau. A server that can, leads on by itself."""

from collections.abc import Iterable, Iterator

from flask_babel import force_locale, gettext
from jinja2 import Environment

from bureau.calendars.domain.files import HOME, PublicFile
from bureau.calendars.domain.place import Place
from bureau.web.languages import DEFAULT, LANGUAGES

from .reader import written_languages


def front_pages(places: Iterable[Place], environment: Environment) -> Iterator[PublicFile]:
    """``/`` with every language, and ``/<lang>/`` with every bureau written in it."""
    by_language = {tag: [one for one in places if tag in written_languages(one)] for tag in LANGUAGES}
    written = {tag: there for tag, there in by_language.items() if there}
    yield _front(environment, "index.html", DEFAULT, written)
    for tag, there in written.items():
        yield _front(environment, f"{tag}/index.html", tag, {tag: there})


def _front(environment: Environment, path: str, language: str, written: dict[str, list[Place]]) -> PublicFile:
    choices = [(LANGUAGES[tag], [_entry(place, tag) for place in places]) for tag, places in written.items()]
    with force_locale(LANGUAGES[language].locale):
        title = gettext("Choose your language") if len(choices) > 1 else gettext("Who can help me?")
        html = environment.get_template("calendars/bureaux.html").render(
            title=title, choices=choices, language=language, direction=LANGUAGES[language].direction
        )
    return PublicFile(path=path, content=html.encode())


def _entry(place: Place, language: str) -> tuple[str, str, str]:
    bureau = place.bureau
    return bureau.name.in_(language), bureau.address.in_(language), HOME.path(language, bureau.code)
