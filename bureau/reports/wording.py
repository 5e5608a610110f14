"""What refusals of reports say, and how codes are called that no catalogue names."""

from collections.abc import Sequence

from flask_babel import force_locale, lazy_gettext, lazy_pgettext

from bureau.reports.queries.figures import Labels
from bureau.web.bands import BANDS
from bureau.web.wording import register

register(
    "report_month_not_closed",
    lazy_gettext("The log of this month is still open. Close it first: only what no longer changes can be published."),
)
register("report_months_missing", lazy_gettext("Publish the reports of the months before first: %(missing)s."))
register("report_published", lazy_gettext("The report of this month is published. Its numbers never change."))
register("report_not_published", lazy_gettext("There is no published report of this month."))
register(
    "report_series_begun",
    lazy_gettext("This year has a published report already. The way of protecting can change with the next year."),
)
register(
    "report_unsafe",
    lazy_gettext("Nothing was published: whatever was tried, somebody could perhaps be found in these numbers."),
)

MEASURES = {
    "consultations": lazy_gettext("Consultations"),
    "unmet": lazy_gettext("Asked for in vain"),
    "attendances": lazy_gettext("Attendances of groups"),
    "referrals": lazy_gettext("Referrals"),
    "sessions-planned": lazy_gettext("Sessions planned"),
    "sessions-held": lazy_gettext("Sessions held"),
}
ARRIVALS = {
    "arrived": lazy_pgettext("referral", "arrived"),
    "not-arrived": lazy_pgettext("referral", "not arrived yet"),
}
BAND_OF = {
    "INTERPRETATION": "interpretation", "VISIT": "visit_kind", "WAITING": "waiting_band", "OUTCOME": "outcome",
    "SEX": "sex", "AGE": "age_band",
}  # fmt: skip
COMMON = {"_T": lazy_gettext("All"), "_U": lazy_gettext("Not asked")}


def labels_in(languages: Sequence[str]) -> Labels:
    """The names of all codes that no catalogue names, in these languages."""
    words = {
        **{("MEASURE", code): word for code, word in MEASURES.items()},
        **{("ARRIVAL", code): word for code, word in ARRIVALS.items()},
        **{("", code): word for code, word in COMMON.items()},
        **{
            (dimension, code): BANDS[band, code]
            for dimension, band in BAND_OF.items()
            for of, code in BANDS
            if of == band
        },
    }
    found: dict[tuple[str, str], dict[str, str]] = {key: {} for key in words}
    for tag in languages:
        with force_locale(tag):
            for key, word in words.items():
                found[key][tag] = str(word)
    return found
