"""What writes is a transaction, and only that: on both kinds of database."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from bureau.kernel.audit import AuditEntry, record
from bureau.kernel.clock import utcnow
from bureau.kernel.database import LockOutsideTransaction, db, transaction


def entries() -> int:
    """How much is written down."""
    return db.session.scalar(select(func.count(AuditEntry.id))) or 0


def break_off() -> None:
    """Write twice, by hand and by the mapper, and fail."""
    with transaction():
        record("begun", "thing:1", actor="test", now=utcnow())
        db.session.add(AuditEntry(at=utcnow(), actor="test", action="begun", thing="thing:2"))
        db.session.flush()
        raise ZeroDivisionError


def test_what_is_written_is_stored_together_or_not_at_all(installation: Flask) -> None:
    with installation.app_context():
        with pytest.raises(ZeroDivisionError):
            break_off()
        with transaction():
            record("done", "thing:1", actor="test", now=utcnow())

        assert db.session.scalars(select(AuditEntry.action)).all() == ["done"]


def test_who_only_reads_keeps_no_transaction_open_on_postgresql(installation: Flask) -> None:
    with installation.app_context():
        before, connection = entries(), db.session.connection()
        open_now = (
            connection.dialect.name == "sqlite" or connection.connection.driver_connection.info.transaction_status
        )
        with transaction():
            record("done", "thing:1", actor="test", now=utcnow())
            within = db.session.connection().connection.driver_connection
            assert within is not None
            assert within.in_transaction if connection.dialect.name == "sqlite" else within.info.transaction_status

        assert bool(open_now) == (connection.dialect.name == "sqlite")
        assert (before, entries()) == (0, 1)


def test_a_row_is_held_within_a_transaction_or_not_at_all(installation: Flask) -> None:
    held = select(AuditEntry.id).with_for_update()

    with installation.app_context():
        with pytest.raises(LockOutsideTransaction):
            db.session.execute(held)
        with transaction():
            assert db.session.scalars(held).all() == []
