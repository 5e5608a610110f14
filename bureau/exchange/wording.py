"""What refusals and notices of swaps, covers and waiting lists say."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from flask_babel import gettext, lazy_gettext

from bureau.kernel.errors import Refused
from bureau.kernel.localised import LocalisedText
from bureau.notices.domain.kinds import Words
from bureau.notices.domain.kinds import register as register_notice
from bureau.web import formats
from bureau.web.languages import current_language
from bureau.web.wording import register, register_words, word

STATES = {
    "moved": lazy_gettext("This swap is made already."),
    "declined": lazy_gettext("This swap was declined."),
    "withdrawn": lazy_gettext("The request for this swap was withdrawn."),
    "expired": lazy_gettext("The time to answer this swap is over."),
    "overtaken": lazy_gettext("A session of this swap has changed since it was asked for. Nothing was moved."),
}

register_words("swap_over", lambda error: str(STATES[str(error.params["state"])]))
register("sessions_changed", STATES["overtaken"])
register("already_asked", lazy_gettext("This is being asked already. You find it among your swaps."))
register("own_session", lazy_gettext("A swap is between organisations. To change your own sessions, move them."))
register("answer_given", lazy_gettext("This organisation has accepted already."))
register("slot_is_free", lazy_gettext("This slot is free: you can book it now."))
register("already_waiting", lazy_gettext("You wait for this slot already, or it is yours."))
register(
    "offer_over",
    lazy_gettext("This offer is over: it was used, or its time has passed. The board shows what is open."),
)


def _cannot_move(error: Refused) -> str:
    params: Any = error.params
    return str(
        gettext(
            "%(organisation)s: %(reason)s",
            organisation=params["organisation"].in_(current_language()),
            reason=word(params["why"]),
        )
    )


def _slot_on_offer(error: Refused) -> str:
    params: Any = error.params
    until = formats.at(params["until"], params["timezone"], current_language())
    return str(gettext("Until %(moment)s this slot is kept for an organisation that waited for it.", moment=until))


_THEIR_RULES = {
    "worker_busy": lazy_gettext("The worker is in another session at this time."),
    "limit_reached": lazy_gettext("The organisation takes no more sessions then: its own limit is reached."),
}


def _their_rule(error: Refused) -> str:
    why: Any = error.params["why"]
    return str(_THEIR_RULES[why.code])


register_words("cannot_move", _cannot_move)
register_words("their_rule", _their_rule)
register_words("slot_on_offer", _slot_on_offer)


def slot_said(values: Mapping[str, Any]) -> str:
    """Wednesday 9 December, 10:00–12:00, Desk 1: a slot as it stands in a notice."""
    language = current_language()
    hours = formats.said_hours(time.fromisoformat(values["starts"]), time.fromisoformat(values["ends"]), language)
    day = formats.day_long(date.fromisoformat(values["day"]), language)
    return formats.listed([day, hours, _said(values["room"])], language)


def _said(text: Mapping[str, Any]) -> str:
    return LocalisedText.from_json(dict(text)).in_(current_language())


def _asked(values: Mapping[str, Any]) -> str:
    if values["kind"] == "cover":
        return str(
            gettext("Can you take over %(slot)s? %(organisation)s asks for cover.", slot=slot_said(values["gives"]),
                    organisation=_said(values["other"]))
        )  # fmt: skip
    return str(
        gettext("A swap waits for your answer: you would give %(given)s and get %(gained)s.",
                given=slot_said(values["gives"]), gained=slot_said(values["gets"]))
    )  # fmt: skip


def _moved(values: Mapping[str, Any]) -> str:
    if values["kind"] in ("cover", "offer"):
        return str(gettext("Cover is found: %(slot)s.", slot=slot_said(values["gives"])))
    return str(
        gettext("The swap is made: your session is now on %(gained)s, not on %(given)s.",
                given=slot_said(values["gives"]), gained=slot_said(values["gets"]))
    )  # fmt: skip


def _declined(values: Mapping[str, Any]) -> str:
    slot, reason = slot_said(values["gives"]), values["reason"]
    return str(gettext("What you asked for %(slot)s was declined: %(reason)s", slot=slot, reason=reason))


def _withdrawn(values: Mapping[str, Any]) -> str:
    return str(gettext("The request for %(slot)s was withdrawn.", slot=slot_said(values["gives"])))


def _expired(values: Mapping[str, Any]) -> str:
    slot = slot_said(values["gives"])
    return str(gettext("Not everybody answered in time for %(slot)s, so nothing was moved.", slot=slot))


def _overtaken(values: Mapping[str, Any]) -> str:
    slot = slot_said(values["gives"])
    return str(
        gettext("A session has changed since the swap of %(slot)s was asked for, so nothing was moved.", slot=slot)
    )


def _cover_sought(values: Mapping[str, Any]) -> str:
    services = formats.dotted(_said(one) for one in values["services"])
    return str(
        gettext("Cover is sought for %(slot)s: %(services)s.", slot=slot_said(values["slot"]), services=services)
    )


def _when(slot: Mapping[str, Any]) -> str:
    day, starts = date.fromisoformat(slot["day"]), time.fromisoformat(slot["starts"])
    return formats.day_and_clock(day, starts, current_language())


def _asked_briefly(values: Mapping[str, Any]) -> str:
    when = _when(values["gives"])
    if values["kind"] == "cover":
        return str(gettext("Cover is sought: %(when)s", when=when))
    return str(gettext("Please answer a swap: %(when)s", when=when))


def _moved_briefly(values: Mapping[str, Any]) -> str:
    if values["kind"] in ("cover", "offer"):
        return str(gettext("Cover is found: %(slot)s.", slot=_when(values["gives"])))
    return str(gettext("The swap is made: now %(when)s", when=_when(values["gets"])))


def _briefly(words: Callable[[str], str]) -> Words:
    """A subject: what happened, and when the session begins that was to be given."""
    return lambda values: str(words(_when(values["gives"])))


for _kind, _words, _subject in (
    ("asked", _asked, _asked_briefly),
    ("moved", _moved, _moved_briefly),
    ("declined", _declined, _briefly(lambda when: gettext("Your request is declined: %(when)s", when=when))),
    ("withdrawn", _withdrawn, _briefly(lambda when: gettext("The request for %(slot)s was withdrawn.", slot=when))),
    ("expired", _expired, _briefly(lambda when: gettext("No answer in time: %(when)s", when=when))),
    ("overtaken", _overtaken, _briefly(lambda when: gettext("Nothing was moved: %(when)s", when=when))),
    ("cover_sought", _cover_sought, lambda values: gettext("Cover is sought: %(when)s", when=_when(values["slot"]))),
):
    register_notice(f"exchange.{_kind}", _words, _subject)
