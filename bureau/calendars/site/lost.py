"""What a web server shows by itself: where an address leads nowhere, and where a form meets nobody."""

from collections.abc import Iterator
from functools import partial

from flask_babel import force_locale, gettext
from jinja2 import Environment

from bureau.calendars.domain.files import Draft
from bureau.web.languages import LANGUAGES

from .contexts import SiteContext
from .reader import written_languages

LOST, DOWN = "lost.html", "down.html"


def lost_drafts(site: SiteContext) -> Iterator[Draft]:
    """Both pages in every language that anything is written in."""
    written = {tag for place in site.places for tag in written_languages(place)}
    tags = tuple(tag for tag in LANGUAGES if tag in written)
    for tag in tags:
        for name in (LOST, DOWN):
            make = partial(_write, site.environment, tag, tags, name)
            yield Draft(path=f"{tag}/{name}", sources=(tags,), make=make)


def _write(environment: Environment, language: str, tags: tuple[str, ...], name: str) -> bytes:
    with force_locale(LANGUAGES[language].locale):
        sentence = (
            gettext("We cannot find this. It may have been moved or deleted.")
            if name == LOST
            else gettext("Something went wrong on our side. Nothing you saved is lost. Please try again.")
        )
        html = environment.get_template("lost.html").render(
            language=language, direction=LANGUAGES[language].direction, sentence=sentence,
            interface_languages={tag: LANGUAGES[tag] for tag in tags},
        )  # fmt: skip
    return html.encode()
