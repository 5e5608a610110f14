"""The form of what a bureau wants covered."""

from collections.abc import Iterable

from flask_babel import lazy_gettext
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from bureau.web.editing import EditForm, choices

PERIODS = {
    "block": lazy_gettext("In every block"),
    "day": lazy_gettext("Every day"),
    "week": lazy_gettext("Every week"),
    "month": lazy_gettext("Every month"),
}
REQUIRED = InputRequired(lazy_gettext("Please fill this in."))


def _within(low: int, high: int) -> NumberRange:
    return NumberRange(low, high, lazy_gettext("Please write a whole number from %(min)s to %(max)s."))


class DemandForm(EditForm):
    """So many sessions in a period, of a service, a language, both, or anybody."""

    per = SelectField(lazy_gettext("How often"), choices=choices(PERIODS.items()))
    service = SelectField(lazy_gettext("Service"))
    language = SelectField(lazy_gettext("Language"))
    minimum = IntegerField(lazy_gettext("Sessions needed"), [InputRequired(), _within(0, 999)])
    target = IntegerField(lazy_gettext("Sessions wished"), [REQUIRED, _within(1, 999)])
    weight = IntegerField(
        lazy_gettext("Weight"), [REQUIRED, _within(1, 100)],
        description=lazy_gettext("1 is usual. A gap with weight 3 counts as much as three others."),
    )  # fmt: skip

    def offer(self, services: Iterable[tuple[str, str]], languages: Iterable[tuple[str, str]]) -> None:
        """The services and languages to choose from; the first choice is any."""
        self.service.choices = choices([("", lazy_gettext("Any service")), *services])
        self.language.choices = choices([("", lazy_gettext("Any language")), *languages])
