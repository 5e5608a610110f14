"""Reading the catalogue."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean, CompoundSelect, Integer, Row, String, cast, literal, null, select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import db, lines
from bureau.kernel.errors import NotFound

from .models import Category, Language, Service, StatusGroup


def languages() -> list[Language]:
    """Every language a service can be given in, in the catalogue's order."""
    return list(db.session.scalars(select(Language).order_by(Language.position, Language.tag)))


def languages_by_tag() -> dict[str, Language]:
    """Every language, by its tag, in the catalogue's order."""
    return {language.tag: language for language in languages()}


def find_language(tag: str) -> Language | None:
    """The language of that tag, if it is known."""
    return db.session.get(Language, tag)


def get_language(tag: str) -> Language:
    """The language of that tag; refuses an unknown one."""
    language = find_language(tag)
    if language is None:
        raise NotFound
    return language


def categories() -> list[Category]:
    """Every category, in the catalogue's order."""
    return list(db.session.scalars(select(Category).order_by(Category.position, Category.id)))


def status_groups(*, active: bool | None = None) -> list[StatusGroup]:
    """The groups of legal status, in the catalogue's order: all, or only the (in)active ones."""
    statement = select(StatusGroup).order_by(StatusGroup.position, StatusGroup.id)
    if active is not None:
        statement = statement.where(StatusGroup.active == active)
    return list(db.session.scalars(statement))


def find_category(code: str) -> Category | None:
    """The category of that code, if there is one."""
    return db.session.scalar(select(Category).where(Category.code == code))


def get_category(code: str) -> Category:
    """The category of that code; refuses an unknown one."""
    category = find_category(code)
    if category is None:
        raise NotFound
    return category


def services(*, active: bool | None = None) -> list[Service]:
    """Services with their categories, in the catalogue's order: all, or only the (in)active ones."""
    statement = select(Service).options(joinedload(Service.category)).join(Service.category)
    if active is not None:
        statement = statement.where(Service.active == active)
    return list(db.session.scalars(statement.order_by(Category.position, Service.position, Service.id)))


def services_and_languages() -> tuple[list[Row[Any]], list[Row[Any]]]:
    """Every service as a line (code, name, category, icon, what it needs) and every language, in one statement."""
    found = sorted(
        lines(_services_and_languages(), {}), key=lambda row: (row.place, row.place_within, row.id or 0, row.code)
    )
    return [row for row in found if row.id is not None], [row for row in found if row.id is None]


@cache
def _services_and_languages() -> CompoundSelect[Any]:
    none: Any = null()
    services_ = select(
        Service.id, Service.code, Service.name, Category.code.label("category"), Category.icon,
        Service.needs_private_room, Service.mode, none.label("own_name"), none.label("direction"),
        Category.position.label("place"), Service.position.label("place_within"),
    ).join(Service.category)  # fmt: skip
    spoken = select(
        cast(none, Integer), Language.tag, cast(none, JSON), cast(none, String), cast(none, String),
        cast(none, Boolean), cast(none, String), Language.own_name, Language.direction, Language.position, literal(0),
    )  # fmt: skip
    return services_.union_all(spoken)


def services_by_code(codes: Iterable[str]) -> dict[str, Service]:
    """The services of these codes with their categories, by code; unknown codes are left out."""
    statement = select(Service).options(joinedload(Service.category)).where(Service.code.in_(list(codes)))
    return {service.code: service for service in db.session.scalars(statement.order_by(Service.position))}


def find_service(code: str) -> Service | None:
    """The service of that code with its category, if there is one."""
    return services_by_code([code]).get(code)


def get_service(code: str) -> Service:
    """The service of that code with its category; refuses an unknown one."""
    service = find_service(code)
    if service is None:
        raise NotFound
    return service


def search_services(asked: str) -> list[Service]:
    """Services whose code or any name holds ``asked``, whatever the case; all of them where nothing is asked."""
    wanted = asked.casefold()
    return [row for row in services() if wanted in f"{row.code} {' '.join(row.name.texts.values())}".casefold()]
