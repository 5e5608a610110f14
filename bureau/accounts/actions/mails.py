"""The mails of accounts, each in its reader's language."""

from datetime import datetime

from flask import current_app
from flask_babel import gettext

from bureau.accounts.models import Person
from bureau.kernel.outbox import queue
from bureau.web.languages import writing_in


def link_to(endpoint: str, **parts: str) -> str:
    """The full address of a page, for mails and the command line."""
    path = current_app.url_map.bind("").build(endpoint, parts)
    return f"{current_app.config['BASE_URL']}{path}"


def mail_invitation(person: Person, token: str, *, now: datetime) -> None:
    """Ask the person to open their account."""
    link = link_to("accounts.accept_invitation", token=token)
    with writing_in(person.language):
        subject = gettext("Your invitation to the bureau")
        body = gettext(
            "You are invited to plan and publish together with the bureau.\n\n"
            "Open this link to choose your password. It works once, for 14 days:\n\n%(link)s\n\n"
            "If you do not know what this is about, you can ignore this mail.",
            link=link,
        )
    queue(to=person.email, language=person.language, subject=subject, body=body, now=now)


def mail_reset(person: Person, token: str, *, now: datetime) -> None:
    """Let the person choose a new password."""
    link = link_to("accounts.new_password", token=token)
    with writing_in(person.language):
        subject = gettext("Choose a new password")
        body = gettext(
            "Somebody, probably you, asked for a new password.\n\n"
            "Open this link to choose it. It works once, for two hours:\n\n%(link)s\n\n"
            "If it was not you, you can ignore this mail; your password stays as it is.",
            link=link,
        )
    queue(to=person.email, language=person.language, subject=subject, body=body, now=now)


def mail_password_changed(person: Person, *, now: datetime) -> None:
    """Tell the person, so that a stranger's change does not pass unseen."""
    with writing_in(person.language):
        subject = gettext("Your password was changed")
        body = gettext(
            "The password of your account was changed, and other browsers were signed out.\n\n"
            "If it was not you, ask for a new password now: %(link)s",
            link=link_to("accounts.forgotten_password"),
        )
    queue(to=person.email, language=person.language, subject=subject, body=body, now=now)
