"""Organisations, agreements, workers."""

from collections.abc import Iterable

from flask_babel import lazy_gettext, lazy_pgettext
from wtforms import BooleanField, DateField, EmailField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from bureau.web.editing import CheckboxesField, EditForm, LocalisedField, choices

from .place import A_PHONE, AN_EMAIL, REQUIRED, SHORT, within
from .words import AGREEMENT_KINDS, ATTRIBUTES, ORGANISATION_KINDS

NUMBERS = ("promised", "minimum", "max_per_day", "max_per_week", "max_per_month", "max_at_once")


class OrganisationForm(EditForm):
    """What is said of a partner."""

    contacts = frozenset({"phone", "email"})
    name = LocalisedField(lazy_pgettext("thing", "Name"), required=True)
    kind = SelectField(lazy_gettext("Kind"), choices=choices(ORGANISATION_KINDS.items()))
    about = LocalisedField(lazy_gettext("About the organisation"), rows=3)
    email = EmailField(lazy_gettext("E-mail of the organisation"), [Optional(), AN_EMAIL], render_kw={"dir": "ltr"})  # fmt: skip
    phone = StringField(lazy_gettext("Phone"), [SHORT, A_PHONE], render_kw={"dir": "ltr"})


class NewOrganisationForm(OrganisationForm):
    """The same with a code."""

    code = StringField(lazy_gettext("Code"), [REQUIRED], description=lazy_gettext("Stands in addresses and files; it stays for good."))  # fmt: skip


class UsualForm(EditForm):
    """What a partner usually promises, and its limits."""

    promised = IntegerField(lazy_gettext("Sessions promised a month"), [InputRequired(), within(0, 999)])
    minimum = IntegerField(lazy_gettext("Sessions a month at least"), [InputRequired(), within(0, 999)])
    max_per_day = IntegerField(lazy_gettext("At most a day"), [InputRequired(), within(1, 999)])
    max_per_week = IntegerField(lazy_gettext("At most a week"), [InputRequired(), within(1, 999)])
    max_per_month = IntegerField(lazy_gettext("At most a month"), [InputRequired(), within(1, 999)])
    max_at_once = IntegerField(lazy_gettext("At most at once"), [InputRequired(), within(1, 999)])


class AgreementForm(EditForm):
    """What a partnership rests on."""

    kind = SelectField(lazy_gettext("Kind"), choices=choices(AGREEMENT_KINDS.items()))
    signed = DateField(lazy_gettext("Signed on"), [Optional()])
    starts = DateField(lazy_gettext("First day"), [REQUIRED])
    ends = DateField(lazy_gettext("Last day"), [Optional()], description=lazy_gettext("Empty: until further notice."))
    notice_days = IntegerField(lazy_gettext("Notice in days"), [InputRequired(), within(0, 3650)], default=0)
    auto_renew = BooleanField(lazy_gettext("Renews itself"))
    review_on = DateField(lazy_gettext("To be looked at again on"), [Optional()])
    contributions = LocalisedField(lazy_gettext("What each side brings"), rows=3)


class WorkerForm(EditForm):
    """A person behind a desk, by label."""

    label = StringField(lazy_gettext("Label"), [REQUIRED, SHORT], description=lazy_gettext("Initials or a short label, never a name. It is not shown in public."))  # fmt: skip
    role = LocalisedField(lazy_gettext("Role"), required=True)
    services = CheckboxesField(lazy_gettext("Services"))
    languages = CheckboxesField(lazy_gettext("Languages"))
    attributes = CheckboxesField(lazy_gettext("What matters for planning"), choices=choices(ATTRIBUTES.items()))
    max_hours_month = IntegerField(lazy_gettext("Hours a month at most"), [Optional(), within(1, 744)])
    needs_supervisor = BooleanField(lazy_gettext("Only together with a supervisor"))

    def offer(self, services: Iterable[tuple[str, str]], languages: Iterable[tuple[str, str]]) -> None:
        """What can be ticked: codes and tags with words."""
        self.services.choices, self.languages.choices = choices(services), choices(languages)
