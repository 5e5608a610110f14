"""Keeps organisations apart: whatever touches an organisation's things must say whose, and sees no other's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Table, event
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column, with_loader_criteria
from sqlalchemy.sql import visitors

_TABLES: set[str] = set()
"""The names of the tables that belong to organisations."""


class OrganisationOwned:
    """Mixin of tables that belong to one organisation: a statement that touches them without a scope is refused."""

    organisation_id: Mapped[int] = mapped_column()  # each table says again what it points at

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Remember the table."""
        super().__init_subclass__(**kwargs)
        _TABLES.add(cls.__tablename__)  # type: ignore[attr-defined]  # every class with rows names its table


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows a query may see: one organisation's, or every organisation's."""

    organisation_id: int | None

    def options(self) -> dict[str, Any]:
        """Execution options that carry this scope with a statement."""
        return {"scope": self}

    def covers(self, organisation_id: int) -> bool:
        """Whether that organisation's rows may be seen."""
        return self.organisation_id in (None, organisation_id)


EVERY_ORGANISATION = Scope(None)
"""For what the bureau itself does: the manager's pages, the solver, publishing, scheduled jobs."""


class Unscoped(RuntimeError):
    """A query touched an organisation's things and did not say whose: a mistake in the code, never shown to people."""


class KeepingApart(FlaskSession):
    """A session that asks for a scope also where it would answer from what it has loaded before."""

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """The row of that key, if the scope covers it."""
        found = super().get(*args, **kwargs)
        if isinstance(found, OrganisationOwned):
            scope = (kwargs.get("execution_options") or {}).get("scope")
            if scope is None:
                raise Unscoped(f"get {type(found).__name__}")
            return found if scope.covers(found.organisation_id) else None
        return found


@event.listens_for(Session, "do_orm_execute")
def keep_organisations_apart(state: ORMExecuteState) -> None:
    """Bind every statement on an organisation's things to the scope it states; refuse it if it states none."""
    if state.is_column_load or state.is_relationship_load:
        return  # the statement that began it was judged with all that it loads, and its scope goes with it
    mentioned = _known(state.statement)
    if not mentioned.anywhere:
        return
    scope: Scope | None = state.execution_options.get("scope")
    if scope is None:
        raise Unscoped(str(state.statement))
    if scope.organisation_id is None:
        return
    if not state.is_orm_statement or mentioned.out_of_reach:
        raise Unscoped(f"no scope can be bound to this; select the classes, not the tables: {state.statement}")
    state.statement = _bound(state.statement, scope.organisation_id)


def _bound(statement: Any, owner: int) -> Any:
    """The statement, bound to one organisation: put together once for each that is kept, and for each organisation."""
    for_each = _BOUND.setdefault(statement, {})
    if owner not in for_each:
        if len(for_each) >= MOST_BOUND:
            for_each.clear()
        for_each[owner] = statement.options(
            with_loader_criteria(OrganisationOwned, lambda cls: cls.organisation_id == owner, include_aliases=True)
        )
    return for_each[owner]


def refuse_unscoped(statement: Any) -> None:
    """Refuse a statement on an organisation's own things that is not said to be for every organisation."""
    scope: Scope | None = statement.get_execution_options().get("scope")
    if _known(statement).anywhere and (scope is None or scope.organisation_id is not None):
        raise Unscoped(str(statement))


@dataclass(slots=True)
class _Mentioned:
    """The organisations' tables in a statement: all of them, those spoken of as classes, those in words of SQL."""

    anywhere: set[str] = field(default_factory=set)
    as_classes: set[str] = field(default_factory=set)
    in_words: set[str] = field(default_factory=set)

    @property
    def out_of_reach(self) -> set[str]:
        """The tables that a scope cannot be bound to."""
        return self.in_words | (self.anywhere - self.as_classes)


_KNOWN: dict[Any, _Mentioned] = {}
"""What statements of one shape say, by the key under which SQLAlchemy keeps their SQL; values are no part of it."""
MOST_KNOWN = 2_000
_KEPT: WeakKeyDictionary[Any, _Mentioned] = WeakKeyDictionary()
"""The same by the very statement, for those that are put together once and sent again and again."""

_BOUND: WeakKeyDictionary[Any, dict[int, Any]] = WeakKeyDictionary()
"""Statements bound to organisations, by the statement and the organisation."""
MOST_BOUND = 200


def _known(statement: Any) -> _Mentioned:
    """What a statement mentions, looked for once for each statement that is kept, and for all of its shape."""
    found = _KEPT.get(statement)
    if found is None:
        found = _KEPT[statement] = _of_shape(statement)
    return found


def _of_shape(statement: Any) -> _Mentioned:
    key = statement._generate_cache_key()  # noqa: SLF001  (made for every statement anyway, and the only name of its shape)
    if key is None:
        return _mentioned(statement)
    if key.key not in _KNOWN:
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[key.key] = _mentioned(statement)
    return _KNOWN[key.key]


def _mentioned(statement: Any) -> _Mentioned:
    """What a statement says of the organisations' tables, in its joins, subqueries and eager loads too."""
    found = _Mentioned()
    for element in visitors.iterate(statement.select if statement.is_insert else statement):
        words = _words_of(element)
        if words is not None:
            found.in_words |= {name for name in _TABLES if re.search(rf"\b{name}\b", words)}
            continue
        name = _table_of(element)
        if name in _TABLES:
            found.anywhere.add(name)
            if "parententity" in element._annotations:  # noqa: SLF001  (how SQLAlchemy marks what came from a class)
                found.as_classes.add(name)
    loaded = set(_loaded_by_options(statement))
    found.as_classes |= loaded
    found.anywhere |= loaded | found.in_words
    return found


def _words_of(element: Any) -> str | None:
    """The SQL of an element that is written as text."""
    if element.__visit_name__ == "textclause":
        return str(element.text)
    return str(element.name) if getattr(element, "is_literal", False) else None


def _table_of(element: Any) -> str | None:
    """The name of the table that an element is, stands for, or is a column of."""
    if element.__visit_name__ == "column":
        element = element.table
    while element is not None and element.__visit_name__ in {"alias", "tablesample"}:
        element = element.element
    return element.name if isinstance(element, Table) else None


def _loaded_by_options(statement: Any) -> Iterator[str]:
    """The organisations' tables that eager loading adds to a statement."""
    for option in getattr(statement, "_with_options", ()):
        for load in getattr(option, "context", ()):
            for step in load.path.path:
                mapper = getattr(step, "mapper", None)
                if mapper is not None and issubclass(mapper.class_, OrganisationOwned):
                    yield mapper.class_.__tablename__
