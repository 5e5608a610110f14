"""Why a day is cancelled."""

from flask_babel import lazy_gettext

from bureau.web.editing import EditForm, LocalisedField


class CancelDayForm(EditForm):
    """What residents read instead of the day's sessions."""

    reason = LocalisedField(
        lazy_gettext("Reason"), required=True, rows=2, hint=lazy_gettext("Residents and partners read it.")
    )
