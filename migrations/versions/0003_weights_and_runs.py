"""What a bureau's plans are weighed by; and one run of the solver at a time per bureau, which process it belongs to.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TERMS = (
    "uncovered_min", "uncovered_target", "promise_unmet", "spread", "continuity", "regularity", "preferences",
    "fairness", "changes",
)
RUNNING = sa.text("state = 'running'")


def upgrade() -> None:
    op.create_table(
        "weighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        *(sa.Column(term, sa.Integer(), nullable=False) for term in TERMS),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.CheckConstraint(f"{term} BETWEEN 0 AND 10000", name=op.f(f"ck_weighting_{term}_in_range"))
            for term in TERMS
        ),
        sa.ForeignKeyConstraint(["bureau_id"], ["bureau.id"], name=op.f("fk_weighting_bureau_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weighting")),
        sa.UniqueConstraint("bureau_id", name=op.f("uq_weighting_bureau_id")),
    )
    # Added in place, never by making the table anew: other tables point to it, and SQLite would empty them.
    op.execute("ALTER TABLE proposal ADD COLUMN bureau_id INTEGER CONSTRAINT fk_proposal_bureau_id REFERENCES bureau (id)")
    op.execute("ALTER TABLE proposal ADD COLUMN attempt INTEGER DEFAULT 1 NOT NULL")
    op.execute("UPDATE proposal SET bureau_id = (SELECT bureau_id FROM round WHERE round.id = proposal.round_id)")
    op.execute(  # of runs that stand beside each other, only the latest may still be one
        "UPDATE proposal SET state = 'failed', finished_at = heard_at WHERE state = 'running' AND EXISTS "
        "(SELECT 1 FROM proposal AS later WHERE later.bureau_id = proposal.bureau_id "
        "AND later.state = 'running' AND later.id > proposal.id)"
    )
    op.create_index(
        "uq_proposal_running", "proposal", ["bureau_id"], unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING
    )


def downgrade() -> None:
    op.drop_index("uq_proposal_running", table_name="proposal")
    op.execute("ALTER TABLE proposal DROP COLUMN attempt")
    op.execute("ALTER TABLE proposal DROP COLUMN bureau_id")
    op.drop_table("weighting")
