"""The seven catalogues: complete, with the placeholders and plural forms of their source, in the bureau's own words."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "translations"
TAGS = ("ar", "bg", "en", "fa", "fr", "ru", "uk")
PLURALS = {"ar": 6, "bg": 2, "en": 2, "fa": 1, "fr": 2, "ru": 3, "uk": 3}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str | None, str], polib.POEntry]:
    """Every message that the code and the templates say today."""
    pot = tmp_path_factory.mktemp("catalogue") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "extract", "-F", "pyproject.toml"]
    keywords = ["-k", "lazy_gettext", "-k", "lazy_ngettext:1,2", "-k", "lazy_pgettext:1c,2"]
    subprocess.run([*command, *keywords, "-o", str(pot), "."], cwd=ROOT, check=True, capture_output=True)
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(pot))}


def catalogue(tag: str) -> dict[tuple[str | None, str], polib.POEntry]:
    found = polib.pofile(str(TRANSLATIONS / tag / "LC_MESSAGES" / "messages.po"))
    return {(entry.msgctxt, entry.msgid): entry for entry in found if not entry.obsolete}


def forms(entry: polib.POEntry) -> list[str]:
    return [text for _, text in sorted(entry.msgstr_plural.items())] if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("tag", TAGS)
def test_a_catalogue_words_every_message_and_no_other(tag: str, source: dict) -> None:
    words = catalogue(tag)

    assert sorted(str(key) for key in source.keys() - words.keys()) == []
    assert sorted(str(key) for key in words.keys() - source.keys()) == []
    assert [entry.msgid for entry in words.values() if entry.fuzzy or not all(forms(entry))] == []


@pytest.mark.parametrize("tag", TAGS)
def test_a_translation_keeps_the_placeholders_of_its_source(tag: str) -> None:
    wrong = [
        entry.msgid for entry in catalogue(tag).values() for text in forms(entry) if not _placeholders_fit(entry, text)
    ]

    assert wrong == []


def _placeholders_fit(entry: polib.POEntry, text: str) -> bool:
    """A plural form may leave the number out (Arabic "one session"), never invent or lose another value."""
    wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    given = set(PLACEHOLDER.findall(text))
    optional = {"num", "n"} if entry.msgid_plural else set()
    loose = re.sub(r"%%|%\(\w+\)[sd]", "", text)
    return given <= wanted and wanted - given <= optional and ("%" not in loose or "%" in entry.msgid.replace("%(", ""))


@pytest.mark.parametrize("tag", TAGS)
def test_plurals_have_as_many_forms_as_the_language(tag: str) -> None:
    counts = {len(entry.msgstr_plural) for entry in catalogue(tag).values() if entry.msgid_plural}

    assert counts <= {PLURALS[tag]}


@pytest.mark.parametrize("tag", TAGS)
def test_a_catalogue_uses_the_words_agreed_for_the_bureau(tag: str) -> None:
    agreed = _agreed(tag)

    others = {
        entry.msgid: (entry.msgstr, agreed[_plain(entry.msgid)])
        for entry in catalogue(tag).values()
        if not entry.msgid_plural
        and not entry.msgctxt
        and _plain(entry.msgid) in agreed
        and _plain(entry.msgstr) not in agreed[_plain(entry.msgid)]
    }

    assert others == {}


def _agreed(tag: str) -> dict[str, set[str]]:
    """English wording to the wordings agreed for it (a term may be agreed in two senses)."""
    agreed: dict[str, set[str]] = {}
    with (TRANSLATIONS / "terms.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if " | " not in row["en"]:
                agreed.setdefault(_plain(row["en"]), set()).add(_plain(row[tag]))
    return agreed


def _plain(text: str) -> str:
    """The wording with its placeholders in one notation."""
    return re.sub(r"%\((\w+)\)[sd]", r"{\1}", text).strip()
