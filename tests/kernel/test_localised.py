"""Texts in several languages: which is shown, which is missing, which has grown old."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau.kernel.localised import LocalisedText, fingerprint

TAGS = st.sampled_from(["en", "bg", "fr", "uk", "ru", "ar", "fa"])
TEXTS = st.dictionaries(TAGS, st.text(min_size=1, max_size=20))


@pytest.mark.parametrize(
    ("language", "words", "tag"),
    [("ar", "مساعدة", "ar"), ("fa-AF", "کمک", "fa"), ("fr", "Help", "en"), ("prs", "Help", "en")],
)
def test_the_readers_language_is_shown_else_the_stated_fallback(language: str, words: str, tag: str) -> None:
    text = LocalisedText({"bg": "Помощ", "en": "Help", "ar": "مساعدة", "fa": "کمک"})

    assert (text.in_(language), text.language_of(language)) == (words, tag)


def test_without_any_fallback_whatever_there_is_is_shown() -> None:
    text = LocalisedText({"uk": "Допомога"})

    assert (text.in_("ar"), text.language_of("ar")) == ("Допомога", "uk")


def test_an_empty_text_is_empty_everywhere() -> None:
    text = LocalisedText()

    assert (bool(text), text.in_("ar"), text.missing(["en", "ar"]), text.stale("en")) == (False, "", ("en", "ar"), ())


def test_a_new_translation_is_fresh() -> None:
    text = LocalisedText({"en": "Help"}).edited({"ar": "مساعدة"}, source="en")

    assert (text.stale("en"), text.missing(["en", "ar", "fa"])) == ((), ("fa",))


def test_a_change_of_the_source_makes_its_translations_stale() -> None:
    text = LocalisedText().edited({"en": "Help", "ar": "مساعدة", "fr": "Aide"}, source="en")

    changed = text.edited({"en": "Legal help"}, source="en")

    assert sorted(changed.stale("en")) == ["ar", "fr"]


def test_touching_a_stale_translation_makes_that_one_fresh() -> None:
    text = LocalisedText().edited({"en": "Help", "ar": "مساعدة", "fr": "Aide"}, source="en")
    changed = text.edited({"en": "Legal help"}, source="en")

    translated = changed.edited({"ar": "مساعدة قانونية"}, source="en")

    assert translated.stale("en") == ("fr",)


def test_sending_the_same_words_again_does_not_count_as_translating() -> None:
    text = LocalisedText().edited({"en": "Help", "ar": "مساعدة"}, source="en").edited({"en": "Legal help"}, source="en")

    again = text.edited({"en": "Legal help", "ar": "مساعدة"}, source="en")

    assert again.stale("en") == ("ar",)


def test_source_and_translation_changed_together_are_fresh() -> None:
    text = LocalisedText().edited({"en": "Help", "ar": "مساعدة"}, source="en")

    together = text.edited({"en": "Legal help", "ar": "مساعدة قانونية"}, source="en")

    assert together.stale("en") == ()


def test_an_emptied_translation_is_gone() -> None:
    text = LocalisedText({"en": "Help", "fr": "Aide"}).edited({"fr": " "}, source="en")

    assert text.missing(["en", "fr"]) == ("fr",)


def test_what_is_written_in_is_cleaned() -> None:
    text = LocalisedText().edited({"en": " Help\u202e \x00now "}, source="en")

    assert text.in_("en") == "Help now"


@given(TEXTS, TEXTS)
def test_any_text_comes_back_from_the_database_as_it_was(first: dict[str, str], second: dict[str, str]) -> None:
    text = LocalisedText().edited(first, source="en").edited(second, source="en")

    assert LocalisedText.from_json(text.as_json()) == text


@given(TEXTS)
def test_editing_with_the_same_words_changes_nothing(texts: dict[str, str]) -> None:
    text = LocalisedText().edited(texts, source="en")

    assert text.edited(dict(text.texts), source="en") == text


def test_a_plain_mapping_is_read_as_words() -> None:
    assert LocalisedText.from_json({"en": "Help", "fr": ""}) == LocalisedText({"en": "Help"})


def test_a_fingerprint_changes_with_the_words() -> None:
    assert (fingerprint("a") == fingerprint("a"), fingerprint("a") == fingerprint("b")) == (True, False)
