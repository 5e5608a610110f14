"""What residents would read in another language, before it is published."""

from dataclasses import replace

from flask import Flask, render_template_string
from flask_babel import force_locale

from bureau.kernel.localised import LocalisedText
from bureau.rotation.domain.translations import untranslated
from tests.factories.programmes import a_bureau
from tests.publishing.conftest import tiny

ENGLISH = LocalisedText({"en": "Only in English"})


def test_every_text_that_residents_read_is_named_with_whose_it_is() -> None:
    document = tiny(bureau=a_bureau(languages=("en", "ar"), about=LocalisedText({"en": "About", "ar": ""})))
    service = replace(document.services[0], bring=LocalisedText({"en": "Bring this"}))
    room = replace(document.rooms[0], name=ENGLISH)

    (found,) = untranslated(replace(document, services=(service,), rooms=(room, *document.rooms[1:])))

    assert found.language == "ar"
    assert {(one.kind, one.code, one.text.in_("en")) for one in found.texts} == {
        ("place", "golden-river", "About"),
        ("service", "job-search", "Bring this"),
        ("room", room.code, "Only in English"),
    }


def test_a_text_that_stands_in_several_places_is_named_once() -> None:
    document = tiny()
    sessions = tuple(replace(one, note=ENGLISH) for one in document.sessions)

    (found,) = untranslated(replace(document, sessions=sessions))

    assert [(one.kind, one.code) for one in found.texts] == [("session", document.sessions[0].uid)]


def test_residents_are_told_in_their_language_which_language_a_text_is_in(app: Flask) -> None:
    template = '{% from "components/chip.html" import said %}{{ said(text, "fr") }}'
    with app.test_request_context(), force_locale("fr"):
        html = render_template_string(template, text=ENGLISH)

    assert '<span lang="en" dir="auto">Only in English</span> <span class="small">(' in html
    assert "anglais" in html
