"""The seven languages of the interface: names in their own script, direction, and the locale that formats their dates."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel, Domain, force_locale, get_locale, gettext
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from .identity import find_identity


@dataclass(frozen=True, slots=True)
class InterfaceLanguage:
    """A language people can read the whole product in."""

    tag: str
    own_name: str
    direction: str
    locale: str


LANGUAGES: dict[str, InterfaceLanguage] = {
    language.tag: language
    for language in (
        InterfaceLanguage("bg", "български", "ltr", "bg"),
        InterfaceLanguage("en", "English", "ltr", "en_GB"),
        InterfaceLanguage("fr", "français", "ltr", "fr"),
        InterfaceLanguage("uk", "українська", "ltr", "uk"),
        InterfaceLanguage("ru", "русский", "ltr", "ru"),
        InterfaceLanguage("ar", "العربية", "rtl", "ar"),
        InterfaceLanguage("fa", "فارسی", "rtl", "fa"),
    )
}
DEFAULT = "en"


class Words(Domain):
    """The words of each language. Flask-Babel spells the locale out for every sentence; here it is looked up as it is."""

    def __init__(self, domain: str) -> None:
        """Nothing is read before it is asked for."""
        super().__init__(domain=domain)
        self._by_locale: dict[Locale, Any] = {}

    def get_translations(self) -> Any:
        """The words of the language that is being written in."""
        locale = get_locale()
        if locale is None:
            return super().get_translations()
        if locale not in self._by_locale:
            self._by_locale[locale] = super().get_translations()
        return self._by_locale[locale]


def install(app: Flask, translations: Path) -> None:
    """Word everything in the language of the request."""
    babel = Babel(app, default_translation_directories=str(translations), locale_selector=select_locale)
    with app.app_context():
        babel.domain_instance = Words(babel.domain)
    app.jinja_env.globals.update(_=in_template, gettext=in_template)


@pass_eval_context
def in_template(where: EvalContext, sentence: str, /, **values: Any) -> str:
    """A sentence of a template, as Jinja's own gettext words it: that looks itself up by three calls for each."""
    language = current_language()
    if not where.autoescape:
        return _worded(language, sentence) % values
    return _marked(language, sentence) % values if values else _ready(language, sentence)


@lru_cache(maxsize=8192)
def _worded(_language: str, sentence: str) -> str:
    return str(gettext(sentence))


@lru_cache(maxsize=8192)
def _marked(language: str, sentence: str) -> Markup:
    return Markup(_worded(language, sentence))  # noqa: S704  (the translators' words)


@lru_cache(maxsize=8192)
def _ready(language: str, sentence: str) -> Markup:
    """A sentence into which no values are put; a percent sign is written twice in it too."""
    return _marked(language, sentence) % {}


def select_locale() -> Locale:
    """The locale of this request: the page's own language, else the person's, else what the browser prefers."""
    return _locale(LANGUAGES[select_language()].locale)


@cache
def _locale(name: str) -> Locale:
    """Put together once: looking into its name takes as long as wording ten sentences."""
    return Locale.parse(name)


def select_language() -> str:
    """The interface language of this request."""
    if not has_request_context():
        return DEFAULT
    stated = getattr(g, "language", None) or (request.view_args or {}).get("lang") or request.path.split("/")[1]
    if stated in LANGUAGES:
        return str(stated)
    person = find_identity()
    if person is not None and person.language in LANGUAGES:
        return person.language
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return str(asked)
    return request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT


def current_language() -> str:
    """The tag of the language now being written in."""
    kept = g.get("_flask_babel") if has_app_context() else None  # by Flask-Babel, once it has been asked
    found = getattr(kept, "babel_locale", None)
    locale = found or get_locale()
    return DEFAULT if locale is None else locale.language


def writing_in(language: str) -> AbstractContextManager[None]:
    """A context in which everything is worded in ``language``, for mails and files."""
    context: AbstractContextManager[None] = force_locale(_locale(LANGUAGES.get(language, LANGUAGES[DEFAULT]).locale))
    return context
