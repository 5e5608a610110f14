"""The mail that offers a slot to who waited for it: its link is a secret, so it is no notice."""

from datetime import datetime

from flask_babel import gettext

from bureau.accounts.actions.mails import link_to
from bureau.exchange.models import WaitlistEntry
from bureau.kernel.outbox import queue
from bureau.rotation.actions.mails import Reader
from bureau.web import formats
from bureau.web.languages import writing_in


def slot_is_free(entry: WaitlistEntry, person: Reader, token: str, *, now: datetime) -> None:
    """Let a coordinator confirm; ``entry`` is fetched with all its parts and offered."""
    link, language = link_to("exchange.confirm", token=token), person.language
    bureau = entry.slot.round.bureau
    with writing_in(language):
        name = slot_words(entry, language)
        subject = gettext("Free now: %(slot)s", slot=name)
        body = gettext(
            "A slot that you wait for has come free: %(slot)s.\n\n"
            "It is kept for you until %(moment)s. Open this link to book it for %(worker)s:\n\n%(link)s\n\n"
            "If you do not need it any more, you can say so there; then the next organisation is asked.",
            slot=name, moment=formats.at(entry.expires_at or now, bureau.timezone, language),
            worker=entry.worker.label, link=link,
        )  # fmt: skip
    queue(to=person.email, language=language, subject=subject, body=body, now=now)


def slot_words(entry: WaitlistEntry, language: str) -> str:
    """Day, hours and room of the entry's slot."""
    slot = entry.slot
    day, hours = formats.day_long(slot.day, language), formats.said_hours(slot.starts, slot.ends, language)
    return formats.listed([day, hours, slot.room.name.in_(language)], language)
