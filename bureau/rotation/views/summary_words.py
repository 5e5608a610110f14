"""What was declared, as people say it: "legal help in Bulgarian and Arabic", "Thursdays 10–12, except 24 December"."""

from collections.abc import Iterable, Sequence
from datetime import date

from babel.lists import format_list
from flask_babel import get_locale, gettext, lazy_gettext
from markupsafe import Markup, escape

from bureau.rotation.domain.summary import Giving, Span, Times
from bureau.web import formats
from bureau.web.languages import current_language

from .blueprint import blueprint

WEEKDAYS = {
    1: lazy_gettext("Mondays"),
    2: lazy_gettext("Tuesdays"),
    3: lazy_gettext("Wednesdays"),
    4: lazy_gettext("Thursdays"),
    5: lazy_gettext("Fridays"),
    6: lazy_gettext("Saturdays"),
    7: lazy_gettext("Sundays"),
}


@blueprint.app_template_filter()
def giving_words(giving: Giving) -> Markup:
    """Services with the languages they are given in, each language by its own name."""
    spoken = [
        Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(one.tag, one.direction, one.own_name)
        for one in giving.languages
    ]
    services = [one.name.in_(current_language()) for one in giving.services]
    words = Markup(gettext("%(service)s in %(language)s"))  # noqa: S704  (our own sentence; what fills it is escaped)
    return words % {"service": formats.listed(services, current_language()), "language": _and(spoken)}


@blueprint.app_template_filter()
def times_words(times: Times) -> Markup:
    """Hours of weekdays with their exceptions, or of single days."""
    known = {"hours": _hours(times.spans), "weekdays": _and(str(WEEKDAYS[one]) for one in times.weekdays)}
    if times.days:
        words, known = gettext("%(day)s, %(hours)s"), {**known, "day": _days(times.days)}
    elif times.missing:
        words, known = gettext("%(weekdays)s %(hours)s, except %(days)s"), {**known, "days": _days(times.missing)}
    else:
        words = gettext("%(weekdays)s %(hours)s")
    return Markup(words) % known  # noqa: S704  (our own sentence; what fills it is escaped)


def _hours(spans: Iterable[Span]) -> Markup:
    return _and(Markup("<bdi>{}</bdi>").format(formats.short_hours(*span)) for span in spans)


def _days(days: Sequence[date]) -> Markup:
    """3, 10 and 17 December: all days lie in one month."""
    return _and([*(str(day.day) for day in days[:-1]), formats.day_month(days[-1], current_language())])


def _and(items: Iterable[str]) -> Markup:
    return Markup(format_list([escape(item) for item in items], locale=get_locale()))  # noqa: S704  (all escaped above)
