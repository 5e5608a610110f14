"""What a manager writes for reports: words, numbers that nobody logs, donors' codes, and how the bureau reports."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext, lazy_pgettext
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from bureau.kernel.text import clean_text
from bureau.reports.domain.document import Words
from bureau.web.editing import CheckboxesField, EditForm, LocalisedField, choices

METHOD_NAMES = {
    "rounding": lazy_gettext("Rounded to fives"),
    "suppression": lazy_gettext("Small numbers left out"),
}
REQUIRED = InputRequired(lazy_gettext("Please fill this in."))
MOST = 99_999


class WordsForm(EditForm):
    """What people write about the figures of a month."""

    summary = LocalisedField(
        lazy_pgettext("report", "In short"),
        rows=3,
        hint=lazy_gettext("Two or three sentences at the top of the report."),
    )
    story = LocalisedField(lazy_gettext("What happened"), rows=6)
    lessons = LocalisedField(lazy_gettext("What we learned"), rows=4)

    def offer(self, drafts: Words) -> None:
        """Put words beside the boxes that somebody may take, where they do not stand in them already."""
        for field in (self.summary, self.story, self.lessons):
            field.drafts = {
                tag: words
                for tag, words in getattr(drafts, field.name).texts.items()
                if clean_text(words) != clean_text(field.data.get(tag, ""))
            }

    @property
    def waiting(self) -> bool:
        """Whether there is a draft for a box that is empty."""
        fields = (self.summary, self.story, self.lessons)
        return any(not field.data.get(tag, "").strip() for field in fields for tag in field.drafts)

    def take(self, which: str) -> None:
        """Write a draft into its box (``summary-bg``), or each draft into its box where that is empty (``empty``)."""
        for field in (self.summary, self.story, self.lessons):
            for tag, words in field.drafts.items():
                empty = which == "empty" and not field.data.get(tag, "").strip()
                if tag in field.data and (empty or which == f"{field.name}-{tag}"):
                    field.data[tag] = words

    @property
    def typed_words(self) -> Mapping[str, Mapping[str, str]]:
        """Each text by language."""
        return {name: self[name].data for name in ("summary", "story", "lessons")}

    @property
    def untranslated(self) -> list[tuple[str, bool]]:
        """The languages that lack a text which others have, or whose text is older than its source (then true)."""
        fields = [self.summary, self.story, self.lessons]
        old = {tag for field in fields for tag in field.stale}
        gone = {
            tag
            for field in fields
            if any(words.strip() for words in field.data.values())
            for tag, words in field.data.items()
            if not words.strip()
        }
        return [(tag, tag not in gone) for tag in self.written_in if tag in gone | old]


def _number(label: Any) -> IntegerField:
    sentence = lazy_gettext("Please write a whole number from %(min)s to %(max)s.")
    return IntegerField(label, [Optional(), NumberRange(0, MOST, sentence)], render_kw={"inputmode": "numeric"})


class NotedForm(EditForm):
    """Numbers of a month that nobody logs; an empty field says nothing."""

    events = _number(lazy_gettext("Events"))
    media = _number(lazy_gettext("Mentions in the media"))
    feedback = _number(lazy_gettext("Answers to our question how it was"))
    satisfied = _number(lazy_gettext("Content with the help"))


class IndicatorForm(EditForm):
    """A number of the report under the code by which a donor asks for it."""

    code = StringField(
        lazy_gettext("Code"), [REQUIRED, Length(max=40)], description=lazy_gettext("As the donor writes it.")
    )
    donor = StringField(lazy_gettext("Donor or programme"), [REQUIRED, Length(max=120)])
    name = LocalisedField(lazy_pgettext("thing", "Name"), required=True)
    measure = SelectField(lazy_gettext("What is counted"))
    part = SelectField(lazy_gettext("Of these, only"))


class SeriesForm(EditForm):
    """In which way people are protected, and since which month there are reports."""

    method = RadioField(lazy_gettext("How people are protected"), [REQUIRED], choices=choices(METHOD_NAMES.items()))
    since = SelectField(lazy_gettext("First month of the reports"))


class TablesForm(EditForm):
    """Which tables are ever public in a year."""

    tables = CheckboxesField(lazy_gettext("Tables of the year"))
