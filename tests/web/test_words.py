"""Sentences in templates, as Jinja's own gettext words them."""

from flask import Flask, render_template_string
from flask_babel import force_locale


def test_a_sentence_is_worded_with_its_values_escaped(app: Flask) -> None:
    template = '{{ _("Saved %(time)s. Not sent yet.", time="<b>") }}|{{ _("100 %% of it") }}|{{ _("<i>") }}'
    with app.test_request_context(), force_locale("en"):
        html = render_template_string(template)

    assert html == "Saved &lt;b&gt;. Not sent yet.|100 % of it|<i>"


def test_the_same_sentence_is_worded_in_each_language_of_one_request(app: Flask) -> None:
    worded = []
    for tag in ("bg", "en", "bg"):
        with app.test_request_context(), force_locale(tag):
            worded.append(render_template_string('{{ _("Menu") }}'))

    assert worded == ["Меню", "Menu", "Меню"]
