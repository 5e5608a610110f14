"""Invitations in mails, as calendar programs want to find them."""

import re
from email.message import EmailMessage

_BEGIN = re.compile(r"(?=^BEGIN:VCALENDAR\r?$)", re.MULTILINE)
_METHOD = re.compile(r"^METHOD:(\w+)", re.MULTILINE)


def attach_calendar(message: EmailMessage, stream: str) -> None:
    """Attach the calendar objects of ``stream``: one as another form of the mail and as a file, several as files.

    A program that knows invitations offers the only one right away; others can open the file.
    """
    objects = [one for one in _BEGIN.split(stream) if one]
    if len(objects) == 1:
        message.add_alternative(objects[0], subtype="calendar", params=_how(objects[0]))
        message.add_attachment(objects[0].encode(), maintype="application", subtype="ics", filename="invite.ics")
        return
    for number, one in enumerate(objects, start=1):
        message.add_attachment(one, subtype="calendar", params=_how(one), filename=f"invite-{number}.ics")


def _how(one: str) -> dict[str, str]:
    """What the object asks for, which the mail must say too (RFC 6047, 2.4)."""
    stated = _METHOD.search(one)
    return {"method": stated[1] if stated else "PUBLISH"}
