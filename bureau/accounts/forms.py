"""The forms of accounts: what is typed, with labels in the reader's language."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext, lazy_gettext, lazy_pgettext
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Optional

from bureau.kernel.errors import Refused
from bureau.web.languages import LANGUAGES
from bureau.web.privacy import name_alone
from bureau.web.wording import word

REQUIRED = InputRequired(lazy_gettext("Please fill this in."))
LANGUAGE_CHOICES = [SelectChoice(language.tag, language.own_name) for language in LANGUAGES.values()]


class Form(FlaskForm):
    """A form that can say a refusal of the rules beside the field it belongs to."""

    def text(self, name: str) -> str:
        """What was typed into the field of that name."""
        return str(self._fields[name].data or "")

    def refuse(self, error: Refused) -> None:
        """Put the sentence beside its field, or above the form where it belongs to none."""
        sentence = word(error)
        if error.field in self._fields:
            field: Field = self._fields[error.field]
            field.errors = [*field.errors, sentence]
        else:
            self.form_errors.append(sentence)


class SignInForm(Form):
    """E-mail and password."""

    email = EmailField(lazy_gettext("E-mail"), [REQUIRED], render_kw={"autocomplete": "username"})
    password = PasswordField(lazy_gettext("Password"), [REQUIRED], render_kw={"autocomplete": "current-password"})


class ForgottenForm(Form):
    """The address that the link goes to."""

    email = EmailField(lazy_gettext("E-mail"), [REQUIRED], render_kw={"autocomplete": "username"})


class NewPasswordForm(Form):
    """A new password, typed twice."""

    password = PasswordField(lazy_gettext("New password"), [REQUIRED], render_kw={"autocomplete": "new-password"})
    again = PasswordField(
        lazy_gettext("The new password again"), [REQUIRED], render_kw={"autocomplete": "new-password"}
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Both must be the same."""
        valid: bool = super().validate(extra_validators)
        if valid and self.password.data != self.again.data:
            self.again.errors = [gettext("The two passwords differ. Please write the same one twice.")]
            return False
        return valid


class InvitationForm(NewPasswordForm):
    """How the person is called, and a password."""

    name = StringField(lazy_gettext("Your name"), [REQUIRED, name_alone], render_kw={"autocomplete": "name"})


class NameForm(Form):
    """How the person is called."""

    name = StringField(lazy_gettext("Your name"), [REQUIRED, name_alone], render_kw={"autocomplete": "name"})


class LanguageForm(Form):
    """The language of pages and mails."""

    language = SelectField(lazy_gettext("Language"), choices=LANGUAGE_CHOICES, validate_choice=False)


class PasswordForm(NewPasswordForm):
    """The present password and a new one."""

    current = PasswordField(
        lazy_gettext("Present password"), [REQUIRED], render_kw={"autocomplete": "current-password"}
    )


class InviteForm(Form):
    """Whom to invite, as what, and for which organisation."""

    email = EmailField(lazy_gettext("E-mail"), [REQUIRED], render_kw={"autocomplete": "off"})
    name = StringField(lazy_pgettext("person", "Name"), [Optional(), name_alone], render_kw={"autocomplete": "off"})
    role = SelectField(
        lazy_gettext("Role"),
        choices=[
            SelectChoice("coordinator", lazy_gettext("coordinator")),
            SelectChoice("worker", lazy_gettext("worker")),
            SelectChoice("front_desk", lazy_gettext("front desk")),
            SelectChoice("manager", lazy_gettext("bureau manager")),
        ],
        validate_choice=False,
    )
    organisation = SelectField(lazy_gettext("Organisation"), validate_choice=False)
    language = SelectField(lazy_gettext("Language"), choices=LANGUAGE_CHOICES, validate_choice=False)

    def offer(self, organisations: Iterable[tuple[str, str]]) -> None:
        """The organisations to choose from, as pairs of code and name."""
        self.organisation.choices = [
            SelectChoice("", gettext("the bureau itself")),
            *(SelectChoice(code, name) for code, name in organisations),
        ]
