"""One declarative base, one session, the column types we share, and the rule that keeps organisations apart."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, ClassVar, TypeVarTuple

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    TypeDecorator,
    UpdateBase,
    event,
    literal_column,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.selectable import TypedReturnsRows

from .cursors import plain
from .errors import Stale
from .localised import LocalisedText
from .scopes import EVERY_ORGANISATION, KeepingApart, OrganisationOwned, Scope, Unscoped, refuse_unscoped

__all__ = [
    "EVERY_ORGANISATION",
    "Base",
    "Localised",
    "OrganisationOwned",
    "Scope",
    "UTCDateTime",
    "Unscoped",
    "Versioned",
    "broken_constraint",
    "change",
    "db",
    "lines",
    "one_of",
    "pk",
    "read_bit_by_bit",
    "transaction",
]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Columns = TypeVarTuple("Columns")


class UTCDateTime(TypeDecorator[datetime]):
    """Aware UTC in Python; naive UTC in the database. Refuses naive values."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: naive, in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime given to UTCDateTime")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database: aware, in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """The same; SQLite keeps instants as text, and a month's slots begin at few of them."""
        read = super().result_processor(dialect, coltype) or (lambda value: self.process_result_value(value, dialect))
        return lambda value: _instant_in(value) if isinstance(value, str) else read(value)


@lru_cache(maxsize=4096)
def _instant_in(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Localised(TypeDecorator[LocalisedText]):
    """A text in several languages, kept as JSON; an empty text where there is none."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: LocalisedText | None, dialect: Dialect) -> dict[str, Any]:
        """To the database."""
        return (value or LocalisedText()).as_json()

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> LocalisedText:
        """From the database."""
        return LocalisedText.from_json(value or {})

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], LocalisedText | None]:
        """The same; a name comes with every row that mentions it, so what was read before is not read again."""
        read = super().result_processor(dialect, coltype) or (lambda value: self.process_result_value(value, dialect))
        return lambda value: _read_before(value) if isinstance(value, str) else read(value)


@lru_cache(maxsize=4096)
def _read_before(text: str) -> LocalisedText:
    return LocalisedText.from_json(json.loads(text) or {})


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UTCDateTime(),
        LocalisedText: Localised(),
        dict[str, Any]: JSON(),
        list[dict[str, Any]]: JSON(),
        list[str]: JSON(),
    }


pk = Annotated[int, mapped_column(primary_key=True)]

db = SQLAlchemy(metadata=Base.metadata, session_options={"class_": KeepingApart})


class Versioned:
    """Mixin of things that two people may edit at once: an update of an older version than the stored one fails.

    SQLAlchemy raises the version with each change and puts the one it read into the WHERE, so the database decides.
    """

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  (SQLAlchemy hands in the class)
        """Name the column that guards every update."""
        return {"version_id_col": cls.version}

    def expect(self, version: int) -> None:
        """Refuse if somebody changed the thing since the person opened it at ``version``."""
        if self.version != version:
            raise Stale


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Make SQLite keep foreign keys, wait for writers, survive power cuts, and leave BEGIN to us."""
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None  # the driver's own implicit BEGIN is never IMMEDIATE
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=15000", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "connect")
def _prepare_postgresql(connection: Any, _record: ConnectionPoolEntry) -> None:
    """Let its driver describe what was found as shortly as it is read."""
    if type(connection).__module__.startswith("psycopg"):
        connection.cursor_factory = plain(connection.cursor_factory)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """On SQLite, take the write lock at the start of a writing transaction: two writers queue instead of failing half-way.

    On PostgreSQL only what writes is a transaction. A statement that reads sees what was stored when it began, with
    others around it or not; and the driver forgets all statements that it prepared with every transaction undone.
    """
    writes = connection.get_execution_options().get("writes", False)
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
    else:
        driver.autocommit = not writes


class LockOutsideTransaction(RuntimeError):
    """A row was to be held by what only reads: on PostgreSQL nothing would hold it for longer than the statement."""


@event.listens_for(Engine, "before_execute")
def _refuse_idle_locks(connection: Connection, statement: Any, *_: Any) -> None:
    locks = getattr(statement, "_for_update_arg", None) is not None
    if locks and not connection.get_execution_options().get("writes", False):
        raise LockOutsideTransaction(str(statement))


@contextmanager
def transaction() -> Iterator[Session]:
    """One use case: everything inside is stored together, or nothing is.

    On SQLite the write lock is taken at the start, so what is read inside is what is written against; what was read
    before (the page's own look-ups) is forgotten first.
    """
    session = db.session()
    if session.info.get("shared"):  # a test's outer transaction holds the connection already
        session.expire_all()
    else:
        session.close()
        session.connection(execution_options={"writes": True})
    try:
        yield session
        session.commit()
    except StaleDataError as error:
        session.rollback()
        raise Stale from error
    except BaseException:
        session.rollback()
        raise


def read_bit_by_bit() -> None:
    """Let what is asked next be fetched in parts: on PostgreSQL such rows need a transaction, which ends with the request."""
    driver: Any = db.session.connection().connection.driver_connection
    if db.engine.dialect.name == "postgresql":
        driver.autocommit = False


def lines(statement: TypedReturnsRows[*Columns], values: Mapping[str, Any]) -> CursorResult[*Columns]:
    """What a statement of columns finds, in the running transaction, without the mapper: that takes as long again.

    For what is asked with nearly every action; of organisations' own things only what is for every organisation. What
    was not flushed yet is not seen.
    """
    refuse_unscoped(statement)
    return db.session.connection().execute(statement, values)


def change(statement: UpdateBase, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> int:
    """Write into the running transaction what a statement put together once says, without the mapper; how many rows."""
    refuse_unscoped(statement)
    one = values[0] if isinstance(values, Sequence) and len(values) == 1 else values  # drivers take a detour for lists
    return db.session.connection().execute(statement, one).rowcount


def one_of(column: Any, words: Iterable[str]) -> ColumnElement[bool]:
    """Whether a column holds one of our own words. They stand in the statement itself: a list that is handed over makes
    it another statement each time, and a database cannot tell that an index of such rows only will do.
    """
    among: ColumnElement[bool] = column.in_([literal_column(f"'{word}'") for word in words])
    return among


def broken_constraint(error: IntegrityError) -> str:
    """What the database says of the constraint that an insert or update broke, for matching by name."""
    diagnosis = getattr(error.orig, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    return str(name or error.orig)
