"""The code on a slip: read however it is typed, and a slip of the pen is told from a code that nobody has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.servicelog.domain.codes import ALPHABET, CODES, CodeMistyped, code_of, read_code, spaced

NUMBERS = st.integers(min_value=0, max_value=CODES - 1)


@given(number=NUMBERS)
@settings(max_examples=25)
def test_a_code_is_read_as_it_is_written_and_in_any_dress(number: int) -> None:
    code = code_of(number)

    assert {read_code(one) for one in (code, spaced(code), spaced(code).lower(), f" {'-'.join(code)}. ")} == {code}


@given(number=NUMBERS)
@settings(max_examples=10)
def test_one_wrong_letter_or_two_that_changed_places_are_seen(number: int) -> None:
    code = code_of(number)
    wrong = {code[:place] + other + code[place + 1 :] for place in range(len(code)) for other in ALPHABET}
    swapped = {code[:place] + code[place + 1] + code[place] + code[place + 2 :] for place in range(len(code) - 1)}

    for typed in (wrong | swapped) - {code}:
        with pytest.raises(CodeMistyped):
            read_code(typed)


@pytest.mark.parametrize("typed", ["", "A", "1234567", "123456789", "hello wor", "00000001"])
def test_what_is_no_code_is_mistyped(typed: str) -> None:
    with pytest.raises(CodeMistyped):
        read_code(typed)


def test_letters_of_other_keyboards_and_look_alikes_are_read_as_they_were_meant() -> None:
    looks = str.maketrans({"0": "о", "1": "l", "8": "В", "5": "s", "A": "а", "H": "Н", "X": "х", "7": "٧", "3": "۳"})

    for number in range(0, CODES, CODES // 40):
        assert read_code(code_of(number).translate(looks)) == code_of(number)


def test_no_letter_of_a_code_looks_like_another() -> None:
    assert not set(ALPHABET) & set("OQILZSGBU")
    assert len(set(map(code_of, range(2_000)))) == 2_000
