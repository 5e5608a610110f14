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
    """One text in several languages: a box for each, named ``field-tag``. ``data`` maps tag to words."""

    def __init__(self, label: Any, *, rows: int = 1, required: bool = False, hint: object = "", **more: Any) -> None:
        """``rows`` is the height of a box; a ``required`` text needs words in the source language."""
        super().__init__(label, **more)
        self.rows, self.required, self.hint = rows, required, hint
        self.written_in: Sequence[str] = ()
        self.stale: tuple[str, ...] = ()
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
            why = why_refused(_typed_in(field)) if field.name not in self.contacts else ""
            if why:
                field.errors, sound = [*field.errors, why], False
        return sound

    def refuse(self, error: Refused) -> None:
        """Put each sentence beside its field, or above the form where it belongs to none."""
        for problem in error.problems if isinstance(error, Several) else [error]:
            field = self._fields.get(problem.field or "")
            if field is None:
                self.form_errors.append(word(problem))
            else:
                field.errors = [*field.errors, word(problem)]

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


def _typed_in(field: Field) -> Iterable[object]:
    """The words of a field that takes any."""
    if isinstance(field, LocalisedField):
        return field.data.values()
    return [field.data] if isinstance(field, StringField) else []


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
