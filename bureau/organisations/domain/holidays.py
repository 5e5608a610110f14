"""The public holidays of a country, named in several languages.

Dates come from the ``holidays`` package; so do names in the languages it has for the country. Where our table knows
the holiday by its English name, the table's short names count, in all seven languages of the interface.
"""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

import holidays

from bureau.kernel.errors import Refused
from bureau.kernel.localised import LocalisedText

_OBSERVED = " (observed)"
_TAGS = ("en", "bg", "fr", "uk", "ru", "ar", "fa")
_TABLE = {
    words[0]: dict(zip(_TAGS, words[1:], strict=True))
    for words in (
        ("New Year's Day", "New Year’s Day", "Нова година", "Jour de l’An", "Новий рік", "Новый год",
         "رأس السنة", "سال نو میلادی"),
        ("Non-working day", "Non-working day", "Неприсъствен ден", "Jour non travaillé", "Неробочий день",
         "Нерабочий день", "يوم عطلة", "روز تعطیل"),
        ("Liberation Day", "Liberation Day", "Ден на Освобождението", "Jour de la Libération", "День визволення",
         "День освобождения", "يوم التحرير", "روز آزادی بلغارستان"),
        ("Good Friday", "Good Friday", "Велики петък", "Vendredi saint", "Страсна п’ятниця", "Страстная пятница",
         "الجمعة العظيمة", "جمعهٔ نیک"),
        ("Holy Saturday", "Holy Saturday", "Велика събота", "Samedi saint", "Велика субота", "Великая суббота",
         "سبت النور", "شنبهٔ مقدس"),
        ("Easter", "Easter", "Великден", "Pâques", "Великдень", "Пасха", "عيد الفصح", "عید پاک"),
        ("Labor Day and International Workers' Solidarity Day", "Labour Day", "Ден на труда", "Fête du Travail",
         "День праці", "День труда", "عيد العمال", "روز جهانی کارگر"),
        ("Saint George's Day, Day of the Bulgarian Army", "Saint George’s Day", "Гергьовден", "Saint-Georges",
         "День Святого Георгія", "День святого Георгия", "عيد القديس جاورجيوس", "روز جرجیس قدیس"),
        ("Day of Slavonic Alphabet, Bulgarian Enlightenment and Culture", "Day of the Alphabet and Culture",
         "Ден на азбуката и културата", "Fête de l’alphabet et de la culture", "День писемності та культури",
         "День письменности и культуры", "يوم الأبجدية والثقافة", "روز الفبا و فرهنگ"),
        ("Unification Day", "Unification Day", "Ден на Съединението", "Jour de l’Unification", "День об’єднання",
         "День объединения", "يوم الوحدة", "روز اتحاد بلغارستان"),
        ("Independence Day", "Independence Day", "Ден на Независимостта", "Jour de l’Indépendance",
         "День незалежності", "День независимости", "يوم الاستقلال", "روز استقلال"),
        ("Christmas Eve", "Christmas Eve", "Бъдни вечер", "Veille de Noël", "Святвечір", "Сочельник",
         "عشية عيد الميلاد", "شب کریسمس"),
        ("Christmas Day", "Christmas", "Коледа", "Noël", "Різдво", "Рождество", "عيد الميلاد", "کریسمس"),
    )
}  # fmt: skip


class UnknownCountry(Refused):
    """The public holidays of this country are not known; closed days can be written in by hand."""

    code: ClassVar[str] = "unknown_country"


def ensure_country(code: str) -> str:
    """A country (ISO 3166, two letters) whose public holidays are known."""
    if code not in holidays.list_supported_countries(include_aliases=False):
        raise UnknownCountry(field="holidays_of", country=code)
    return code


def public_holidays(country: str, year: int, languages: Iterable[str]) -> dict[date, LocalisedText]:
    """The country's public holidays of ``year``, with days off given for a weekend, named in ``languages``."""
    ensure_country(country)
    tags = tuple(languages)
    supported = holidays.country_holidays(country).supported_languages
    theirs = {tag: _calendar(country, year, tag) for tag in tags if tag in supported}
    english = _calendar(country, year, "en_US" if "en_US" in supported else None)
    return {
        day: LocalisedText({tag: words for tag in tags if (words := _name(name, tag) or theirs.get(tag, {}).get(day))})
        or LocalisedText({"en": name})
        for day, name in sorted(english.items())
    }


def _calendar(country: str, year: int, language: str | None) -> dict[date, str]:
    return dict(holidays.country_holidays(country, years=year, language=language).items())


def _name(english: str, tag: str) -> str | None:
    """Our own name of one holiday, or of several that fall on one day; none where any is strange to the table."""
    names = [_TABLE.get(part.removesuffix(_OBSERVED), {}).get(tag) for part in english.split("; ")]
    known = [name for name in names if name]
    return " · ".join(dict.fromkeys(known)) if len(known) == len(names) else None
