"""The check of free text: what it sees, what it lets pass, and what it does when it cannot tell."""

from datetime import date

import pytest

from bureau.kernel.errors import Invalid
from bureau.kernel.privacy import KINDS, LONGEST, Names, NamesSomebody, ensure_nobody_named, found_in, found_in_place
from bureau.kernel.privacy.checksums import is_egn, is_iban, is_lnch
from bureau.kernel.privacy.names import DOINGS
from bureau.web.privacy import SEEN
from tests.servicelog.privacy_set import (
    CLEAN,
    FIGURES,
    LANGUAGES,
    PAGE,
    PLACES,
    TODAY,
    Note,
    figures,
    figures_of_places,
    notes,
    places,
    share,
)


@pytest.fixture(scope="module")
def every() -> list[Note]:
    """The labelled notes."""
    return notes()


def kinds(text: str) -> set[str]:
    """What the check sees in it."""
    return {one.kind for one in found_in(text, today=TODAY)}


def held(every: list[Note], *, clean: bool) -> list[Note]:
    """The half that nothing was tuned on."""
    return [note for note in every if note.held_back and (note.kind == CLEAN) == clean]


def test_of_what_is_planted_in_the_notes_held_back_at_least_95_percent_is_seen(every: list[Note]) -> None:
    planted = held(every, clean=False)

    assert len(planted) > 200
    assert share(planted).part >= 0.95
    assert min(share(note for note in planted if note.language == one).part for one in LANGUAGES) >= 0.85


def test_of_the_clean_notes_held_back_at_most_a_tenth_is_refused(every: list[Note]) -> None:
    clean = held(every, clean=True)

    assert len(clean) > 200
    assert share(clean).part >= 0.9


def test_in_a_place_somebody_is_seen_as_in_a_note_and_what_is_called_after_somebody_is_let_pass() -> None:
    every = places()

    assert len(held(every, clean=False)) >= 50
    assert share(held(every, clean=False)).part >= 0.95
    assert share(held(every, clean=True)).part >= 0.9


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("Pirogov hospital, 21 Totleben Blvd", set()),
        ("Pirogov hospital, 21 Totleben Blvd, flat 4", {"address"}),
        ("21 Totleben Blvd", {"address"}),
        ("at a friend’s, 21 Totleben Blvd, Pirogov hospital", {"address"}),
        ("училище „Филип Станиславов“", set()),
        ("училище „Филип Станиславов“, Амина Рахмани", {"name"}),
        ("училище „Филип Станиславов“ при Амина Рахмани", {"name"}),
        ("„Филип Станиславов“", {"name"}),
        ("مدرسة عمر بن الخطاب", set()),
        ("مدرسة ابنته سميرة", {"name"}),
    ],
)
def test_only_an_institution_has_a_name_and_a_street(place: str, seen: set[str]) -> None:
    assert {one.kind for one in found_in_place(place, today=TODAY)} == seen


def test_the_page_on_privacy_says_the_figures_as_they_are(every: list[Note]) -> None:
    page = PAGE.read_text("utf-8")
    said = [found[0] for part in (FIGURES, PLACES) if (found := part.search(page)) is not None]

    assert said == [figures(every), figures_of_places(places())]  # else: python -m tests.servicelog.privacy_set


def test_neither_half_of_the_notes_is_much_the_larger(every: list[Note]) -> None:
    assert 0.4 < len([note for note in every if note.held_back]) / len(every) < 0.6
    assert len({note.text for note in every}) == len(every)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ЕГН 8905243675", "personal_number"),
        ("номер 8905243675 и нищо друго", "personal_number"),
        ("BG18 BPBI 7765 9934 3498 62", "iban"),
        ("٠٨٨٨١٢٣٤٥٦", "phone"),
        ("𝟎𝟖𝟖𝟖 𝟏𝟐𝟑 𝟒𝟓𝟔", "phone"),
        ("0\u200b888\u200b123\u200b456", "phone"),
        ("call O888 l23 456", "phone"),
        ("to M\u0430ria", "disguised"),  # a Cyrillic letter among Latin ones
        ("with M a r i a yesterday", "disguised"),
        ("a visit by Γιώργος", "script"),
        ("met მარიამი", "script"),
        ("with Ma\u200bria tomorrow", "name"),
        ("with Mari\u0301a tomorrow", "name"),
        ("born 12.03.1991", "birth"),
        ("due date of the child: born 1 March 2026", "birth"),
        ("olena dot k at mail dot com", "email"),
        ("жк Люлин бл. 345 вх. Б", "address"),
    ],
)
def test_each_kind_is_told_by_its_name_however_it_is_written(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "appointment on 01.02.2027 at 10:30",
        "certificate of birth by 12.12.2026",
        "Геневска конвенция от 1951 г.",
        "800 000 лв.",
        "от 9.00-12.00 и 13.30-17.00",
        "2024, 2025, 2026",
        "",
        "   ",
        "لدينا تدريب في الصباح نفسه",
    ],
)
def test_what_only_looks_like_it_is_let_pass(text: str) -> None:
    assert kinds(text) == set()


def test_it_says_where_in_what_was_typed(every: list[Note]) -> None:
    text = "call 0\u200b888 123 456 now"

    (found,) = found_in(text, today=TODAY)

    assert text[found.start : found.end] == "0\u200b888 123 456"


def test_a_check_that_fails_refuses() -> None:
    (found,) = found_in("until 01.02.2027", today=None)  # without a day of today it cannot say how old a date is

    assert (found.kind, found.start, found.end) == ("unreadable", 0, 16)


@pytest.mark.parametrize("char", [chr(point) for point in range(0x21, 0x3000, 97)] + ["\ud800", "\U0001f9d1", "\0"])
def test_whatever_is_typed_gets_an_answer_without_failing(char: str) -> None:
    assert "unreadable" not in kinds(f"{char}{char} a{char}1{char} ")


def test_a_long_text_is_checked_quickly_enough_or_not_at_all() -> None:
    with pytest.raises(Invalid):
        ensure_nobody_named("a" * (LONGEST + 1), field="note", today=TODAY)


def test_a_refusal_shows_what_was_seen_and_carries_none_of_it_in_its_message() -> None:
    with pytest.raises(NamesSomebody) as refused:
        ensure_nobody_named("Amina Rahmani called", field="note", today=TODAY)

    assert (refused.value.field, refused.value.seen) == ("note", (("name", "Amina Rahmani"),))
    assert "Amina" not in f"{refused.value!r} {refused.value} {refused.value.params}"


def test_what_the_bureau_calls_its_own_is_nobodys_name() -> None:
    names = Names.of(["Пункт „Иван Вазов“", "Златна Река"])

    assert found_in("Отиде в Златна Река", today=TODAY, names=names) == ()
    assert found_in("при Иван в Златна Река", today=TODAY, names=names) != ()


def test_every_kind_has_its_words() -> None:
    assert SEEN.keys() == set(KINDS)
    assert "came" in DOINGS


@pytest.mark.parametrize(
    ("number", "right"), [("8905243675", True), ("8905243676", False), ("8913243675", False), ("890524367", False)]
)
def test_a_bulgarian_personal_number_proves_itself(number: str, right: bool) -> None:
    assert is_egn(number) is right


def test_numbers_of_foreigners_and_of_accounts_prove_themselves() -> None:
    assert [is_lnch(one) for one in ("5455026920", "5455026921")] == [True, False]
    assert [is_iban(one) for one in ("BG18BPBI77659934349862", "BG19BPBI77659934349862", "BG18")] == [
        True,
        False,
        False,
    ]


def test_a_day_is_of_birth_by_its_age_or_by_the_word_beside_it() -> None:
    asked = "letter of 12.03.2025", "letter of 12.03.2019", "born 12.03.2025"

    assert [{one.kind for one in found_in(text, today=date(2026, 1, 1))} for text in asked] == [
        set(),
        {"birth"},
        {"birth"},
    ]
