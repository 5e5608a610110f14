"""Things of planning that pages must word before they show them."""

from datetime import date, datetime

from flask_babel import gettext, lazy_gettext
from markupsafe import Markup

from bureau.kernel.month import Month
from bureau.rotation.domain.cockpit import Gap, SessionLeftOut
from bureau.rotation.wording import why_left_out
from bureau.web import formats
from bureau.web.languages import current_language
from bureau.web.wording import register

from .blueprint import blueprint

register("invalid.moment", lazy_gettext("Please write a date and a time, for example 2026-12-31 18:00."))


PRESETS = {
    "balanced": lazy_gettext("Balanced"),
    "residents_first": lazy_gettext("Residents first"),
    "fair_to_partners": lazy_gettext("Fair to partners"),
    "quiet_month": lazy_gettext("Quiet month"),
}


@blueprint.app_template_filter()
def preset_name(preset: str | None) -> str:
    """Ready-made weights, as people call them; None are the bureau's own."""
    return str(PRESETS[preset] if preset else gettext("Our own numbers"))


@blueprint.app_template_filter()
def month_words(month: str) -> str:
    """A month written ``2026-12``, as people say it."""
    return formats.month_name(Month.parse(month), current_language())


@blueprint.app_template_filter()
def whereabouts(gap: Gap) -> str | Markup:
    """The block, day, week or month of a gap, as people say it."""
    language = current_language()
    if gap.per == "block":
        return day_and_hour(datetime.fromisoformat(gap.where))
    if gap.per == "day":
        return formats.day_long(date.fromisoformat(gap.where), language)
    if gap.per == "week":
        return week_words(gap.where)
    return formats.month_name(Month.parse(gap.where), language)


@blueprint.app_template_filter()
def day_and_hour(start: datetime) -> Markup:
    """When a block begins, on the bureau's clock."""
    clock = Markup("<bdi>{}</bdi>").format(formats.clock(start.time()))
    words = Markup(gettext("%(day)s, %(hours)s"))  # noqa: S704  (our own sentence; what fills it is escaped)
    return words % {"day": formats.day_long(start.date(), current_language()), "hours": clock}


@blueprint.app_template_filter()
def week_words(week: str) -> str:
    """An ISO week by its Monday."""
    return str(gettext("Week of %(day)s", day=week_start(week)))


@blueprint.app_template_filter()
def week_start(week: str) -> str:
    """The Monday of an ISO week, where it is clear that a week is meant."""
    monday = datetime.strptime(f"{week}-1", "%G-W%V-%u").date()  # noqa: DTZ007  (a week is a week in every zone)
    return formats.day_month(monday, current_language())


@blueprint.app_template_filter()
def local_moment(moment: datetime, timezone: str) -> Markup:
    """11 December, 18:00: an instant on the bureau's own clock."""
    local = formats.at(moment, timezone, current_language())
    return Markup("<bdi>{}</bdi>").format(local)


@blueprint.app_template_filter()
def left_out_why(one: SessionLeftOut) -> str:
    """Why a session of an accepted plan is not on the board."""
    return why_left_out(one)
