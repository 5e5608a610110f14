"""The form of what counts how much."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from bureau.rotation.domain.weights import MOST
from bureau.web.editing import EditForm


def _weight(label: Any, explained: Any) -> IntegerField:
    within = NumberRange(0, MOST, lazy_gettext("Please write a whole number from %(min)s to %(max)s."))
    return IntegerField(label, [InputRequired(lazy_gettext("Please fill this in.")), within], description=explained)


class WeightsForm(EditForm):
    """A number for each of the nine terms."""

    uncovered_min = _weight(
        lazy_gettext("Sessions missing from the minimum"),
        lazy_gettext("For each session that the bureau needs and nobody gives. Keep this by far the highest."),
    )
    uncovered_target = _weight(
        lazy_gettext("Sessions missing from the wish"),
        lazy_gettext("For each session that the bureau wishes for beyond what it needs."),
    )
    promise_unmet = _weight(
        lazy_gettext("Sessions missing from what organisations need at least"),
        lazy_gettext("For each session below the least number that makes coming worthwhile for an organisation."),
    )
    spread = _weight(
        lazy_gettext("Days on which a service should be there and is not"),
        lazy_gettext("For each day by which a service comes on fewer days of the week than it should."),
    )
    continuity = _weight(
        lazy_gettext("Hours residents know that are not kept"),
        lazy_gettext("For each regular hour of last month that could be kept and is given up."),
    )
    regularity = _weight(
        lazy_gettext("Different hours to remember"),
        lazy_gettext("For each different weekday and hour of somebody in the month: fewer are easier to remember."),
    )
    preferences = _weight(
        lazy_gettext("Hours that organisations wished otherwise"),
        lazy_gettext("Once for a session outside the preferred hours, twice for one at an hour marked “rather not”."),
    )
    fairness = _weight(
        lazy_gettext("Distance from fair shares"),
        lazy_gettext(
            "For being away from the fair share, above or below. The second session away costs three times the first, "
            "the third five times; of a small share each costs more."
        ),
    )
    changes = _weight(
        lazy_gettext("Changes to the plan in force"),
        lazy_gettext(
            "For each session added, dropped or changed once a plan is on the board. Before that it costs nothing."
        ),
    )
