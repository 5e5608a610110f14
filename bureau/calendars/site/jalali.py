"""Days by the Solar Hijri calendar, with the Gregorian day in brackets: letters from offices here give that one."""

from collections.abc import Callable
from datetime import date

from jdatetime import date as solar_date
from markupsafe import Markup

from bureau.kernel.month import Month
from bureau.web import formats

PERSIAN = "fa"
MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip


def worded(form: str, machine: str, last: str | None) -> str:
    """A day (or a month, or the days up to ``last``) in the ``form`` that ``Dates`` marked it with."""
    return _FORMS[form](machine, last)


def day_and_month(day: date) -> str:
    """18 Azar."""
    solar = solar_date.fromgregorian(date=day)
    return f"{solar.day} {MONTHS[solar.month - 1]}"


def full(day: date) -> str:
    """18 Azar 1405."""
    return f"{day_and_month(day)} {solar_date.fromgregorian(date=day).year}"


def _long(machine: str, _: str | None) -> str:
    day = date.fromisoformat(machine)
    return f"{formats.weekday(day, PERSIAN)} {day_and_month(day)} ({formats.day_month(day, PERSIAN)})"


def _short(machine: str, _: str | None) -> str:
    day = date.fromisoformat(machine)
    return f"{day_and_month(day)} ({formats.day_month(day, PERSIAN)})"


def _full(machine: str, _: str | None) -> str:
    day = date.fromisoformat(machine)
    return f"{full(day)} ({formats.day_full(day, PERSIAN)})"


def _numbered(machine: str, _: str | None) -> str:
    day = date.fromisoformat(machine)
    words = Markup('<span class="day-n num">{}</span> {} <span class="small">({})</span>')
    return words.format(day_and_month(day), formats.weekday(day, PERSIAN), formats.day_month(day, PERSIAN))


def _month(machine: str, _: str | None) -> str:
    month = Month.parse(machine)
    first, last = (solar_date.fromgregorian(date=day) for day in (month.first, month.last))
    begins, ends = MONTHS[first.month - 1], MONTHS[last.month - 1]
    solar = (
        f"{begins} {first.year} – {ends} {last.year}" if first.year != last.year else f"{begins} – {ends} {last.year}"
    )
    return f"{solar} ({formats.month_name(month, PERSIAN)})"


def _span(machine: str, last: str | None) -> str:
    first_day, last_day = date.fromisoformat(machine), date.fromisoformat(last or machine)
    first, final = (solar_date.fromgregorian(date=day) for day in (first_day, last_day))
    together = first.month == final.month
    begins = f"{first.day}" if together else day_and_month(first_day)
    solar = day_and_month(last_day) if first == final else f"{begins} – {day_and_month(last_day)}"
    days = f"{first_day.day}–{last_day.day}" if first != final else str(first_day.day)
    return f"{solar} ({days} {formats.month_after_day(last_day, PERSIAN)})"


_FORMS: dict[str, Callable[[str, str | None], str]] = {
    "long": _long,
    "short": _short,
    "full": _full,
    "numbered": _numbered,
    "month": _month,
    "span": _span,
}
