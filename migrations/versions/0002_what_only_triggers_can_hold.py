"""What no plain constraint can hold: a worker is in one live session per instant; a programme never changes.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LIVE = "('proposed', 'booked', 'held', 'missed')"

SQLITE_OVERLAP = f"""
CREATE TRIGGER worker_time_{{event}} BEFORE {{on}} ON planned_session
WHEN NEW.state IN {LIVE}
BEGIN
  SELECT RAISE(ABORT, 'ex_planned_session_worker_time') WHERE EXISTS (
    SELECT 1 FROM planned_session AS other
    WHERE other.worker_id = NEW.worker_id AND other.id IS NOT NEW.id AND other.state IN {LIVE}
      AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at);
END
"""

# A range over (worker, second) needs no extension: each worker has a stretch of 2^34 seconds of their own.
POSTGRES_OVERLAP = f"""
ALTER TABLE planned_session ADD CONSTRAINT ex_planned_session_worker_time EXCLUDE USING gist (
  int8range(worker_id::bigint * 17179869184 + extract(epoch FROM starts_at)::bigint,
            worker_id::bigint * 17179869184 + extract(epoch FROM ends_at)::bigint) WITH &&
) WHERE (state IN {LIVE})
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE_OVERLAP.format(event="insert", on="INSERT"))
        op.execute(SQLITE_OVERLAP.format(event="update", on="UPDATE OF worker_id, starts_at, ends_at, state"))
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER programme_no_{event.lower()} BEFORE {event} ON programme "
                "BEGIN SELECT RAISE(ABORT, 'programme_never_changes'); END"
            )
        return
    op.execute(POSTGRES_OVERLAP)
    op.execute(
        "CREATE FUNCTION programme_never_changes() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'programme_never_changes'; END $$"
    )
    op.execute(
        "CREATE TRIGGER programme_no_change BEFORE UPDATE OR DELETE ON programme "
        "FOR EACH ROW EXECUTE FUNCTION programme_never_changes()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("worker_time_insert", "worker_time_update", "programme_no_update", "programme_no_delete"):
            op.execute(f"DROP TRIGGER {name}")
        return
    op.execute("DROP TRIGGER programme_no_change ON programme")
    op.execute("DROP FUNCTION programme_never_changes()")
    op.execute("ALTER TABLE planned_session DROP CONSTRAINT ex_planned_session_worker_time")
