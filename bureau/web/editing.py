"""Forms that edit things which others edit too, in several languages side by side."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import request
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from bureau.kernel.errors import Refused, Several, Stale
from bureau.kernel.localised import LocalisedText
from bureau.kernel.text import whole_number

from .languages import LANGUAGES
from .privacy import why_refused
from .wording import word

LONGEST = 5000


def version_seen() -> int:
    """The version of the thing that the page with this form showed; no thing has it where the form does not say."""
    return whole_number(request.form.get("version", "")) or 0


def choices(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """What a list offers: code and words."""
    return [SelectChoice(code, words) for code, words in pairs]


class LocalisedField(Field):
    """One text in several languages: a box for each, named ``field-tag``. ``data`` maps tag to words.

    ``drafts`` are words that somebody may take, by tag; ``wrong`` is what is said of single boxes.
    """

    def __init__(self, label: Any, *, rows: int = 1, required: bool = False, hint: object = "", **more: Any) -> None:
        """``rows`` is the height of a box; a ``required`` text needs words in the source language."""
        super().__init__(label, **more)
        self.rows, self.required, self.hint = rows, required, hint
        self.written_in: Sequence[str] = ()
        self.stale: tuple[str, ...] = ()
        self.drafts: Mapping[str, str] = {}
        self.wrong: dict[str, list[str]] = {}
        self.data: dict[str, str] = {}

    @property
    def source(self) -> str:
        """The language that the others are translated from."""
        return self.written_in[0]

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """What was typed; before anything was, what is stored."""
        stored = data if isinstance(data, LocalisedText) else LocalisedText()
        self.object_data, self.process_errors = stored, []
        self.stale = stored.stale(self.source)
        boxes = {tag: f"{self.name}-{tag}" for tag in self.written_in}
        if formdata is not None and any(box in formdata for box in boxes.values()):
            self.data = {tag: formdata.get(box, "") for tag, box in boxes.items()}
        else:
            self.data = {tag: stored.texts.get(tag, "") for tag in self.written_in}

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Words in the source language where they are needed; nothing endless."""
        self.errors = []
        if self.required and not self.data.get(self.source, "").strip():
            name = LANGUAGES[self.source].own_name
            self.errors = [gettext("Please fill this in, at least in %(language)s.", language=name)]
        elif any(len(words) > LONGEST for words in self.data.values()):
            sentence = gettext("This is too long. Please write at most %(limit)s characters.", limit=LONGEST)
            self.errors = [sentence]
        return not self.errors

    def blame(self, tag: str, sentence: str) -> None:
        """Say what is wrong beside the box of one language."""
        self.wrong.setdefault(tag, []).append(sentence)
        self.errors = [*self.errors, sentence]

    def edited(self, before: LocalisedText | None = None) -> LocalisedText:
        """``before`` with what was typed written in."""
        return (before or LocalisedText()).edited(self.data, source=self.source)


class CheckboxesField(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """What somebody else stored meanwhile in a field; ``language`` where it is one of several texts."""

    label: str
    words: str
    language: str | None = None


Stored = tuple[Mapping[str, Any], int]
"""The values of a form's fields as they are stored, and their version."""


class EditForm(FlaskForm):
    """A form with the version the person saw, texts in several languages (the first is the source), and refusals
    beside their fields.
    """

    version = IntegerField(widget=HiddenInput(), default=0)
    contacts: ClassVar[frozenset[str]] = frozenset()
    """Fields in which a telephone or an address of the bureau's or an organisation's own is right."""

    def __init__(self, *, written_in: Iterable[str] = ("en",), stored: Stored = ({}, 0), **more: Any) -> None:
        """``written_in`` are the languages of the texts; ``stored`` is what there is before the person types."""
        self.written_in = tuple(written_in)
        self.theirs: list[Theirs] = []
        self.before, version = stored
        super().__init__(data={**self.before, "version": version}, **more)

    def process(self, *arguments: Any, **more: Any) -> None:
        """Tell the texts their languages, then fill the fields."""
        for field in self:
            if isinstance(field, LocalisedField):
                field.written_in = self.written_in
        super().process(*arguments, **more)

    def visible(self) -> Iterator[Field]:
        """The fields a person fills in, in order."""
        return (field for field in self if field.name not in ("version", "csrf_token"))

    def validate(self, extra_validators: Any = None) -> bool:
        """As its fields say; and in none but the contacts stands anybody's number or address in the net."""
        sound = bool(super().validate(extra_validators))
        for field in self.visible():
            if field.name not in self.contacts and _blamed(field):
                sound = False
        return sound

    def refuse(self, error: Refused) -> None:
        """Put each sentence beside its field, or above the form where it belongs to none."""
        for problem in error.problems if isinstance(error, Several) else [error]:
            field, tag = self._place_of(problem.field or "")
            if field is None:
                self.form_errors.append(word(problem))
            elif isinstance(field, LocalisedField) and tag:
                field.blame(tag, word(problem))
            else:
                field.errors = [*field.errors, word(problem)]

    def _place_of(self, name: str) -> tuple[Field | None, str]:
        """The field of that name, or the one of several languages whose box it is, and of which language."""
        if name in self._fields:
            return self._fields[name], ""
        text, _, tag = name.rpartition("-")
        field = self._fields.get(text)
        return (field, tag) if isinstance(field, LocalisedField) and tag in field.written_in else (None, "")

    def typed(self, *names: str) -> dict[str, Any]:
        """What the plain fields of these names hold; texts that were left empty are empty, not missing."""
        return {name: "" if (value := self._fields[name].data) is None else value for name in names}

    def texts(self, *names: str) -> dict[str, LocalisedText]:
        """The localised texts of these names as they would be stored."""
        return {name: self._fields[name].edited(self.before.get(name)) for name in names}

    def meet(self, stored: Stored) -> None:
        """Somebody else was faster: keep what was typed, list what is stored otherwise, and go on from there."""
        values, self.version.data = stored
        self.version.raw_data = None  # else the page shows the version that was sent, and refuses for good
        for field in self.visible():
            if field.name not in values:
                continue
            if isinstance(field, LocalisedField):
                self.theirs.extend(_other_texts(field, values[field.name]))
            elif (field.data or None) != (values[field.name] or None):
                self.theirs.append(Theirs(label=field.label.text, words=_readable(field, values[field.name])))


def _blamed(field: Field) -> bool:
    """Whether somebody's number stands in a field that takes words; it is said beside it."""
    if isinstance(field, LocalisedField):
        found = {tag: why for tag, words in field.data.items() if (why := why_refused([words]))}
        for tag, why in found.items():
            field.blame(tag, why)
        return bool(found)
    why = why_refused([field.data]) if isinstance(field, StringField) else ""
    field.errors = [*field.errors, why] if why else field.errors
    return bool(why)


def _other_texts(field: LocalisedField, stored: LocalisedText) -> Iterator[Theirs]:
    for tag in field.written_in:
        if stored.texts.get(tag, "") != field.data.get(tag, "").replace("\r\n", "\n").strip():
            yield Theirs(label=field.label.text, words=stored.texts.get(tag, ""), language=tag)


def _readable(field: Field, value: Any) -> str:
    labels = {str(one.value): str(one.label) for one in getattr(field, "choices", None) or ()}
    many = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in many if one is not None)


def saved(form: EditForm, save: Callable[[], object], stored: Callable[[], Stored] = lambda: ({}, 0)) -> bool:
    """Whether the form was sent and ``save`` took it; otherwise the form says why. ``stored`` answers the values of the
    fields and the version as they are now, for when somebody else was faster.
    """
    if not form.validate_on_submit():
        return False
    try:
        save()
    except Stale as error:
        form.meet(stored())
        form.refuse(error)
        return False
    except Refused as error:
        form.refuse(error)
        return False
    return True
