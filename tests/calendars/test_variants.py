"""The same pages with other digits and other dates."""

import re
from collections.abc import Mapping
from datetime import date

import pytest

from bureau.calendars.domain.variants import VARIANTS, Variant
from bureau.calendars.site import jalali
from bureau.calendars.site.dates import Dates
from bureau.calendars.site.variants import in_variant

ARABIC, PERSIAN, JALALI = VARIANTS
TODAY = date(2026, 12, 9)
DATES = Dates(language="fa", today=TODAY)


def written(html: str, variant: Variant = ARABIC) -> str:
    """A piece of a page of ``golden-river`` in a variant."""
    return in_variant(html.encode(), variant, "golden-river").decode()


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("<p>12 شارع</p>", "<p>١٢ شارع</p>"),
        ("<bdi>10:00–12:00</bdi>", "<bdi>١٠:٠٠ إلى ١٢:٠٠</bdi>"),
        ("<p>A2 5</p>", "<p>A2 ٥</p>"),
        ("<p>5 https://bureau.example/2026-12/ 6</p>", "<p>٥ https://bureau.example/2026-12/ ٦</p>"),
        ("<p>&#39;5&#39; &amp; 6</p>", "<p>&#39;٥&#39; &amp; ٦</p>"),
        ('<bdi dir="ltr">+359 2 000</bdi>', '<bdi dir="ltr">+359 2 000</bdi>'),
        ('<span lang="en" dir="auto">Room 5</span>', '<span lang="en" dir="auto">Room 5</span>'),
        ('<li data-from="17">7</li>', '<li data-from="17">٧</li>'),
        ('<script type="application/ld+json">{"a":1}</script>', '<script type="application/ld+json">{"a":1}</script>'),
    ],
)
def test_only_what_is_read_gets_other_digits(plain: str, other: str) -> None:
    assert written(plain) == other


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("/ar/golden-river/", "/ar-arab/golden-river/"),
        ("/ar/golden-river/2026-12/#d9", "/ar-arab/golden-river/2026-12/#d9"),
        ("/ar/golden-river/#where", "/ar-arab/golden-river/#where"),
        ("/ar/golden-river/calendar.ics", "/ar/golden-river/calendar.ics"),
        ("/ar/golden-river/2026-12/poster.pdf", "/ar/golden-river/2026-12/poster.pdf"),
        ("/en/golden-river/", "/en/golden-river/"),
        ("https://bureau.example/ar/golden-river/", "https://bureau.example/ar/golden-river/"),
    ],
)
def test_links_lead_on_within_the_variant_and_to_the_one_feed(plain: str, other: str) -> None:
    assert written(f'<a href="{plain}">x</a>') == f'<a href="{other}">x</a>'


def test_the_page_says_which_digits_and_calendar_it_has() -> None:
    assert written('<html lang="fa" dir="rtl">', JALALI) == '<html lang="fa-u-ca-persian-nu-arabext" dir="rtl">'


def test_the_switch_shows_where_the_reader_is() -> None:
    switch = (
        '<nav class="digits"><a href="/fa/golden-river/" aria-current="true">1 دسامبر</a>'
        '<a href="/fa-jalali/golden-river/">۱۰ آذر</a></nav>'
    )

    assert written(switch, JALALI) == (
        '<nav class="digits"><a href="/fa/golden-river/">1 دسامبر</a>'
        '<a href="/fa-jalali/golden-river/" aria-current="true">۱۰ آذر</a></nav>'
    )


@pytest.mark.parametrize(
    ("plain", "gregorian", "solar"),
    [
        (DATES.long(TODAY), "چهارشنبه ۹ دسامبر", "چهارشنبه ۱۸ آذر (۹ دسامبر)"),
        (DATES.full(TODAY), "۹ دسامبر ۲۰۲۶", "۱۸ آذر ۱۴۰۵ (۹ دسامبر ۲۰۲۶)"),
        (DATES.short(TODAY), "۹ دسامبر", "۱۸ آذر (۹ دسامبر)"),
        (DATES.span(date(2026, 12, 7), date(2026, 12, 11)), "۷ تا ۱۱ دسامبر", "۱۶ – ۲۰ آذر (۷ تا ۱۱ دسامبر)"),
        (DATES.span(date(2026, 12, 21), date(2026, 12, 25)), "۲۱ تا ۲۵ دسامبر", "۳۰ آذر – ۴ دی (۲۱ تا ۲۵ دسامبر)"),
    ],
)
def test_a_day_is_written_by_the_readers_calendar(plain: str, gregorian: str, solar: str) -> None:
    assert re.sub("<[^>]+>", "", written(plain, PERSIAN)) == gregorian
    assert re.sub("<[^>]+>", "", written(plain, JALALI)) == solar


def test_a_month_over_the_persian_new_year_names_both_years() -> None:
    assert jalali.worded("month", "2027-03", None) == "اسفند 1405 – فروردین 1406 (مارس 2027)"


def test_languages_without_another_calendar_carry_no_marks() -> None:
    assert Dates(language="en", today=TODAY).long(TODAY) == "Wednesday 9 December"


def test_no_latin_digit_is_left_to_read_on_a_page_of_persian_digits(site: Mapping[str, bytes]) -> None:
    html = site["fa-jalali/golden-river/2026-12/index.html"].decode()
    body = re.sub(
        r'<nav class="digits".*?</nav>|<bdi dir="ltr">.*?</bdi>|<script.*?</script>', "", html.split("<body")[1]
    )

    words = re.sub(r"<(\w+)[^>]* lang=[^>]*>[^<]*</\1>|<[^>]+>|\S+://\S+", " ", body)
    assert re.findall(r"(?<![A-Za-z])\d+(?![A-Za-z])", re.sub("[۰-۹]", "", words)) == []
