"""Where somebody lives: streets, houses, blocks, flats."""

import re
from collections.abc import Iterable, Iterator

from .findings import ADDRESS, Seen

_CAPITAL = r"[A-ZА-ЯІЇЄҐ]"
_STREETS_EXACT = (
    # a street's name is written with a capital
    rf"\b(?:[Уу]лиц|[Вв]улиц|[Бб]ульвар|[Бб]улевард|[Пп]роспект|[Пп]ереул|[Пп]ровул|[Пп]лощад|[Пп]лощ)\w*\.?\s+[„«\"]?(?:{_CAPITAL}\w+|\d)",
    rf"\b(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Bb]d|[Ii]mpasse|[Cc]hemin|[Aa]llee|[Qq]uai)\s+(?:(?:de|des|du|la|le|les|l'|d')\s?)*{_CAPITAL}\w+",
    rf"\b(?:{_CAPITAL}\w+\s+){{1,3}}(?:[Ss]treet|St\.(?!\s[A-Z])|[Rr]oad|Rd\.?|[Aa]venue|Ave\.?|[Bb]oulevard|[Bb]lvd\.?|[Ll]ane|[Ss]quare)(?!\w)",
)  # fmt: skip
_HOMES_EXACT = (
    rf"\b[Жж]\.?\s?[Кк]\.?\s+{_CAPITAL}\w+\s+\d+\s?,?\s?(?:бл|вх|ап)",
    r"\b(?:вх|вход|под'їзд|подъезд|entr|entrance|entree)\.?\s?[A-ZА-Я]\b",
)
_STREETS_ANY_CASE = (
    r"(?<!\w)(?:ул|вул|бул|пл|просп|пр-т|пр-кт|пров|пер)\.\s?[„«\"]?\w+",
    r"(?<!\w)(?:ul|bul|vul|blvd)\.?\s+[a-z]\w+(?:\s+[a-z]\w+){0,2}\s*,?\s*(?:no\.?|#)?\s?\d+",
    r"(?<!\w)(?:ul|bul|vul)\.\s?[a-z]\w+",
    r"(?<!\w)\d{1,4}\s?[a-z]?(?:\s?bis|\s?ter)?,?\s+(?:rue|avenue|av\.|boulevard|bd|place|impasse|chemin|allee|quai|cours)\s+\w+",
    r"(?<!\w)\d{1,4}\s?[a-z]?,?\s+(?:[a-z]\w+\s+){1,3}(?:street|st|road|rd|avenue|ave|boulevard|blvd|lane|square)(?!\w)",
    r"(?<!\w)(?:улиц|вулиц|бульвар|булевард|проспект)\w*\s+\w+(?:\s+\w+)?\s*,?\s*(?:#|дом|буд\.?|номер)\s?\d+",
    r"(?<!\w)(?:улица|вулиця|бульвар|булевард|проспект)\s+[^\W\d]\w+(?:\s+[^\W\d]\w+)?\s+\d+(?=[,.;\s]*$|,)",
    r"(?<!\w)[وب]?(?:شارع|زقاق|جاده)\s+[^\W\d]\w+",
    r"(?<!\w)خيابان\s+(?!مي|نمي)[^\W\d]\w+[^.؟\n]{0,25}?\d+",
    r"(?<!\w)(?:كوچه|بن\s?بست)\s+[^\W\d]\w+",
)
_HOMES_ANY_CASE = (
    r"(?<!\w)(?:бл|вх|ап|кв|бл\.\s?#)\.?\s?#?\s?\d+(?!\d*[.:]\d)",
    r"(?<!\w)(?:блок|апартамент|под'їзд|подъезд|квартира|кварт|дом|будинок|буд)\.?\s?#?\s?\d+",
    r"(?<!\w)(?:bl|vh|vkh|ap|apt|appt|appartement|apartment|flat|entr|entrance|entree|esc|escalier|batiment|block)\.?\s?#?\s?\d+(?!\s?room)",
    r"(?<!\w)[وب]?(?:ال)?(?:بنايه|بناء|بناي|عماره|شقه|مدخل|بلوك|پلاك|پلاک|واحد|منزل|دار)\s*(?:رقم|شماره)?\s*\d+",
)


def _compiled(exact: Iterable[str], any_case: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return (*map(re.compile, exact), *(re.compile(pattern, re.IGNORECASE) for pattern in any_case))


_STREETS = _compiled(_STREETS_EXACT, _STREETS_ANY_CASE)
_HOMES = _compiled(_HOMES_EXACT, _HOMES_ANY_CASE)


def addresses_in(text: str) -> Iterator[Seen]:
    """Streets with what stands behind them, and parts of houses."""
    yield from streets_in(text)
    yield from homes_in(text)


def streets_in(text: str) -> Iterator[Seen]:
    """Streets with what stands behind them."""
    yield from _found(_STREETS, text)


def homes_in(text: str) -> Iterator[Seen]:
    """Blocks, entrances, flats: where people live."""
    yield from _found(_HOMES, text)


def _found(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[Seen]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield ADDRESS, match.start(), match.end()
