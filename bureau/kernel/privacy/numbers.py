"""Numbers that belong to one person: telephones, personal numbers, documents, accounts."""

import re
from collections.abc import Iterator
from datetime import date

from .checksums import LONGEST_IBAN, SHORTEST_IBAN, is_egn, is_iban, is_lnch
from .dates import days_in
from .findings import DOCUMENT, IBAN, NUMBER, PERSONAL_NUMBER, PHONE, Seen
from .reading import fold

FEWEST_DIGITS = 7
"""So many digits in a row are a telephone, a document, a person: nothing that a desk needs has as many."""
_TAKEN = "\0"
_LOOK_LIKE = str.maketrans("OОoоQlIІi|ЗзSB", "00000111113358")
_DIGITISH = re.compile(r"(?<![^\W\d_])(?=[^\s]*\d)[\dOОoоQlIІi|Зз]+(?![^\W\d_])")
_TIMES = re.compile(r"(?<![\d./:])(?:[01]?\d|2[0-3])(?:[:.]|\s?h\s?)[0-5]\d(?![\d/:]|\.\d)")
_MONEY = r"(?:лв|лев|bgn|eur|евро|євро|usd|uah|грн|руб|leva|lev|euro|dollar|€|\$|ليفا|لوا|يورو|دولار|تومان|دينار|ليره)"
_AMOUNTS = re.compile(
    rf"(?<!\d)(?:\d{{1,3}}(?:[ .,]\d{{3}})+|\d{{1,7}})(?:[.,]\d{{1,2}})?\s?{_MONEY}|{_MONEY}\s?\d[\d ,.]*",
    re.IGNORECASE,
)
_LAWS = re.compile(r"(?<![\d/])(?:\d{1,4}/(?:19|20)\d\d|(?:19|20)\d\d/\d{1,4})(?:/\w{2,3})?(?![\d/])")
_RUN = re.compile(r"[+(]{0,2}\d(?:[ .\-/()_*·#:]{0,3}\d)+")
_HEADED = re.compile(r"(?<![\d./:\-])(?:1[34]|19|20)\d\d(?=\s?:\s)")
"""A year before a colon, as in “September 2026: 150”: it is no part of the number that follows."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,32}", re.IGNORECASE)
_SERIES = re.compile(
    r"\b[A-ZА-ЯІЇЄ]{1,3}[ -]?#?\s?\d{5,9}\b"  # letters, then a number
    r"|\b(?=\w*[a-z])(?=(?:[a-z]*\d){5})[a-z0-9]{6,14}\b(?<!20\d\d)"  # letters and digits mixed
    r"|\b[A-ZА-Я]{1,2}[ -]?\d{4}[ -]?[A-ZА-Я]{2}\b"  # a car
)
_SERIES_SMALL = re.compile(r"\b(?=\w*[a-z])(?=(?:[a-z]*\d){5})[a-z0-9]{6,14}\b", re.IGNORECASE)
_PERSONAL = re.compile(
    r"(?<!\w)(?:егн|єгн|лнч|egn|lnch?|іпн|инн|рнокпп|снилс|ssn|الرقم الوطني|الرقم الشخصي|كد ملي|تذكره)(?!\w)",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"passe?port|паспорт|лична карт|посвідчен|удостоверен|(?<!\w)карт[аиу]\w*|картк|\bcards?\b|\bcarte\b|\bpermit\b|"
    r"(?<!\w)(?:reg|рег)\.|(?<!\w)(?:дело|делото|справа|справи|дела|преписка|case|file|dossier|titre)(?!\w)|"
    r"جواز|بطاقه|قضيه|ملف|اقامه|گذرنامه|پاسپورت|كارت|پرونده|شناسنامه",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"(?<!\w)(?:тел|телефон\w*|phone|tel|telephone|mobile|gsm|джиесем|viber|вайб[еъ]р|whats?app|ватсап|портабле?|portable|"
    r"هاتف|موبايل|جوال|واتساب|تلفن)(?!\w)",
    re.IGNORECASE,
)
_AFTER_WORD = re.compile(r"[^\n\d]{0,14}?(?P<number>(?:[A-ZА-ЯІЇЄa-z]{1,3}[ -]?)?\d[\dA-ZА-Я /.\-#]{2,}\d)")
_DIGIT_WORDS = frozenset(
    fold("""
zero oh nought one two three four five six seven eight nine deux trois quatre cinq sept huit neuf un
нула едно един две три четири пет шест седем осем девет нуль один два чотири п'ять шість сім вісім дев'ять
ноль одна четыре пять шесть семь восемь девять
صفر واحد واحده اثنان اثنين ثلاثه ثلاث اربعه اربع خمسه خمس سته ست سبعه سبع ثمانيه ثماني تسعه تسع
يك دو سه چهار پنج شش هفت هشت نه
""").split()
)
FEWEST_DIGIT_WORDS = 5
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def numbers_in(text: str, today: date) -> Iterator[Seen]:
    """Every number that tells who somebody is."""
    digits = _DIGITISH.sub(lambda match: match[0].translate(_LOOK_LIKE), text)
    yield from _accounts(digits)
    plain = _without(_AMOUNTS, _without(_TIMES, _without_days(digits, today)))
    yield from _after(_PERSONAL, plain, PERSONAL_NUMBER)
    yield from _after(_PAPER, plain, DOCUMENT)
    yield from _after(_TELEPHONE, plain, PHONE)
    plain = _without(_HEADED, _without(_LAWS, plain))
    yield from _runs(plain)
    for pattern in (_SERIES, _SERIES_SMALL):
        for match in pattern.finditer(plain):
            yield DOCUMENT, match.start(), match.end()
    yield from _spelled(text)


def _without_days(text: str, today: date) -> str:
    for day in list(days_in(text, today)):
        text = text[: day.start] + _TAKEN * (day.end - day.start) + text[day.end :]
    return text


def _without(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: _TAKEN * len(match[0]), text)


def _accounts(text: str) -> Iterator[Seen]:
    for match in _IBAN.finditer(text):
        places = [index for index, char in enumerate(match[0]) if char.isalnum()]
        letters = "".join(match[0][index] for index in places).upper()
        for length in range(SHORTEST_IBAN, min(LONGEST_IBAN, len(letters)) + 1):
            if letters.isascii() and is_iban(letters[:length]):
                yield IBAN, match.start(), match.start() + places[length - 1] + 1


def _after(word: re.Pattern[str], text: str, kind: str) -> Iterator[Seen]:
    """A number of four digits or more right behind such a word, unless it is a year."""
    for match in word.finditer(text):
        number = _AFTER_WORD.match(text, match.end())
        if number is None:
            continue
        groups = re.findall(r"\d+", number["number"])
        if sum(map(len, groups)) >= 4 and not all(map(_YEAR.fullmatch, groups)):
            yield kind, number.start("number"), number.end("number")


def _runs(text: str) -> Iterator[Seen]:
    for match in _RUN.finditer(text):
        groups = re.findall(r"\d+", match[0])
        digits = "".join(groups)
        if len(digits) >= FEWEST_DIGITS and not all(map(_YEAR.fullmatch, groups)):
            yield _kind_of(match[0], digits), match.start(), match.end()


def _kind_of(written: str, digits: str) -> str:
    if is_egn(digits) or is_lnch(digits):
        return PERSONAL_NUMBER
    return PHONE if written.startswith(("+", "0", "(")) else NUMBER


def _spelled(text: str) -> Iterator[Seen]:
    """Digits written as words, one after the other."""
    row: list[re.Match[str]] = []
    for match in (*_WORDS.finditer(text), None):
        if match is not None and match[0].casefold() in _DIGIT_WORDS:
            row.append(match)
            continue
        if len(row) >= FEWEST_DIGIT_WORDS:
            yield NUMBER, row[0].start(), row[-1].end()
        row = []
