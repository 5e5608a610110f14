"""The form in which people say when they want mail."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, RadioField, SelectField

from bureau.notices.domain.timing import Choice
from bureau.web.editing import EditForm, choices

DIGESTS = [
    ("daily", lazy_gettext("Every day")),
    ("weekly", lazy_gettext("Every Monday")),
    ("never", lazy_gettext("Never")),
]
HOURS = [(str(hour), f"{hour:02d}:00") for hour in range(24)]


class ChoiceForm(EditForm):
    """How often, at which hour, and whether urgent things come at once."""

    digest = RadioField(lazy_gettext("One mail with everything new"), choices=choices(DIGESTS))
    hour = SelectField(lazy_gettext("At what time"), choices=choices(HOURS))
    at_once = BooleanField(lazy_gettext("A mail at once for what is about my next 48 hours"))

    def chosen(self) -> Choice:
        """What was chosen."""
        hour, version = int(self.hour.data), self.version.data or 0
        return Choice(digest=self.digest.data, hour=hour, at_once=bool(self.at_once.data), version=version)


def as_stored(choice: Choice) -> tuple[dict[str, Any], int]:
    """What the form shows before anything is typed."""
    return {"digest": choice.digest, "hour": str(choice.hour), "at_once": choice.at_once}, choice.version
