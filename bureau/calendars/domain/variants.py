"""The same pages with other digits or another calendar, for readers who prefer them: a whole tree of links, no cookie."""

from dataclasses import dataclass

_ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩"
_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A tree of pages beside the plain one of ``language``.

    ``segment`` is the first part of its addresses, ``tag`` the BCP 47 tag with the Unicode extension. ``between`` stands
    in ranges, where a dash would leave open in which direction to read; ``persian`` says that dates are Solar Hijri.
    """

    segment: str
    language: str
    tag: str
    digits: str
    between: str
    persian: bool = False


VARIANTS: tuple[Variant, ...] = (
    Variant(segment="ar-arab", language="ar", tag="ar-u-nu-arab", digits=_ARABIC_INDIC, between=" إلى "),
    Variant(segment="fa-arabext", language="fa", tag="fa-u-nu-arabext", digits=_PERSIAN, between=" تا "),
    Variant(
        segment="fa-jalali", language="fa", tag="fa-u-ca-persian-nu-arabext", digits=_PERSIAN, between=" تا ",
        persian=True,
    ),
)  # fmt: skip


def variants_of(language: str) -> tuple[Variant, ...]:
    """The variants that a reader of the language may choose from."""
    return tuple(one for one in VARIANTS if one.language == language)
