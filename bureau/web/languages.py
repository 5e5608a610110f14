"""The seven languages of the interface: names in their own script, direction, and the locale that formats their dates."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from flask import g, has_request_context, request
from flask_babel import force_locale, get_locale

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


def select_locale() -> str:
    """The locale of this request: the page's own language, else the person's, else what the browser prefers."""
    return LANGUAGES[select_language()].locale


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
    locale = get_locale()
    return DEFAULT if locale is None else str(locale).split("_")[0]


def writing_in(language: str) -> AbstractContextManager[None]:
    """A context in which everything is worded in ``language``, for mails and files."""
    context: AbstractContextManager[None] = force_locale(LANGUAGES.get(language, LANGUAGES[DEFAULT]).locale)
    return context
