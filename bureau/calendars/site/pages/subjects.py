"""Everything that has a page of next dates and a feed: needs, services, languages, languages by need, partners."""

from collections.abc import Iterator
from dataclasses import dataclass

from bureau.calendars.domain import files
from bureau.calendars.domain.files import Address
from bureau.calendars.domain.selection import Sessions
from bureau.calendars.site.reader import Reader
from bureau.kernel.localised import LocalisedText
from bureau.rotation.domain.programme import (
    PublishedCategory,
    PublishedLanguage,
    PublishedOrganisation,
    PublishedService,
)

NOTHING = LocalisedText()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a page of next dates is about; ``need`` and ``spoken`` say what of it can be chosen otherwise."""

    kind: str
    address: Address
    name: LocalisedText
    lede: LocalisedText
    sessions: Sessions
    services: tuple[PublishedService, ...]
    icon: str | None = None
    spoken: PublishedLanguage | None = None
    need: PublishedCategory | None = None


def subjects(reader: Reader) -> Iterator[Subject]:
    """All of them."""
    yield from filters(reader)
    for service in reader.place.services.values():
        yield _service(reader, service)
    for tag, need in reader.place.index.by_pair:
        if need in reader.place.categories and tag in reader.place.languages:
            yield _need_in_language(reader, reader.place.categories[need], reader.place.languages[tag])
    for organisation in reader.place.organisations.values():
        yield _organisation(reader, organisation)


def filters(reader: Reader) -> Iterator[Subject]:
    """Needs and languages: of these there is a month, too."""
    for category in reader.place.categories.values():
        yield _need(reader, category)
    for language in reader.place.languages.values():
        yield _language(reader, language)


def _need(reader: Reader, category: PublishedCategory) -> Subject:
    return Subject(
        kind="need", address=files.need_address(category.code), name=category.name, lede=NOTHING, icon=category.icon,
        need=category, services=_services_of(reader, category), sessions=reader.place.index.with_need(category.code),
    )  # fmt: skip


def _language(reader: Reader, language: PublishedLanguage) -> Subject:
    return Subject(
        kind="language", address=files.language_address(language.tag), name=language.name, lede=NOTHING,
        sessions=reader.place.index.spoken_in(language.tag), services=(), spoken=language,
    )  # fmt: skip


def _need_in_language(reader: Reader, need: PublishedCategory, language: PublishedLanguage) -> Subject:
    sessions = reader.place.index.for_need_in(need.code, language.tag)
    given = reader.place.index.services_for(need.code, language.tag)
    title = f"{reader.says(need.name)} · {reader.says(language.name)}"
    return Subject(
        kind="need-in-language", address=files.need_in_language_address(need.code, language.tag),
        name=LocalisedText({reader.language: title}), lede=NOTHING, icon=need.icon, sessions=sessions, spoken=language,
        need=need, services=tuple(one for one in _services_of(reader, need) if one.code in given),
    )  # fmt: skip


def _service(reader: Reader, service: PublishedService) -> Subject:
    category = reader.place.categories.get(service.category)
    return Subject(
        kind="service", address=files.service_address(service.code), name=service.name, lede=service.description,
        icon=category.icon if category else None, sessions=reader.place.index.with_service(service.code),
        services=(service,),
    )  # fmt: skip


def _organisation(reader: Reader, organisation: PublishedOrganisation) -> Subject:
    sessions = reader.place.index.of_organisation(organisation.code)
    given = reader.place.index.services_of(organisation.code)
    return Subject(
        kind="organisation", address=files.organisation_address(organisation.code), name=organisation.name,
        lede=organisation.about, sessions=sessions, icon="people",
        services=tuple(one for one in reader.place.services.values() if one.code in given),
    )  # fmt: skip


def _services_of(reader: Reader, category: PublishedCategory) -> tuple[PublishedService, ...]:
    return tuple(one for one in reader.place.services.values() if one.category == category.code)
