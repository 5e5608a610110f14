"""What is said where a text may tell who somebody is, and which fields of forms are read for that."""

from collections.abc import Iterable

from flask_babel import gettext, lazy_gettext
from wtforms import Field
from wtforms.validators import ValidationError

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.kernel.privacy import NamesSomebody, ensure_nobodys_number

from .wording import register_words, word

SEEN = {
    "email": lazy_gettext("an e-mail address"),
    "account": lazy_gettext("somebody’s account"),
    "phone": lazy_gettext("a telephone number"),
    "personal_number": lazy_gettext("a personal number"),
    "document": lazy_gettext("the number of a document"),
    "iban": lazy_gettext("a bank account"),
    "number": lazy_gettext("a long number, as of a telephone or a document"),
    "birth": lazy_gettext("a date of birth"),
    "address": lazy_gettext("an address"),
    "name": lazy_gettext("a name"),
    "disguised": lazy_gettext("a word with letters that do not belong together"),
    "script": lazy_gettext("letters that we cannot check"),
    "unreadable": lazy_gettext("something that we could not check"),
}
"""What a text is refused for."""


def _names_somebody(error: Refused) -> str:
    """Each thing that was seen, as it was typed; said to whoever typed it and to nobody else."""
    seen = error.seen if isinstance(error, NamesSomebody) else ()
    things = ", ".join(
        gettext("%(kind)s (“%(words)s”)", kind=SEEN[kind], words=words) if words else str(SEEN[kind])
        for kind, words in seen
    )
    return str(gettext("This may tell who somebody is: %(things)s. Write it without, and it is kept.", things=things))


register_words("names_somebody", _names_somebody)


def why_refused(texts: Iterable[object]) -> str:
    """Why a field with these texts is not taken: somebody's number stands in one; empty where none does."""
    today = utcnow().date()
    for text in texts:
        try:
            ensure_nobodys_number(str(text or ""), field="", today=today)
        except NamesSomebody as refusal:
            return word(refusal)
    return ""


def name_alone(_form: object, field: Field) -> None:
    """For the field in which somebody of the staff is named: their numbers stand in none."""
    if why := why_refused([field.data]):
        raise ValidationError(why)
