"""How codes are called: those that no catalogue names, in all languages, to be frozen with what is published; and read from there."""

from collections.abc import Mapping, Sequence

from flask_babel import force_locale, lazy_gettext, lazy_pgettext

from bureau.reports.domain.cells import TOTAL
from bureau.reports.domain.document import Report
from bureau.web.bands import BAND_NAMES, BANDS

Labels = Mapping[tuple[str, str], Mapping[str, str]]
"""Names of codes, by dimension and code, then by language."""

MEASURES = {
    "consultations": lazy_gettext("Consultations"),
    "unmet": lazy_gettext("Asked for in vain"),
    "attendances": lazy_gettext("Attendances of groups"),
    "referrals": lazy_gettext("Referrals"),
    "sessions-planned": lazy_gettext("Sessions planned"),
    "sessions-held": lazy_gettext("Sessions held"),
    "spoken-planned": lazy_gettext("Sessions planned, once for each language"),
    "spoken-held": lazy_gettext("Sessions held, once for each language"),
    "covered": lazy_gettext("Sessions held, once for each need in each language"),
}
ARRIVALS = {
    "arrived": lazy_pgettext("referral", "arrived"),
    "not-arrived": lazy_pgettext("referral", "not arrived yet"),
}
BAND_OF = {
    "INTERPRETATION": "interpretation", "VISIT": "visit_kind", "WAITING": "waiting_band", "OUTCOME": "outcome",
    "SEX": "sex", "AGE": "age_band",
}  # fmt: skip
DIMENSIONS = {
    "ORGANISATION": lazy_gettext("Organisation"),
    "SERVICE": lazy_gettext("Service"),
    "LANGUAGE": lazy_gettext("Language"),
    "STATUS": lazy_gettext("Status group"),
    **{dimension: BAND_NAMES[band] for dimension, band in BAND_OF.items()},
    "ARRIVAL": lazy_pgettext("referral", "Arrival"),
}
"""What a table may be told apart by."""
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


class Names:
    """What the codes of a report are called in a language."""

    def __init__(self, report: Report, language: str) -> None:
        """The names as they were frozen with the numbers."""
        self._dimensions, self.language = report.release.dimensions, language
        self._labels = {
            (dimension.id, code.code): code.labels
            for dimension in self._dimensions.values()
            for code in dimension.codes
        }

    def __call__(self, dimension: str, code: str) -> str:
        """The name in the language, else in English, else the code."""
        labels = self._labels.get((dimension, code), {})
        return labels.get(self.language) or labels.get("en") or next(iter(labels.values()), code)

    def below(self, dimension: str, code: str = TOTAL) -> list[str]:
        """The codes directly below one."""
        return list(self._dimensions[dimension].children.get(code, ()))
