"""Telling the managers of what could not be published: once, when it begins."""

from collections.abc import Mapping
from datetime import datetime
from itertools import islice

from flask import current_app
from flask_babel import gettext, ngettext

from bureau.accounts.queries import managers_of
from bureau.kernel import outbox
from bureau.kernel.database import transaction
from bureau.organisations.queries import get_bureau
from bureau.publishing.domain import Release, newly_failed
from bureau.web.addresses import path_to
from bureau.web.languages import writing_in

NAMED = 20
"""So many files a mail names; the page that it leads to names all."""
REASON_LENGTH = 200


def tell_managers(before: Release | None, after: Release | None, *, now: datetime) -> None:
    """Mail the managers of each bureau what could not be written in the release ``after`` and could in the one ``before``."""
    if after is None:
        return
    with transaction():
        for code in after.bureaux:
            if failed := newly_failed(before, after, code):
                _mail(code, failed, release=after.number, now=now)


def _mail(code: str, failed: Mapping[str, str], *, release: str, now: datetime) -> None:
    link = f"{current_app.config['BASE_URL']}{path_to('scheduling.jobs', bureau=code)}#site"
    lines = [f"{path}: {reason[:REASON_LENGTH]}" for path, reason in islice(failed.items(), NAMED)]
    for person in managers_of(get_bureau(code).id):
        with writing_in(person.language):
            subject = gettext("Part of the public site could not be written")
            said = ngettext(
                "%(num)d file of the public site could not be written. Residents read what was there before; it is tried again.",
                "%(num)d files of the public site could not be written. Residents read what was there before; it is tried again.",
                len(failed),
            )
        key = f"site.failed/{code}/{release}/{person.id}"
        body = "\n\n".join((str(said), "\n".join(lines), link))
        outbox.queue(to=person.email, language=person.language, subject=str(subject), body=body, now=now, key=key)
