"""What every template may use: formats in the reader's language, icons, language chips, texts in several languages."""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request, url_for
from jinja2.runtime import Macro

from bureau.kernel.localised import LocalisedText

from . import formats
from .identity import find_identity
from .intake import LARGEST
from .languages import LANGUAGES, current_language


def say(text: LocalisedText) -> str:
    """The text in the reader's language, with the stated fallback."""
    return text.in_(current_language())


def numbered_url(endpoint: str, name: str, **parts: Any) -> str:
    """Addresses of many pages of one kind, as a pattern into which the number of each thing is put: ``pattern % number``."""
    values: dict[str, Any] = {**parts, name: LARGEST}
    before, _, after = url_for(endpoint, **values).replace("%", "%%").partition(str(LARGEST))
    return f"{before}%d{after}"


def static_url(name: str) -> str:
    """The address of a static file. A page names dozens, each icon one."""
    return _static_url(name, request.script_root if has_request_context() else "")


@lru_cache(maxsize=1024)
def _static_url(name: str, _root: str) -> str:
    """``_root`` is where a server before ours put the application."""
    return url_for("static", filename=name)


def fixed_url(endpoint: str) -> str:
    """The address of a page that is the same for everybody."""
    return _fixed_url(endpoint, request.script_root)


def drawn(macro: Macro, *given: Hashable) -> str:
    """What a component makes of what it is given, drawn once for all who read the same language.

    For components that are imported without the page's context, and draw from nothing else; what changes is given anew.
    """
    return _drawn(macro, current_language(), request.script_root, given)


@lru_cache(maxsize=2048)
def _drawn(macro: Macro, _language: str, _root: str, given: tuple[Hashable, ...]) -> str:
    return macro(*given)


@lru_cache(maxsize=128)
def _fixed_url(endpoint: str, _root: str) -> str:
    return url_for(endpoint)


def install(app: Flask) -> None:
    """Give templates the filters and the globals."""
    app.jinja_env.filters["say"] = say
    for name in ("day_long", "day_full", "day_month", "weekday", "weekday_short", "month_name", "number", "listed"):
        app.jinja_env.filters[name] = _in_readers_language(getattr(formats, name))
    app.jinja_env.filters["language_name"] = _in_readers_language(formats.language_name)
    app.jinja_env.filters.update(clock=formats.clock, capital=formats.capital, dotted=formats.dotted)
    app.jinja_env.globals.update(hours=formats.hours, short_hours=formats.short_hours)
    app.jinja_env.globals.update(static_url=static_url, fixed_url=fixed_url, drawn=drawn)
    # Components are imported without the page's context, so what they need of it is a global too.
    app.jinja_env.globals.update(current_language=current_language, interface_languages=LANGUAGES)
    app.context_processor(_about_the_reader)


def _in_readers_language(format_value: Any) -> Any:
    def formatted(value: Any, language: str | None = None) -> str:
        words: str = format_value(value, language or current_language())
        return words

    return formatted


def _about_the_reader() -> dict[str, Any]:
    language = current_language()
    return {
        "language": language,
        "direction": LANGUAGES[language].direction if language in LANGUAGES else "ltr",
        "interface_languages": LANGUAGES,
        "person": find_identity(),
    }
