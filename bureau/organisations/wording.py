"""What the refusals of places and partners say."""

from typing import Any

from flask_babel import gettext, lazy_gettext

from bureau.kernel.errors import Refused
from bureau.web import formats
from bureau.web.languages import current_language
from bureau.web.wording import register, register_words

register("in_use", lazy_gettext("This is in use and cannot be deleted. You can put it out of use instead."))
register("neutral_name_missing", lazy_gettext("A protected service needs a neutral name in the main language."))
register("invalid.language_tag", lazy_gettext("“%(value)s” is not a language tag. Examples: ar, fa-AF, kmr."))
register("until_before_from", lazy_gettext("The last day must not be before the first."))
register("no_language", lazy_gettext("Please choose at least one language."))
register("minimum_above_promise", lazy_gettext("The minimum cannot be more than what is promised."))
register("unknown_country", lazy_gettext("We do not know the public holidays of this country. Use a code like BG."))


def _overlap(error: Refused) -> str:
    known: Any = error.params
    language = current_language()
    sentence: str = gettext(
        "The hours %(one)s and %(other)s overlap on the same weekday.",
        one=formats.said_hours(known["starts"], known["ends"], language),
        other=formats.said_hours(known["other_starts"], known["other_ends"], language),
    )
    return sentence


register_words("hours_overlap", _overlap)
register(
    "not_spoken_for",
    lazy_gettext(
        "This organisation is also known in other bureaux. Only its own coordinators or an administrator may do this."
    ),
)
register("ends_before_start", lazy_gettext("The end must be after the start."))
