"""The forms of the catalogue. It is shared by the installation, so texts are asked for in every interface language."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext, lazy_pgettext
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Regexp

from bureau.web.editing import EditForm, LocalisedField, choices
from bureau.web.languages import LANGUAGES

TAGS = tuple(LANGUAGES)
SOURCE = TAGS[0]
REQUIRED = InputRequired(lazy_gettext("Please fill this in."))
A_SCRIPT = Regexp(r"[A-Z][a-z]{3}\Z", message=lazy_gettext("Please check what you wrote here."))
A_LOCALE = Regexp(r"[a-z]{2,3}(?:_[A-Za-z0-9]{2,8})*\Z", message=lazy_gettext("Please check what you wrote here."))
SHORT = Length(max=200, message=lazy_gettext("This is too long. Please write at most %(max)d characters."))
ICONS = ("reception", "social", "legal", "work", "language", "health", "education", "housing", "protection", "people")
MODES = {
    "individual": lazy_gettext("One person at a time"),
    "group": lazy_gettext("A group"),
    "off_site": lazy_gettext("Outside the bureau"),
}
AUDIENCES = {
    "everyone": lazy_gettext("Everyone"),
    "women": lazy_gettext("Women"),
    "children": lazy_gettext("Children"),
}
SENSITIVITIES = {
    "normal": lazy_gettext("Normal"),
    "high": lazy_gettext("Sensitive: public pages show the neutral name if there is one"),
    "restricted": lazy_gettext("Protected: public pages show only the neutral name"),
}
DIRECTIONS = {"ltr": lazy_gettext("From left to right"), "rtl": lazy_gettext("From right to left")}


def within(low: int, high: int) -> NumberRange:
    """Refuse numbers outside."""
    return NumberRange(low, high, lazy_gettext("Please write a whole number from %(min)s to %(max)s."))


class CatalogueForm(EditForm):
    """Texts in every interface language."""

    def __init__(self, **more: Any) -> None:
        """``stored`` is what there is before the person types."""
        super().__init__(written_in=TAGS, **more)


class CategoryForm(CatalogueForm):
    """A need that residents look for."""

    name = LocalisedField(lazy_pgettext("thing", "Name"), required=True)
    icon = SelectField(lazy_gettext("Icon"), choices=choices((icon, icon) for icon in ICONS))


class NewCategoryForm(CategoryForm):
    """The same with a code."""

    code = StringField(lazy_gettext("Code"), [REQUIRED], description=lazy_gettext("Stands in addresses and files; it stays for good."))  # fmt: skip


class ServiceForm(CatalogueForm):
    """A kind of help."""

    name = LocalisedField(lazy_pgettext("thing", "Name"), required=True)
    neutral_name = LocalisedField(
        lazy_gettext("Neutral name"), hint=lazy_gettext("Shown in public in place of the name of a sensitive service.")
    )
    description = LocalisedField(lazy_gettext("Description"), rows=3)
    bring = LocalisedField(lazy_gettext("What to bring"), rows=2)
    category = SelectField(lazy_gettext("Category"))
    mode = SelectField(lazy_gettext("How it is given"), choices=choices(MODES.items()))
    audience = SelectField(lazy_gettext("For whom"), choices=choices(AUDIENCES.items()))
    sensitivity = SelectField(lazy_gettext("Sensitivity"), choices=choices(SENSITIVITIES.items()))
    minutes = IntegerField(lazy_gettext("Usual length in minutes"), [REQUIRED, within(1, 1440)])
    places = IntegerField(lazy_gettext("People at once"), [REQUIRED, within(1, 1000)])
    walk_in = BooleanField(lazy_gettext("People may come without an appointment"))
    needs_private_room = BooleanField(lazy_gettext("Needs a private room"))

    def offer(self, categories: Iterable[tuple[str, str]]) -> None:
        """The categories to choose from: code and words."""
        self.category.choices = choices(categories)


class NewServiceForm(ServiceForm):
    """The same with a code."""

    code = StringField(lazy_gettext("Code"), [REQUIRED], description=lazy_gettext("Stands in addresses and files; it stays for good."))  # fmt: skip


class LanguageForm(CatalogueForm):
    """A language that a service can be given in."""

    own_name = StringField(lazy_gettext("Its own name, in its own script"), [REQUIRED, SHORT])
    name = LocalisedField(lazy_pgettext("thing", "Name"), required=True)
    phrase = LocalisedField(lazy_gettext("In a sentence"), hint=lazy_gettext("For example “in Arabic”."))
    direction = SelectField(
        lazy_gettext("Direction of writing"),
        choices=choices(DIRECTIONS.items()),
    )
    script = StringField(lazy_gettext("Script"), [REQUIRED, A_SCRIPT], description=lazy_gettext("Four letters, for example Arab, Cyrl or Latn."))  # fmt: skip
    locale = StringField(lazy_gettext("Locale for dates"), [REQUIRED, A_LOCALE], description=lazy_gettext("For example fa_AF."))  # fmt: skip


class NewLanguageForm(LanguageForm):
    """The same with a tag."""

    tag = StringField(lazy_gettext("Language tag"), [REQUIRED], description=lazy_gettext("For example ar, fa-AF, kmr."))
