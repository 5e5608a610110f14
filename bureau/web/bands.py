"""How the bands are called in which consultations are counted: on the sheet, in the log, in tables and reports."""

from flask_babel import lazy_gettext, lazy_pgettext

BAND_NAMES = {
    "visit_kind": lazy_gettext("Visit"),
    "interpretation": lazy_gettext("Interpreting"),
    "outcome": lazy_gettext("Result"),
    "waiting_band": lazy_gettext("Waited"),
    "sex": lazy_gettext("Woman or man"),
    "age_band": lazy_pgettext("person", "Age"),
}
"""What may be asked beside service and language, in the order in which the sheet shows it."""

BANDS = {
    ("visit_kind", "first"): lazy_pgettext("visit", "first"),
    ("visit_kind", "return"): lazy_pgettext("visit", "came before"),
    ("interpretation", "none"): lazy_pgettext("interpreting", "none"),
    ("interpretation", "in-house"): lazy_pgettext("interpreting", "in the house"),
    ("interpretation", "phone"): lazy_pgettext("interpreting", "by phone"),
    ("interpretation", "relative"): lazy_pgettext("interpreting", "a relative"),
    ("outcome", "solved"): lazy_pgettext("result", "solved"),
    ("outcome", "next-step"): lazy_pgettext("result", "next step agreed"),
    ("outcome", "referred"): lazy_pgettext("result", "sent on"),
    ("outcome", "not-helped"): lazy_pgettext("result", "could not help"),
    ("waiting_band", "0-15"): lazy_pgettext("waited", "up to 15 minutes"),
    ("waiting_band", "16-30"): lazy_pgettext("waited", "16 to 30 minutes"),
    ("waiting_band", "31-60"): lazy_pgettext("waited", "31 to 60 minutes"),
    ("waiting_band", "60+"): lazy_pgettext("waited", "over an hour"),
    ("sex", "f"): lazy_pgettext("sex", "woman"),
    ("sex", "m"): lazy_pgettext("sex", "man"),
    ("sex", "x"): lazy_pgettext("sex", "other"),
    ("age_band", "0-17"): lazy_pgettext("age", "under 18"),
    ("age_band", "18-29"): lazy_pgettext("age", "18 to 29"),
    ("age_band", "30-59"): lazy_pgettext("age", "30 to 59"),
    ("age_band", "60+"): lazy_pgettext("age", "60 and over"),
}
