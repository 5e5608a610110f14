"""Whatever people type is cleaned in one place."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bureau.kernel.text import clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Lina   Ivanova ", "Lina Ivanova"),
        ("й", "й"),
        ("a\x00b\x07c", "abc"),
        ("good\u202egnp.exe", "goodgnp.exe"),
        ("two\nlines", "two lines"),
        ("tab\tand\u00a0space", "tab and space"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("x\ufffe\uffff", "x"),
        ("\ud800", ""),
    ],
)
def test_a_line_is_cleaned(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_paragraphs_stay_and_empty_lines_are_folded() -> None:
    assert clean_text("one\r\n\r\n\r\n\r\ntwo  \rthree", multiline=True) == "one\n\ntwo\nthree"


@given(st.text(), st.booleans())
@example("  \n", True)
@example("\n \n \n a", True)
def test_cleaning_twice_changes_nothing_more(typed: str, multiline: bool) -> None:
    once = clean_text(typed, multiline=multiline)

    assert clean_text(once, multiline=multiline) == once


@given(st.text(st.characters(codec=None)), st.booleans())
def test_nothing_that_breaks_feeds_or_spreadsheets_is_left(typed: str, multiline: bool) -> None:
    kept = clean_text(typed, multiline=multiline)

    allowed = {"\n"} if multiline else set()
    assert not [char for char in kept if unicodedata.category(char) in {"Cc", "Cs"} and char not in allowed]
    assert not set(kept) & set("\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == kept.strip()
