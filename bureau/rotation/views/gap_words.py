"""What stands against one more session, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext, ngettext

from bureau.web import formats
from bureau.web.languages import current_language

from .blueprint import blueprint

MOST_NAMED = 3

_BY_NUMBER: dict[str, Callable[[int], str]] = {
    "offered_by": lambda num: ngettext("%(num)d person offers this:", "%(num)d people offer this:", num),
    "not_available": lambda num: ngettext("%(num)d person cannot come then.", "%(num)d people cannot come then.", num),
    "max_per_day": lambda num: ngettext(
        "%(num)d person cannot take more sessions on that day.",
        "%(num)d people cannot take more sessions on that day.",
        num,
    ),
    "max_per_week": lambda num: ngettext(
        "%(num)d person cannot take more sessions in that week.",
        "%(num)d people cannot take more sessions in that week.",
        num,
    ),
    "max_per_month": lambda num: ngettext(
        "%(num)d person cannot take more sessions in this month.",
        "%(num)d people cannot take more sessions in this month.",
        num,
    ),
    "max_concurrent": lambda num: ngettext(
        "%(num)d person cannot come because the organisation sends nobody else at that time.",
        "%(num)d people cannot come because their organisations send nobody else at that time.",
        num,
    ),
    "desk": lambda num: ngettext(
        "%(num)d person would find no free room that suits.", "%(num)d people would find no free room that suits.", num
    ),
    "elsewhere": lambda num: ngettext(
        "%(num)d person is in another session then.", "%(num)d people are in another session then.", num
    ),
    "services_full": lambda num: ngettext(
        "%(num)d person is there, but gives other services.", "%(num)d people are there, but give other services.", num
    ),
    "counted": lambda num: ngettext("%(num)d person is there already.", "%(num)d people are there already.", num),
    "rule": lambda num: ngettext(
        "%(num)d person may not come because of a rule of the bureau.",
        "%(num)d people may not come because of a rule of the bureau.",
        num,
    ),
    "possible": lambda num: ngettext(
        "%(num)d person could come, but the plan would be worse elsewhere.",
        "%(num)d people could come, but the plan would be worse elsewhere.",
        num,
    ),
}

_SAME = {
    "no_desk": "desk",
    "desks_unavailable": "desk",
    "desks_taken": "desk",
    "overlap": "elsewhere",
    "travel": "elsewhere",
    "block_requires": "rule",
    "not_together": "rule",
    "companion": "rule",
    "always_present": "rule",
}


@blueprint.app_template_filter()
def reason_words(reason: Mapping[str, Any]) -> str:
    """One reason of a gap as a sentence."""
    code = str(reason.get("limit") or reason["code"])
    if code == "closed":
        return str(gettext("The bureau is closed then."))
    if code == "no_blocks":
        return str(gettext("The bureau has no opening hours then."))
    if code == "nobody_offers":
        return str(gettext("Nobody who declared can give this."))
    return str(_BY_NUMBER[_SAME.get(code, code)](int(reason["teams"])))


@blueprint.app_template_filter()
def reason_people(reason: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Some of the people that a reason holds for, by the ``names`` that the reader may see; empty where there are none."""
    teams = dict.fromkeys(one["team"] for one in reason.get("examples", ()))
    named = [names[team] for team in teams if team in names][:MOST_NAMED]
    listed = formats.listed(named, current_language())
    if not named or len(named) == reason["teams"]:
        return listed
    return str(gettext("For example: %(names)s", names=listed))
