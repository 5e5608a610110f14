"""Rows as what residents may see of them."""

from bureau.catalogue.models import Category, Language, Service
from bureau.kernel.localised import LocalisedText
from bureau.organisations.models import Bureau, Organisation, Room
from bureau.rotation.domain.programme import (
    PublishedBureau,
    PublishedCategory,
    PublishedLanguage,
    PublishedOrganisation,
    PublishedRoom,
    PublishedService,
    PublishedSession,
)

from .sessions import PlannedSession

NOTHING = LocalisedText()


def published_bureau(row: Bureau) -> PublishedBureau:
    """The place."""
    return PublishedBureau(
        code=row.code,
        name=row.name,
        city=row.city,
        address=row.address,
        welcome=row.welcome,
        about=row.about,
        find_us=row.find_us,
        privacy=row.privacy,
        walk_in_rule=row.walk_in_rule,
        phone=row.phone,
        phone_text=row.phone_text,
        email=row.email,
        latitude=row.latitude,
        longitude=row.longitude,
        timezone=row.timezone,
        languages=tuple(row.languages),
        facilities=tuple((one["code"], LocalisedText.from_json(one.get("name") or {})) for one in row.facilities),
        country=row.holidays_of,
    )


def published_service(row: Service) -> PublishedService:
    """A service (with its category); a sensitive one under its neutral name.

    What a restricted one is about is not said in public at all; it is told at the desk.
    """
    neutral = row.sensitivity != "normal" and bool(row.neutral_name)
    silent = row.sensitivity == "restricted"
    return PublishedService(
        code=row.code,
        category=row.category.code,
        name=row.neutral_name if neutral else row.name,
        description=NOTHING if silent else row.description,
        bring=NOTHING if silent else row.bring,
        walk_in=row.walk_in,
        audience=row.audience,
        mode=row.mode,
        minutes=row.minutes,
    )


def published_category(row: Category) -> PublishedCategory:
    """A need."""
    return PublishedCategory(code=row.code, name=row.name, icon=row.icon)


def published_language(row: Language) -> PublishedLanguage:
    """A language."""
    return PublishedLanguage(
        tag=row.tag, own_name=row.own_name, name=row.name, phrase=row.phrase, direction=row.direction
    )


def published_organisation(row: Organisation) -> PublishedOrganisation:
    """A partner."""
    return PublishedOrganisation(code=row.code, name=row.name, about=row.about, kind=row.kind)


def published_room(row: Room) -> PublishedRoom:
    """A room."""
    return PublishedRoom(code=row.code, name=row.name, kind=row.kind)


def published_session(row: PlannedSession) -> PublishedSession:
    """A session fetched with slot, room, organisation, services and languages; its history is added by ``republish``."""
    return PublishedSession(
        uid=row.uid,
        sequence=0,
        modified=row.changed_at,
        day=row.slot.day,
        starts=row.slot.starts,
        ends=row.slot.ends,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        room=row.slot.room.code,
        organisation=row.organisation.code,
        services=tuple(service.code for service in row.services),
        languages=tuple(language.tag for language in row.languages),
        note=row.note,
    )
