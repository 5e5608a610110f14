"""The bureau itself, its rooms, hours and closed days."""

from typing import Any

from flask_babel import lazy_gettext, lazy_pgettext
from markupsafe import Markup, escape
from wtforms import BooleanField, DateField, EmailField, Field, FloatField, IntegerField, SelectField, StringField
from wtforms import TimeField as ClockField
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional, Regexp

from bureau.kernel.text import clean_text
from bureau.web.editing import CheckboxesField, EditForm, LocalisedField, choices
from bureau.web.languages import LANGUAGES, writing_in

from .words import CLOSURE_KINDS, FACILITIES, ROOM_FEATURES, ROOM_KINDS

REQUIRED = InputRequired(lazy_gettext("Please fill this in."))
SHORT = Length(max=200, message=lazy_gettext("This is too long. Please write at most %(max)d characters."))

A_PHONE = Regexp(r"[+()\d ./,;–-]*\Z", message=lazy_gettext("Please check what you wrote here."))
"""Digits and what stands between them: a name beside them would be somebody's own telephone."""
AN_EMAIL = Email(lazy_gettext("This does not look like an e-mail address."))


def within(low: int, high: int) -> NumberRange:
    """Refuse numbers outside."""
    return NumberRange(low, high, lazy_gettext("Please write a whole number from %(min)s to %(max)s."))


def _selects(field: Field, **attributes: Any) -> Markup:
    """One list after another: the first is the first language."""
    chosen = [*field.data, *[""] * len(LANGUAGES)][: len(LANGUAGES)]
    return Markup('<span class="row">{}</span>').format(
        Markup("").join(_select(field, place, tag, attributes) for place, tag in enumerate(chosen, 1))
    )


def _select(field: Field, place: int, chosen: str, attributes: dict[str, Any]) -> Markup:
    blank = Markup('<option value="">–</option>')
    options = [
        Markup('<option value="{}" lang="{}"{}>{}</option>').format(
            tag, tag, Markup(" selected") if tag == chosen else "", language.own_name
        )
        for tag, language in LANGUAGES.items()
    ]
    described = attributes.get("aria-describedby")
    more = Markup(' aria-describedby="{}"').format(described) if described else Markup("")
    name = field.id if place == 1 else f"{field.id}-{place}"
    label = f"{escape(field.label.text)} {place}"
    return Markup('<select id="{}" name="{}" aria-label="{}"{}>{}</select>').format(
        name, field.name, label, more, Markup("").join([blank, *options])
    )


class LanguagesField(Field):
    """Interface languages in an order of one's own."""

    widget = staticmethod(_selects)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Those chosen, in order; empty places are left out."""
        if valuelist:
            self.data = [tag for tag in valuelist if tag]


class BureauForm(EditForm):
    """What residents read of the place, and how it is reached."""

    contacts = frozenset({"phone", "phone_text", "email"})
    name = LocalisedField(lazy_pgettext("thing", "Name"), required=True)
    city = LocalisedField(lazy_gettext("City"), required=True)
    address = LocalisedField(lazy_gettext("Address"), rows=2)
    find_us = LocalisedField(lazy_gettext("How to find us"), rows=3)
    welcome = LocalisedField(lazy_gettext("Welcome"), rows=3)
    about = LocalisedField(lazy_gettext("About us"), rows=4)
    walk_in_rule = LocalisedField(lazy_gettext("With or without an appointment"), rows=2)
    privacy = LocalisedField(lazy_gettext("Privacy in one sentence"), rows=2)
    phone = StringField(lazy_gettext("Phone"), [SHORT, A_PHONE], render_kw={"dir": "ltr"})
    phone_text = LocalisedField(lazy_gettext("When to call"), rows=2)
    email = EmailField(lazy_gettext("E-mail of the bureau"), [Optional(), AN_EMAIL], render_kw={"dir": "ltr"})
    latitude = FloatField(lazy_gettext("Latitude"), [Optional()])
    longitude = FloatField(lazy_gettext("Longitude"), [Optional()])
    timezone = StringField(lazy_gettext("Timezone"), [REQUIRED], description=lazy_gettext("For example Europe/Sofia."))
    holidays_of = StringField(lazy_gettext("Country whose public holidays count"), [REQUIRED], description=lazy_gettext("Two letters, for example BG."))  # fmt: skip
    languages = LanguagesField(lazy_gettext("Languages of the public pages"), description=lazy_gettext("In order. The first is the one the others are translated from."))  # fmt: skip
    facilities = CheckboxesField(lazy_gettext("Facilities"), choices=choices(FACILITIES.items()))

    def facilities_edited(self, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What is ticked, with the names already stored, else named by us; what the list does not know stays."""
        stored = {one["code"]: one for one in before}
        strange = [one for code, one in stored.items() if code not in FACILITIES]
        ticked = self.facilities.data or []
        return [
            stored.get(code) or {"code": code, "name": _named(code)} for code in FACILITIES if code in ticked
        ] + strange


def _named(code: str) -> dict[str, str]:
    names = {}
    for tag in LANGUAGES:
        with writing_in(tag):
            names[tag] = str(FACILITIES[code])
    return names


class RoomForm(EditForm):
    """A room."""

    name = LocalisedField(lazy_pgettext("thing", "Name"), required=True)
    kind = SelectField(lazy_gettext("Kind"), choices=choices(ROOM_KINDS.items()))
    seats = IntegerField(lazy_gettext("Sessions at once"), [REQUIRED, within(1, 100)])
    features = CheckboxesField(lazy_gettext("What it has"), choices=choices(ROOM_FEATURES.items()))
    active = BooleanField(lazy_gettext("In use"))


class NewRoomForm(RoomForm):
    """The same with a code."""

    code = StringField(lazy_gettext("Code"), [REQUIRED], description=lazy_gettext("Stands in addresses and files; it stays for good."))  # fmt: skip


class HoursForm(EditForm):
    """When the bureau opens, on which weekdays."""

    weekdays = CheckboxesField(lazy_gettext("Weekdays"), [InputRequired(lazy_gettext("Please choose one of the list."))], coerce=int)  # fmt: skip
    starts = ClockField(lazy_gettext("From"), [REQUIRED])
    ends = ClockField(lazy_gettext("Until"), [REQUIRED])
    valid_from = DateField(lazy_gettext("From which day on"), [REQUIRED])


class EndHoursForm(EditForm):
    """From which day on a block is no longer open."""

    closed_from = DateField(lazy_gettext("No longer open from this day on"), [REQUIRED])


class ClosureForm(EditForm):
    """A day on which the bureau is closed."""

    day = DateField(lazy_gettext("Day"), [REQUIRED])
    kind = SelectField(lazy_gettext("Kind"), choices=choices(CLOSURE_KINDS.items()))
    reason = LocalisedField(lazy_gettext("Reason"), required=True)


def trimmed(value: Any) -> str:
    """What was typed into a plain field, cleaned."""
    return clean_text(str(value or ""))
