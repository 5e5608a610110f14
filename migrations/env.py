"""Alembic's environment: the application's own engine and metadata."""

from importlib import import_module

from alembic import context
from flask import current_app

import bureau.kernel.audit
import bureau.kernel.outbox
from bureau.kernel.database import Base

for feature in (
    "scheduling",
    "catalogue",
    "organisations",
    "accounts",
    "notices",
    "rotation",
    "exchange",
    "reviewing",
    "servicelog",
    "calendars",
    "reports",
):
    import_module(f"bureau.{feature}.models")

config = context.config


def object_is_ours(thing, name, type_, reflected, compare_to):
    """PostgreSQL's exclusion constraint and expression indexes are made by hand and not compared."""
    return not (type_ == "index" and reflected and compare_to is None and name == "ex_planned_session_worker_time")


def run_migrations() -> None:
    """Run on the connection handed in, else on the application's engine."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect().execution_options(writes=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_object=object_is_ours,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run_migrations()
