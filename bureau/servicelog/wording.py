"""What refusals of the service log say, and how its bands are called."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext, lazy_gettext, lazy_pgettext

from bureau.kernel.errors import Refused
from bureau.kernel.month import Month
from bureau.web import formats
from bureau.web.furniture import say
from bureau.web.languages import current_language
from bureau.web.privacy import SEEN
from bureau.web.wording import register, register_words

register("invalid.ref", lazy_gettext("This entry has no proper number of its own. Load the page again."))
register("invalid.in_the_future", lazy_gettext("This day is still to come."))
register("invalid.too_long_ago", lazy_gettext("This day is too long ago to be counted."))
register("taken_back_already", lazy_gettext("Somebody has corrected this entry already."))
register("entry_undo_over", lazy_gettext("This entry can no longer be undone. Correct it in the log, with a reason."))
register("log_closed", lazy_gettext("The log of this month is closed already."))
register(
    "entries_of_another",
    lazy_gettext("Another person made these entries. They are sent when that person signs in here."),
)
register("month_not_over", lazy_gettext("This month is not over yet."))

register(
    "unknown_log_column",
    lazy_gettext("The log has no column “%(value)s”, so that nothing else is kept of anybody. It has: %(known)s."),
)
register("missing_log_column", lazy_gettext("The column “%(value)s” is missing; every entry needs it."))
register(
    "ref_elsewhere",
    lazy_gettext("Another organisation has counted something under this ref. Put a word of your own before it."),
)


def _ref_names_somebody(error: Refused) -> str:
    kind = SEEN[str(error.params["kind"])]
    return str(gettext("This looks like %(kind)s. A ref is what a program counts, and nothing of anybody.", kind=kind))


register_words("ref_names_somebody", _ref_names_somebody)
register("ref_twice", lazy_gettext("“%(value)s” stands in line %(line)s already; each entry has a ref of its own."))

REASONS = {
    "mistake": lazy_gettext("Something in it is wrong"),
    "twice": lazy_gettext("It was counted twice"),
    "other": lazy_gettext("Another reason"),
}
"""Why an entry is corrected or taken back."""

register("still_counting", lazy_gettext("Another table of yours is being counted. Wait until it is done."))
register("notes_off", lazy_gettext("This bureau keeps no notes."))

register("invalid.day_ahead", lazy_gettext("Please choose today or a day within the next year."))
register(
    "referral_code_mistyped",
    lazy_gettext("A letter or a digit of this code is wrong or missing. Look at the slip again."),
)
register("referral_code_unknown", lazy_gettext("The code is written well, but no slip of this bureau has it."))
register("referral_closed", lazy_gettext("This referral is closed already."))


def _for_another(error: Refused) -> str:
    organisation: Any = error.params["organisation"]
    return str(gettext("This slip is for %(organisation)s.", organisation=say(organisation)))


register_words("referral_for_another", _for_another)


def _arrived_already(error: Refused) -> str:
    """Who was first, and when, where that is known."""
    by, at, timezone = (error.params.get(name) for name in ("by", "at", "timezone"))
    if not isinstance(at, datetime):
        return str(gettext("This is marked as arrived already."))
    when = formats.at(at, str(timezone), current_language())
    return str(gettext("%(name)s has marked this as arrived already: %(when)s.", name=by, when=when))


register_words("referral_arrived_already", _arrived_already)

REFERRAL_STATES = {
    "given": lazy_pgettext("referral", "on the way"),
    "arrived": lazy_pgettext("referral", "arrived"),
    "closed": lazy_pgettext("referral", "closed"),
}
REFERRAL_ENDS = {
    "helped": lazy_pgettext("referral", "helped"),
    "not-helped": lazy_pgettext("referral", "could not be helped"),
    "never-came": lazy_pgettext("referral", "did not come, the date has passed"),
    "not-needed": lazy_pgettext("referral", "no longer needed"),
}
"""Why a referral is closed."""

DEEDS = {
    "entry.undone": lazy_gettext("An entry was undone at once"),
    "entry.corrected": lazy_gettext("An entry was corrected"),
    "entry.taken_back": lazy_gettext("An entry was taken back"),
    "log.imported": lazy_gettext("A table was taken in"),
    "log.kept_so": lazy_gettext("How the log is kept was changed"),
    "month.signed_off": lazy_gettext("The month was said to be complete"),
    "month.sign_off_withdrawn": lazy_gettext("The word that the month is complete was taken back"),
    "month.closed": lazy_gettext("The month was closed"),
    "referral.given": lazy_gettext("A referral was given"),
    "referral.arrived": lazy_gettext("A referral was marked as arrived"),
    "referral.not_arrived": lazy_gettext("“Arrived” was taken back"),
    "referral.closed": lazy_gettext("A referral was closed"),
    "referral.reopened": lazy_gettext("A referral was opened again"),
}
"""What the audit tells of a log."""


def counts_later(month: Month | None, day: date) -> str:
    """What to say where the month of a day was closed before something of it came, so that it counts in a later one."""
    if month in (None, Month.of(day)):
        return ""
    name = formats.month_name(month, current_language())
    return str(gettext("The month of this day is closed already. It counts in %(month)s.", month=name))
