"""Categories, services and languages: added, edited, deleted."""

from datetime import datetime
from typing import Any

from bureau.catalogue import queries
from bureau.catalogue.domain import clean_code, clean_tag, ensure_neutral_name
from bureau.catalogue.models import Category, Language, Service
from bureau.kernel import rows
from bureau.kernel.audit import record
from bureau.kernel.database import transaction
from bureau.kernel.errors import Invalid, Refused, Stale

LANGUAGE_COLUMNS = ("own_name", "name", "phrase", "direction", "script", "locale")

Columns = dict[str, Any]


def add_category(columns: Columns, *, actor: str, now: datetime) -> None:
    """A new category at the end of the list; refuses a code that is taken."""
    code = clean_code(columns["code"])
    with transaction():
        position = 1 + max((row.position for row in queries.categories()), default=0)
        rows.add(Category(**{**columns, "code": code}, position=position), otherwise=_taken("code", code))
        record("added", f"category:{code}", actor=actor, now=now)


def edit_category(code: str, version: int, columns: Columns, *, actor: str, now: datetime) -> None:
    """Its name and icon; refuses where somebody else was faster."""
    with transaction():
        difference = rows.change(queries.get_category(code), version, columns)
        record("edited", f"category:{code}", actor=actor, now=now, **difference)


def delete_category(code: str, *, version: int, actor: str, now: datetime) -> None:
    """Delete it; refuses while a service is in it."""
    with transaction():
        rows.remove(queries.get_category(code), version)
        record("deleted", f"category:{code}", actor=actor, now=now)


def add_service(columns: Columns, *, source: str, actor: str, now: datetime) -> None:
    """A new service at the end of the list. ``columns`` holds the category's code; ``source`` is the main language."""
    code = clean_code(columns["code"])
    with transaction():
        position = 1 + max((row.position for row in queries.services()), default=0)
        stored = _service_columns({**columns, "code": code}, source)
        rows.add(Service(**stored, position=position), otherwise=_taken("code", code))
        record("added", f"service:{code}", actor=actor, now=now)


def edit_service(code: str, version: int, columns: Columns, *, source: str, actor: str, now: datetime) -> None:
    """Everything but its code; refuses where somebody else was faster."""
    with transaction():
        difference = rows.change(queries.get_service(code), version, _service_columns(columns, source))
        record("edited", f"service:{code}", actor=actor, now=now, **difference)


def set_service_active(code: str, *, active: bool, actor: str, now: datetime) -> None:
    """Put a service out of use, or back into it."""
    with transaction():
        service = queries.get_service(code)
        difference = rows.change(service, service.version, {"active": active})
        record("edited", f"service:{code}", actor=actor, now=now, **difference)


def delete_service(code: str, *, version: int, actor: str, now: datetime) -> None:
    """Delete it; refuses while workers, sessions or demand name it."""
    with transaction():
        rows.remove(queries.get_service(code), version)
        record("deleted", f"service:{code}", actor=actor, now=now)


def add_language(columns: Columns, *, actor: str, now: datetime) -> None:
    """A new language at the end of the list; refuses a tag that is taken or cannot be one."""
    tag = clean_tag(columns["tag"])
    with transaction():
        position = 1 + max((row.position for row in queries.languages()), default=0)
        if queries.find_language(tag) is not None:
            raise _taken("tag", tag)
        rows.add(Language(**{**columns, "tag": tag}, position=position), otherwise=_taken("tag", tag))
        record("added", f"language:{tag}", actor=actor, now=now)


def edit_language(tag: str, mark: int, columns: Columns, *, actor: str, now: datetime) -> None:
    """Its names and script. ``mark`` is that of the content the person saw; refuses where somebody else was faster."""
    with transaction():
        language = queries.get_language(tag)
        if rows.mark(language, LANGUAGE_COLUMNS) != mark:
            raise Stale
        record("edited", f"language:{tag}", actor=actor, now=now, **rows.write(language, columns))


def delete_language(tag: str, *, version: int, actor: str, now: datetime) -> None:
    """Delete it; refuses while workers, sessions or demand name it."""
    with transaction():
        rows.remove(queries.get_language(tag), version, marked=LANGUAGE_COLUMNS)
        record("deleted", f"language:{tag}", actor=actor, now=now)


def _service_columns(columns: Columns, source: str) -> Columns:
    category = queries.find_category(columns["category"])
    if category is None:
        raise Invalid(field="category", reason="unknown", value=columns["category"])
    ensure_neutral_name(columns["sensitivity"], columns["neutral_name"].texts, source=source)
    return {**{name: value for name, value in columns.items() if name != "category"}, "category_id": category.id}


def _taken(field: str, value: str) -> Refused:
    return Invalid(field=field, reason="taken", value=value)
