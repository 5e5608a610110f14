"""Words as each language joins them and begins a line with them."""

from datetime import date

import pytest

from bureau.kernel.month import Month
from bureau.web import formats


@pytest.mark.parametrize(
    ("language", "name"),
    [("bg", "Декември 2026"), ("uk", "Грудень 2026"), ("fr", "Décembre 2026"), ("ar", "ديسمبر 2026")],
)
def test_a_month_at_the_beginning_of_a_line_has_a_capital_where_the_script_has_any(language: str, name: str) -> None:
    month = formats.month_name(Month(2026, 12), language)

    assert formats.capital(month) == name


@pytest.mark.parametrize(("language", "joined"), [("en", "L1, L2"), ("ar", "L1، L2"), ("fa", "L1، L2")])
def test_names_are_joined_with_the_comma_of_the_language(language: str, joined: str) -> None:
    assert formats.listed(["L1", "L2"], language) == joined


@pytest.mark.parametrize(
    ("day", "said"), [(date(2026, 12, 1), "mardi 1er décembre"), (date(2026, 12, 2), "mercredi 2 décembre")]
)
def test_french_counts_the_first_of_a_month_by_its_ordinal(day: date, said: str) -> None:
    assert formats.day_long(day, "fr") == said
    assert formats.day_full(day, "fr") == f"{said.partition(' ')[2]} 2026"
