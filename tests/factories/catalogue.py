"""Languages, categories and services, small and complete."""

from typing import TypeVar

from sqlalchemy import func, select

from bureau.catalogue.models import Category, Language, Service
from bureau.kernel.database import db
from bureau.kernel.localised import LocalisedText

Row = TypeVar("Row", Language, Category, Service)
RIGHT_TO_LEFT = {"ar": "Arab", "fa": "Arab", "prs": "Arab", "ps": "Arab"}


def words(text: str, **others: str) -> LocalisedText:
    """``text`` in English, with ``others`` beside it."""
    return LocalisedText({"en": text, **others})


def a_language(tag: str = "en", *, name: str | None = None, own_name: str | None = None) -> Language:
    """The language of that tag; the one that exists already, if it does."""
    known = db.session.get(Language, tag)
    if known is not None:
        return known
    language = Language(
        tag=tag, own_name=own_name or tag, name=words(name or tag), phrase=words(f"in {name or tag}"),
        direction="rtl" if tag in RIGHT_TO_LEFT else "ltr", script=RIGHT_TO_LEFT.get(tag, "Latn"),
        locale="fa_AF" if tag == "prs" else tag, position=_next(Language),
    )  # fmt: skip
    return _stored(language)


def a_category(code: str = "reception", *, name: str | None = None, icon: str = "info") -> Category:
    """The category of that code; the one that exists already, if it does."""
    known = db.session.scalar(select(Category).where(Category.code == code))
    return known or _stored(Category(code=code, name=words(name or code), icon=icon, position=_next(Category)))


def a_service(code: str = "info", *, category: Category | str = "reception", **values: object) -> Service:
    """The service of that code; the one that exists already, if it does. ``values`` are columns."""
    known = db.session.scalar(select(Service).where(Service.code == code))
    if known is not None:
        return known
    in_category = a_category(category) if isinstance(category, str) else category
    columns = {"name": words(code), "position": _next(Service), **values}
    return _stored(Service(code=code, category=in_category, **columns))


def _next(table: type[Language | Category | Service]) -> int:
    return int(db.session.scalar(select(func.coalesce(func.max(table.position), 0))) or 0) + 1


def _stored(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row
