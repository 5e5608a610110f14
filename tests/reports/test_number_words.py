"""Numbers in letters, in seven languages and their inflected forms, are read as what they are, and nothing else as one."""

import pytest

from bureau.reports.domain.number_vocabulary import VOCABULARIES
from bureau.reports.domain.number_words import written_numbers
from bureau.reports.domain.said_numbers import strange_numbers
from bureau.web.languages import LANGUAGES

MONTHS = ("May", "mai", "мая", "травня", "май", "مايو", "مه")
READ = [
    ("en", "Twelve women, twenty-three men, a hundred; one hundred and one, two thousand three hundred", [12, 23, 100, 101, 2300]),
    ("fr", "Douze femmes et d'onze, quatre-vingt-dix-sept, vingt et un, deux cents, dix-huit", [12, 11, 97, 21, 200, 18]),
    ("bg", "Дванадесет жени, двама и трима, двайсет и пет, сто двайсет и три, пет хиляди", [12, 2, 3, 25, 123, 5000]),
    ("ru", "Двенадцать женщин, трёх, двадцатью пятью, двоих, пять тысяч двести сорок", [12, 3, 25, 2, 5240]),
    ("uk", "Дванадцять жінок, п’ятьох, двадцять одна, двоє, сімсот", [12, 5, 21, 2, 700]),
    ("ar", "اثنتا عشرة امرأة وثلاثة وعشرون رجلاً وخمس نساء، ثلاثمائة وخمسة، أحد عشر، لأربع", [12, 23, 5, 305, 11, 4]),
    ("fa", "دوازده زن و سه مرد، بیست و پنج، صد و سی و نه، سی‌وپنج نفر", [12, 3, 25, 139, 35]),
]  # fmt: skip
LEFT = [
    ("en", "One man, the twenty-third, on the fifth of May, twenty May, second, hundreds, both; often canine weighty"),
    ("fr", "Une femme, un homme, le vingt-troisième, le douze mai, des milliers, déconcert"),
    ("bg", "Една жена, двадесет и трети, пети май, хиляди хора, стотици, предвам"),
    ("ru", "Одна женщина, двадцать третьего, двадцать мая, с семью, тысячи, пятый, двадцатка"),
    ("uk", "Одна жінка, двадцять третього травня, тисячі, сьома, трикутник"),
    ("ar", "واحد، الثالث والعشرين، الخامس عشر، العشرين من مايو، آلاف، مئات"),
    ("fa", "یک زن، نه، بیست و سوم، سه‌شنبه، چهار شنبه، هزاران، دوباره"),
]


@pytest.mark.parametrize(("language", "text", "numbers"), READ)
def test_numbers_in_letters_are_read(language: str, text: str, numbers: list[int]) -> None:
    assert [one.value for one in written_numbers(text, language, MONTHS)] == numbers


@pytest.mark.parametrize(("language", "text"), LEFT)
def test_one_ordinals_days_and_parts_of_words_are_left_alone(language: str, text: str) -> None:
    assert [text[one.start : one.end] for one in written_numbers(text, language, MONTHS)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_read_alone_and_no_form_stands_for_two_numbers(language: str) -> None:
    forms = [(word, value) for value, words in VOCABULARIES[language].forms.items() for word in words.split()]

    read = {word: [one.value for one in written_numbers(word.capitalize(), language)] for word, _ in forms}

    assert read == {word: [value] for word, value in forms}
    assert len(read) == len(forms) > 25


@pytest.mark.parametrize(
    ("language", "text", "strange"),
    [
        ("en", "Five women and thirty men in two thousand twenty-six; Twelve Winds helped twelve", ("Five", "twelve")),
        ("ar", "خمس نساء وثلاثون رجلاً", ("خمس",)),
        ("bg", "Петима и 30 мъже, после 37", ("Петима", "37")),
        ("", "Five women", ()),
    ],
)
def test_those_that_are_not_shown_are_named_as_they_are_written(
    language: str, text: str, strange: tuple[str, ...]
) -> None:
    assert strange_numbers(text, {30}, language=language, named=("Twelve Winds",)) == strange
