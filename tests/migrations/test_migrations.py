"""The migrations lead up and down on both kinds of database, keep what is stored, and make what the models state."""

from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import CheckConstraint, inspect, text

from bureau.kernel.database import Base, db
from tests.installation import ROOT, migrate
from tests.migrations import rows

MIGRATIONS = str(ROOT / "migrations")
MADE_BY_HAND = "ex_planned_session_worker_time"
"""PostgreSQL's exclusion constraint shows as an index that no model can state."""

# SQLite cannot tell what an index over expressions is made of; its presence is tested where it is relied on.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index"),
    pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index"),
]

Stored = dict[str, list[dict[str, Any]]]


def stored() -> Stored:
    """Every row of every table as the database holds it."""
    with db.engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) - {"alembic_version"}
        return {
            name: [dict(row) for row in connection.execute(text(f'SELECT * FROM "{name}"')).mappings()]  # noqa: S608  (names of our own tables)
            for name in sorted(names)
        }


MADE_ANEW = {"0004": {"review", "swap", "swap_leg", "waitlist_entry"}}
"""Tables that a step takes away and lays out differently: nothing wrote into them before it."""


def common(one: Stored, other: Stored) -> tuple[Stored, Stored]:
    """Both reduced to the tables and columns that both have."""

    def reduced(rows_of: Stored, by: Stored) -> Stored:
        kept = {name: (rows_of[name], by[name]) for name in rows_of if name in by}
        return {
            name: [{key: row[key] for key in row if not theirs or key in theirs[0]} for row in ours]
            for name, (ours, theirs) in kept.items()
        }

    return reduced(one, other), reduced(other, one)


def test_migrations_keep_what_is_stored_at_every_step_down_and_up(bare_installation: Flask) -> None:
    revisions = [script.revision for script in ScriptDirectory(MIGRATIONS).walk_revisions()]
    with bare_installation.app_context():
        migrate(bare_installation)
        with db.engine.begin() as connection:
            rows.fill(connection, Base.metadata)

        for revision, below in zip(revisions, [*revisions[1:], "base"], strict=True):
            above = {name: kept for name, kept in stored().items() if name not in MADE_ANEW.get(revision, ())}
            flask_migrate.downgrade(directory=MIGRATIONS, revision=below)
            down = stored()
            migrate(bare_installation, revision)
            up_again = stored()
            flask_migrate.downgrade(directory=MIGRATIONS, revision=below)

            assert common(above, down)[0] == common(above, down)[1], f"{revision} → {below}"
            assert common(down, up_again)[0] == common(down, up_again)[1], f"{below} → {revision}"

        assert stored() == {}


def test_the_whole_way_up_works_again_after_the_whole_way_down(bare_installation: Flask) -> None:
    with bare_installation.app_context():
        migrate(bare_installation)
        before = sorted(stored())
        flask_migrate.downgrade(directory=MIGRATIONS, revision="base")

        migrate(bare_installation)

        assert sorted(stored()) == before


def test_the_migrations_make_what_the_models_state(installation: Flask) -> None:
    with installation.app_context(), db.engine.connect() as connection:
        options = {"compare_type": True, "include_object": lambda thing, name, *_: name != MADE_BY_HAND}

        differences = compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)

    assert differences == []


def test_every_check_of_the_models_stands_in_the_database(installation: Flask) -> None:
    stated = {
        (table.name, check.name)
        for table in Base.metadata.sorted_tables
        for check in table.constraints
        if isinstance(check, CheckConstraint) and check.name
    }

    with installation.app_context():
        inspector = inspect(db.engine)
        present = {
            (table.name, check["name"])
            for table in Base.metadata.sorted_tables
            for check in inspector.get_check_constraints(table.name)
        }

    assert stated - present == set()


def test_every_partial_index_of_the_models_is_partial_in_the_database(installation: Flask) -> None:
    with installation.app_context():
        kind = db.engine.dialect.name
        stated = {
            index.name
            for table in Base.metadata.sorted_tables
            for index in table.indexes
            if index.dialect_options[kind]["where"] is not None
        }
        inspector = inspect(db.engine)
        present = {
            index["name"]
            for table in Base.metadata.sorted_tables
            for index in inspector.get_indexes(table.name)
            if index.get("dialect_options", {}).get(f"{kind}_where") is not None
        }

    assert present - {MADE_BY_HAND} == stated
