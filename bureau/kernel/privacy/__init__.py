"""Nobody is named in a free text: what is refused, and the check that finds it."""

from .checking import found_in, found_in_place, words_of_nobody
from .checksums import is_egn, is_iban, is_lnch
from .findings import DOCUMENT, IBAN, KINDS, NO_NAMES, PERSONAL_NUMBER, PHONE, UNREADABLE, Finding, Names
from .refusing import LONGEST, OF_ONE_PERSON, Look, NamesSomebody, ensure_nobody_named, ensure_nobodys_number

__all__ = [
    "DOCUMENT",
    "IBAN",
    "KINDS",
    "LONGEST",
    "NO_NAMES",
    "OF_ONE_PERSON",
    "PERSONAL_NUMBER",
    "PHONE",
    "UNREADABLE",
    "Finding",
    "Look",
    "Names",
    "NamesSomebody",
    "ensure_nobody_named",
    "ensure_nobodys_number",
    "found_in",
    "found_in_place",
    "is_egn",
    "is_iban",
    "is_lnch",
    "words_of_nobody",
]
