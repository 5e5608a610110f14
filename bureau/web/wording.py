"""What each refusal says to a person, by its code. Features add their own sentences to the same list."""

from collections.abc import Callable

from flask_babel import lazy_gettext

from bureau.kernel.errors import Refused

Words = Callable[[Refused], str]

_SENTENCES: dict[str, object] = {}
_WORDS: dict[str, Words] = {}


def register(code: str, sentence: object) -> None:
    """Word the refusals of ``code`` with a lazy sentence whose placeholders the refusal's params fill."""
    if _SENTENCES.setdefault(code, sentence) is not sentence:
        raise ValueError(f"two features word the refusal {code!r}")


def register_words(code: str, words: Words) -> None:
    """Word the refusals of ``code`` with a function, where values must be formatted first."""
    _WORDS[code] = words


def word(error: Refused) -> str:
    """The sentence for ``error``, in the language of the request."""
    if error.code in _WORDS:
        return _WORDS[error.code](error)
    reason = error.params.get("reason")
    sentence = _SENTENCES.get(f"{error.code}.{reason}", _SENTENCES.get(error.code))
    if sentence is None:
        raise KeyError(f"no wording for the refusal {error.code!r} {error.params!r}")
    return str(sentence) % error.params


register("refused", lazy_gettext("This is not possible."))
register("not_found", lazy_gettext("We cannot find this. It may have been moved or deleted."))
register("forbidden", lazy_gettext("Your account may not do this. Ask the bureau manager if you think it should."))
register("stale", lazy_gettext("Somebody changed this meanwhile. Look at it again; what you wrote is kept."))
register("invalid", lazy_gettext("Please check what you wrote here."))
register("invalid.month", lazy_gettext("Write the month as year and number, for example 2026-12."))
register("invalid.required", lazy_gettext("Please fill this in."))
register("invalid.too_long", lazy_gettext("This is too long. Please write at most %(limit)s characters."))
register("invalid.number", lazy_gettext("Please write a whole number from %(low)s to %(high)s."))
register("invalid.date", lazy_gettext("Please write a date, for example 2026-12-31."))
register("invalid.time", lazy_gettext("Please write a time, for example 10:00."))
register("invalid.code", lazy_gettext("Use small letters, digits and hyphens only."))
register("invalid.unknown", lazy_gettext("“%(value)s” is not known here."))
register("invalid.taken", lazy_gettext("“%(value)s” is already in use."))
register("invalid.choice", lazy_gettext("Please choose one of the list."))
register("invalid.email", lazy_gettext("This does not look like an e-mail address."))
register("several", lazy_gettext("Some things need another look."))
register("unreadable_table", lazy_gettext("This file cannot be read. Please send the table as XLSX or CSV."))
register(
    "unreadable_table.letters",
    lazy_gettext("The letters of this file cannot be read. Save it as “CSV UTF-8” or as XLSX."),
)
register("unreadable_table.size", lazy_gettext("This file is too large to be taken in here."))
