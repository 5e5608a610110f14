"""Files of one part of the public site, without the rest."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from flask import Flask
from flask_babel import force_locale

from bureau.calendars.domain.files import Draft
from bureau.calendars.domain.place import places_of
from bureau.calendars.site.contexts import PlaceContext, SiteContext
from bureau.calendars.site.reader import Reader, public_environment
from bureau.kernel.clock import local_date
from bureau.rotation.domain.programme import ProgrammeDocument
from bureau.web.languages import LANGUAGES

NOW = datetime(2026, 12, 9, 9, 30, tzinfo=UTC)
BASE = "http://localhost"


def reader_of(documents: Iterable[ProgrammeDocument], language: str = "en", *, now: datetime = NOW) -> Reader:
    """A reader at the one bureau; needs the application's context."""
    (place,) = places_of(documents)
    today = local_date(now, place.bureau.timezone)
    return Reader(place=place, language=language, today=today, base_url=BASE, environment=public_environment(_asset))


def for_reader(
    app: Flask,
    part: Callable[[Reader], Iterator[Draft]],
    *documents: ProgrammeDocument,
    language: str = "en",
    now: datetime = NOW,
) -> dict[str, bytes]:
    """The files that a part writes in a language: path → bytes."""
    with app.app_context(), force_locale(LANGUAGES[language].locale):
        return {draft.path: draft.make() for draft in part(reader_of(documents, language, now=now))}


def for_place(
    app: Flask, part: Callable[[PlaceContext], Iterator[Draft]], *documents: ProgrammeDocument, now: datetime = NOW
) -> dict[str, bytes]:
    """The files that a part writes for the one bureau, in no language."""
    with app.app_context():
        (place,) = places_of(documents)
        context = PlaceContext(
            place=place,
            today=local_date(now, place.bureau.timezone),
            base_url=BASE,
            environment=public_environment(_asset),
            asset=_asset,
        )
        return {draft.path: draft.make() for draft in part(context)}


def for_site(
    app: Flask, part: Callable[[SiteContext], Iterator[Draft]], *documents: ProgrammeDocument, now: datetime = NOW
) -> dict[str, bytes]:
    """The files that a part writes for all the bureaux together."""
    with app.app_context():
        context = SiteContext(
            places=places_of(documents), now=now, base_url=BASE, environment=public_environment(_asset), asset=_asset
        )
        return {draft.path: draft.make() for draft in part(context)}


def _asset(name: str) -> str:
    return f"/static/look/{name}"
