"""Taking a document's catalogue in: what is missing is added, what is there stays as it is."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from bureau.catalogue import queries
from bureau.catalogue.models import Category, Language, Service, StatusGroup
from bureau.kernel.database import db

Columns = dict[str, Any]
Entry = Language | Category | Service | StatusGroup


def take_in_catalogue(
    languages: Sequence[Columns],
    categories: Sequence[Columns],
    services: Sequence[Columns],
    status_groups: Sequence[Columns],
) -> list[str]:
    """Add what the catalogue lacks to the running transaction; answers the things (``service:info``) kept as they were
    although the document words them otherwise.
    """
    differing = _take_in(Language, "tag", queries.languages_by_tag(), languages)
    known = {category.code: category for category in queries.categories()}
    differing += _take_in(Category, "code", known, categories)
    ids = {category.code: category.id for category in queries.categories()}
    rows = [_with_category_id(row, ids) for row in services]
    there = {service.code: service for service in queries.services()}
    differing += _take_in(Service, "code", there, rows)
    groups = {group.code: group for group in queries.status_groups()}
    return differing + _take_in(StatusGroup, "code", groups, status_groups)


def _with_category_id(row: Columns, ids: dict[str, int]) -> Columns:
    columns = {name: value for name, value in row.items() if name != "category"}
    return {**columns, "category_id": ids[row["category"]]}


def _take_in(table: type[Entry], key: str, known: dict[str, Any], rows: Sequence[Columns]) -> list[str]:
    position = db.session.scalar(select(func.max(table.position))) or 0
    differing = []
    for row in rows:
        there = known.get(row[key])
        if there is None:
            position += 1
            db.session.add(table(**row, position=position))
        elif any(getattr(there, name) != value for name, value in row.items()):
            differing.append(f"{table.__tablename__}:{row[key]}")
    db.session.flush()
    return differing
