"""What the refusals and the notices of the review say."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from flask_babel import gettext, lazy_gettext

from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.notices.domain import kinds
from bureau.web import formats
from bureau.web.languages import current_language
from bureau.web.wording import register

register(
    "plan_not_shown_yet", lazy_gettext("The plan is still being made. You are asked for your answer when it is ready.")
)
register("review_over", lazy_gettext("This month is published, so there is no plan to answer any more."))
register(
    "objection_needs_reason", lazy_gettext("Please say what is wrong, so that somebody can do something about it.")
)
register("reply_needed", lazy_gettext("Please answer in a few words. All partners read it."))
register("nothing_said", lazy_gettext("Please write something first."))
register(
    "not_agreed",
    lazy_gettext(
        "Not everybody agrees with this plan yet; you find below what is open. "
        "If you publish all the same, everybody sees that it was done in spite of it."
    ),
)


def _month(values: Mapping[str, Any]) -> str:
    return formats.month_name(Month.parse(values["month"]), current_language())


def _answered(values: Mapping[str, Any]) -> str:
    if not values["reply"]:
        return str(
            gettext("Your objection to the plan for %(month)s was settled in the joint meeting.", month=_month(values))
        )
    return str(
        gettext(
            "Your objection to the plan for %(month)s was answered: %(reply)s",
            month=_month(values),
            reply=values["reply"],
        )
    )


def _carried(values: Mapping[str, Any]) -> str:
    if not values["reply"]:
        return str(gettext("The plan for %(month)s will be changed as you asked.", month=_month(values)))
    return str(
        gettext(
            "The plan for %(month)s will be changed as you asked: %(reply)s",
            month=_month(values),
            reply=values["reply"],
        )
    )


def _comment(values: Mapping[str, Any]) -> str:
    language = current_language()
    who = LocalisedText(values["who"]).in_(language) if values["who"] else str(gettext("The bureau"))
    day = formats.day_long(date.fromisoformat(values["day"]), language)
    start = formats.clock(time.fromisoformat(values["starts"]))
    return str(
        gettext(
            "%(who)s writes about your session on %(day)s at %(start)s: %(words)s",
            who=who, day=day, start=start, words=values["words"],
        )
    )  # fmt: skip


def _comment_briefly(values: Mapping[str, Any]) -> str:
    day, starts = date.fromisoformat(values["day"]), time.fromisoformat(values["starts"])
    when = formats.day_and_clock(day, starts, current_language())
    return str(gettext("A comment on your session: %(when)s", when=when))


def _published_over(values: Mapping[str, Any]) -> str:
    return str(gettext("%(month)s was published although your objection was open.", month=_month(values)))


kinds.register("objection_answered", _answered)
kinds.register("objection_carried", _carried)
kinds.register("slot_comment", _comment, _comment_briefly)
kinds.register("published_over_objection", _published_over)
