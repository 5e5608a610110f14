"""Numbers that prove themselves: Bulgarian ЕГН and ЛНЧ, and IBAN."""

from datetime import date

_EGN = (2, 4, 8, 5, 10, 9, 7, 3, 6)
_LNCH = (21, 19, 17, 13, 11, 9, 7, 3, 1)
SHORTEST_IBAN, LONGEST_IBAN = 15, 34


def is_egn(digits: str) -> bool:
    """Whether the ten digits are a Bulgarian personal number: a date that exists, and the right last digit."""
    return len(digits) == 10 and _is_day(digits[:6]) and _sum(digits, _EGN) % 11 % 10 == int(digits[9])


def is_lnch(digits: str) -> bool:
    """Whether the ten digits are the personal number of a foreigner in Bulgaria."""
    return len(digits) == 10 and _sum(digits, _LNCH) % 10 == int(digits[9])


def is_iban(letters: str) -> bool:
    """Whether the letters and digits are an account's number, by its own check."""
    if not SHORTEST_IBAN <= len(letters) <= LONGEST_IBAN:
        return False
    return int("".join(str(int(one, 36)) for one in letters[4:] + letters[:4])) % 97 == 1


def _sum(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _is_day(digits: str) -> bool:
    """Of a century: months count from 1 (20th), 21 (19th), 41 (21st)."""
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    century = {0: 1900, 1: 1800, 2: 2000}.get((month - 1) // 20)
    return century is not None and is_day(century + year, (month - 1) % 20 + 1, day)


def is_day(year: int, month: int, day: int) -> bool:
    """Whether there is such a day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
