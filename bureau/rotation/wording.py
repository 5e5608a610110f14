"""What the refusals of planning say."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext

from bureau.kernel.errors import Refused
from bureau.kernel.localised import LocalisedText
from bureau.rotation.domain.board import FreeSlot
from bureau.rotation.domain.cockpit import SessionLeftOut
from bureau.rotation.domain.refusals import NeedsPrivateRoom, PartnerLeft, SeatGone, TimeWithdrawn
from bureau.rotation.domain.series import SeriesDay, SeriesInfo
from bureau.web import formats
from bureau.web.languages import current_language
from bureau.web.wording import register, register_words, word

PHASE_NAMES = {
    "preparing": lazy_gettext("Preparing"),
    "declaring": lazy_gettext("Declaring"),
    "proposing": lazy_gettext("Proposing"),
    "reviewing": lazy_gettext("Reviewing"),
    "published": lazy_gettext("Published"),
    "closed": lazy_gettext("Closed"),
}

register("deadlines_out_of_order", lazy_gettext("Each phase must end after the one before it."))
register("unknown_worker", lazy_gettext("This person is not in the organisation’s team here."))
register("unknown_service", lazy_gettext("The service “%(value)s” is not known here."))
register("unknown_language", lazy_gettext("The language “%(value)s” is not known here."))
register("unknown_level", lazy_gettext("Please choose preferred, possible or undesired."))
register("promise_out_of_range", lazy_gettext("Please write a whole number from %(low)s to %(high)s."))
register("not_qualified", lazy_gettext("Nobody in your team can give this service in this language."))
register("worker_busy", lazy_gettext("%(worker)s is already in another session at this time."))
register("slot_closed", lazy_gettext("This slot is closed. Please choose another one."))
register("slot_past", lazy_gettext("This slot has already begun. Please choose a later one."))
register("nothing_given", lazy_gettext("Please choose at least one service and one language."))
register("session_over", lazy_gettext("This session has begun or is no longer planned, so it cannot be changed."))
register("undo_over", lazy_gettext("The booking is no longer new. Please give the session back with a reason."))
register("cover_too_late", lazy_gettext("Please choose a moment before the session begins."))
register("reason_needed", lazy_gettext("Please say in a few words why. The bureau manager and your team see it."))
register("nothing_to_publish", lazy_gettext("Nothing has changed since the last publication."))
register("nobody_answered", lazy_gettext("No organisation has declared its offer yet, so there is nothing to plan."))
register("proposal_running", lazy_gettext("A proposal is being made. Wait until it is ready, or stop it."))
register("proposal_not_ready", lazy_gettext("This proposal has no plan that could be accepted. Make a new one."))
register(
    "plan_outdated",
    lazy_gettext("Slots were booked or closed since this proposal was made. Make a new one; booked sessions stay."),
)


def _worded(code: str) -> Callable[[Callable[[Any], str]], Callable[[Any], str]]:
    """Word the refusals of ``code`` with the function below; it is given the refusal's values."""

    def remember(words: Callable[[Any], str]) -> Callable[[Any], str]:
        def of_refusal(error: Refused) -> str:
            return words(error.params)

        register_words(code, of_refusal)
        return words

    return remember


@_worded("no_open_days")
def _no_open_days(known: Any) -> str:
    month = formats.month_name(known["month"], current_language())
    return str(
        gettext("The bureau has no open hours in %(month)s. Check the opening hours and closed days.", month=month)
    )


@_worded("already_open")
def _already_open(known: Any) -> str:
    month = formats.month_name(known["month"], current_language())
    return str(gettext("The planning round for %(month)s is open already.", month=month))


@_worded("wrong_phase")
def _wrong_phase(known: Any) -> str:
    phase = str(PHASE_NAMES[known["phase"]])
    return str(gettext("This is not possible in the phase “%(phase)s”.", phase=phase))


@_worded("deadline_passed")
def _deadline_passed(known: Any) -> str:
    date = formats.at(known["date"], known["timezone"], current_language())
    return str(gettext("The deadline was %(date)s. Ask the bureau manager to open it again.", date=date))


@_worded("unknown_block")
def _unknown_block(known: Any) -> str:
    day, start = formats.day_long(known["day"], current_language()), formats.clock(known["starts"])
    return str(gettext("The bureau is not open on %(day)s at %(start)s.", day=day, start=start))


@_worded("slot_taken")
def _slot_taken(known: Any) -> str:
    taken = str(gettext("This slot was just taken by another organisation."))
    near = "; ".join(free_slot_words(slot) for slot in known.get("near", ()))
    return f"{taken} {gettext('Free near this time: %(slots)s', slots=near)}" if near else taken


def free_slot_words(slot: FreeSlot) -> str:
    """Day, hours and room of a slot, in the reader's language."""
    language = current_language()
    day, hours = formats.day_long(slot.day, language), formats.said_hours(slot.starts, slot.ends, language)
    return f"{day}, {hours}, {slot.room.in_(language)}"


@_worded("slot_occupied")
def _slot_occupied(known: Any) -> str:
    organisation = _said(known["organisation"])
    sentence = gettext("%(organisation)s has a session in this slot. Release it first.", organisation=organisation)
    return str(sentence)


@_worded("needs_private_room")
def _needs_private_room(known: Any) -> str:
    service = _said(known["service"])
    if known.get("needs") == "group":
        return str(gettext("“%(service)s” is given in the group room.", service=service))
    return str(gettext("“%(service)s” is given in a quiet room. Please choose a slot there.", service=service))


@_worded("limit_reached")
def _limit_reached(known: Any) -> str:
    number = int(known["most"])
    return str(_LIMITS[known["limit"]](number))


def _said(text: LocalisedText) -> str:
    return text.in_(current_language())


_LIMITS: dict[str, Callable[[int], str]] = {
    "max_at_once": lambda number: ngettext(
        "Your organisation takes at most %(num)d session at the same time.",
        "Your organisation takes at most %(num)d sessions at the same time.",
        number,
    ),
    "max_per_day": lambda number: ngettext(
        "Your organisation takes at most %(num)d session a day.",
        "Your organisation takes at most %(num)d sessions a day.",
        number,
    ),
    "max_per_week": lambda number: ngettext(
        "Your organisation takes at most %(num)d session a week.",
        "Your organisation takes at most %(num)d sessions a week.",
        number,
    ),
    "max_per_month": lambda number: ngettext(
        "Your organisation takes at most %(num)d session a month.",
        "Your organisation takes at most %(num)d sessions a month.",
        number,
    ),
}

register("partner_left", lazy_gettext("The organisation no longer takes part in the bureau."))
register("seat_gone", lazy_gettext("The room or seat is no longer in use."))
register("time_withdrawn", lazy_gettext("The organisation no longer offers this time."))

_SAID_AS_IS = {refusal.code: refusal for refusal in (PartnerLeft, SeatGone, TimeWithdrawn)}
_LEFT_OUT = {
    "unknown_worker": lazy_gettext("The worker is no longer in the organisation’s team here."),
    "slot_closed": lazy_gettext("The slot is closed."),
    "slot_past": lazy_gettext("The slot has already begun."),
    "slot_taken": lazy_gettext("Somebody else has the slot."),
    "worker_busy": lazy_gettext("The worker is in another session at this time."),
    "limit_reached": lazy_gettext("The organisation takes no more sessions then: its own limit is reached."),
}


def why_left_out(one: SessionLeftOut) -> str:
    """Why a session of the plan was not taken onto the board."""
    if one.why == "not_qualified":
        return str(gettext("“%(name)s” is no longer offered.", name=_said(one.subject)))
    if one.why in _LEFT_OUT:
        return str(_LEFT_OUT[one.why])
    if one.why == NeedsPrivateRoom.code:
        return word(NeedsPrivateRoom(service=one.subject, needs=one.needs))
    return word(_SAID_AS_IS[one.why]())


register("series_ends_early", lazy_gettext("The last day must not be before the first one."))
register("not_on_that_day", lazy_gettext("The series does not fall on that day."))
register("day_over", lazy_gettext("This day is over, so nothing can be cancelled or put back any more."))
register("already_cancelled", lazy_gettext("This day is cancelled already."))
register("nothing_cancelled", lazy_gettext("This day is not cancelled, or it was put back already."))
register("session_not_over", lazy_gettext("Please wait until the session is over."))
register("month_closed", lazy_gettext("This month is closed. What happened in it stays as it is."))


def why_not_then(day: SeriesDay, series: SeriesInfo) -> str:
    """Why a series is not booked on that day; nothing where it is."""
    if day.why is None:
        return day.reason or _said(day.closure)
    if day.why.code == "not_qualified":
        return str(gettext("“%(name)s” is no longer offered.", name=_not_given(day.why, series)))
    return in_short(day.why)


def in_short(why: Refused) -> str:
    """Why something of a list could not be, as it is said beside it."""
    return str(_LEFT_OUT.get(why.code) or word(why))


def _not_given(why: Refused, series: SeriesInfo) -> str:
    """The service or the language that the worker no longer gives."""
    services = [_said(one.name) for one in series.services if one.code == why.params["service"]]
    languages = [one.own_name for one in series.languages if one.tag == why.params["language"]]
    return next(iter(services + languages), "")


register("target_below_minimum", lazy_gettext("What is wished cannot be less than what is needed."))
register("demand_there", lazy_gettext("This is wanted already. Change the line that is there."))

register("formula_in_table", lazy_gettext("Please write the word itself, not a formula."))
register("line_twice", lazy_gettext("This day and time stands in the table twice."))
register("unknown_column", lazy_gettext("Nobody in your team is called “%(value)s”."))
