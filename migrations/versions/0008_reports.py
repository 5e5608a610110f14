"""Reports: how a bureau reports, plans of years, reports of months, numbers written down by hand, donors' codes.

What was published never changes: not its numbers, not what stood around them.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from bureau.kernel.database import Localised, UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('month_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bureau_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('summary', Localised(), nullable=False),
    sa.Column('story', Localised(), nullable=False),
    sa.Column('lessons', Localised(), nullable=False),
    sa.Column('text_version', sa.Integer(), nullable=False),
    sa.Column('release', sa.JSON(), nullable=True),
    sa.Column('frame', sa.JSON(), nullable=True),
    sa.Column('private', sa.JSON(), nullable=True),
    sa.Column('publish_at', UTCDateTime(), nullable=True),
    sa.Column('published_at', UTCDateTime(), nullable=True),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('withdrawal', Localised(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state = 'draft' OR published_at IS NOT NULL", name=op.f('ck_month_report_published_has_time')),
    sa.CheckConstraint("state <> 'withdrawn' OR withdrawn_on IS NOT NULL", name=op.f('ck_month_report_withdrawn_has_day')),
    sa.CheckConstraint("state IN ('draft', 'published', 'withdrawn')", name=op.f('ck_month_report_state_known')),
    sa.CheckConstraint('length(month) = 7', name=op.f('ck_month_report_month_as_year_and_number')),
    sa.ForeignKeyConstraint(['bureau_id'], ['bureau.id'], name=op.f('fk_month_report_bureau_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_month_report')),
    sa.UniqueConstraint('bureau_id', 'month', name=op.f('uq_month_report_bureau_id_month'))
    )
    op.create_table('noted_figure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bureau_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("code IN ('events', 'media', 'feedback', 'satisfied')", name=op.f('ck_noted_figure_code_known')),
    sa.CheckConstraint('length(month) = 7', name=op.f('ck_noted_figure_month_as_year_and_number')),
    sa.CheckConstraint('number >= 0', name=op.f('ck_noted_figure_number_not_negative')),
    sa.ForeignKeyConstraint(['bureau_id'], ['bureau.id'], name=op.f('fk_noted_figure_bureau_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_noted_figure')),
    sa.UniqueConstraint('bureau_id', 'month', 'code', name=op.f('uq_noted_figure_bureau_id_month_code'))
    )
    op.create_table('report_indicator',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bureau_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('donor', sa.String(), nullable=False),
    sa.Column('name', Localised(), nullable=False),
    sa.Column('at', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['bureau_id'], ['bureau.id'], name=op.f('fk_report_indicator_bureau_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_indicator')),
    sa.UniqueConstraint('bureau_id', 'code', name=op.f('uq_report_indicator_bureau_id_code'))
    )
    op.create_table('report_plan',
    sa.Column('bureau_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('plan', sa.JSON(), nullable=False),
    sa.CheckConstraint('year > 0', name=op.f('ck_report_plan_year_positive')),
    sa.ForeignKeyConstraint(['bureau_id'], ['bureau.id'], name=op.f('fk_report_plan_bureau_id')),
    sa.PrimaryKeyConstraint('bureau_id', 'year', name=op.f('pk_report_plan'))
    )
    op.create_table('report_series',
    sa.Column('bureau_id', sa.Integer(), nullable=False),
    sa.Column('method', sa.String(), nullable=False),
    sa.Column('since', sa.String(), nullable=False),
    sa.Column('secret', sa.LargeBinary(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("method IN ('rounding', 'suppression')", name=op.f('ck_report_series_method_known')),
    sa.CheckConstraint('length(secret) = 32', name=op.f('ck_report_series_secret_whole')),
    sa.CheckConstraint('length(since) = 7', name=op.f('ck_report_series_since_as_year_and_number')),
    sa.ForeignKeyConstraint(['bureau_id'], ['bureau.id'], name=op.f('fk_report_series_bureau_id')),
    sa.PrimaryKeyConstraint('bureau_id', name=op.f('pk_report_series'))
    )
    for statement in _triggers(op.get_bind().dialect.name):
        op.execute(statement)


def _triggers(dialect: str) -> list[str]:
    if dialect == "sqlite":
        return [
            "CREATE TRIGGER month_report_no_change BEFORE UPDATE ON month_report WHEN OLD.published_at IS NOT NULL AND"
            " (OLD.release IS NOT NEW.release OR OLD.frame IS NOT NEW.frame OR NEW.published_at IS NULL)"
            " BEGIN SELECT RAISE(ABORT, 'month_report_never_changes'); END",
            "CREATE TRIGGER month_report_no_delete BEFORE DELETE ON month_report WHEN OLD.published_at IS NOT NULL"
            " BEGIN SELECT RAISE(ABORT, 'month_report_never_changes'); END",
        ]
    return [
        "CREATE FUNCTION month_report_never_changes() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'month_report_never_changes'; END $$",
        "CREATE TRIGGER month_report_no_change BEFORE UPDATE ON month_report FOR EACH ROW"
        " WHEN (OLD.published_at IS NOT NULL AND (OLD.release::text IS DISTINCT FROM NEW.release::text"
        " OR OLD.frame::text IS DISTINCT FROM NEW.frame::text OR NEW.published_at IS NULL))"
        " EXECUTE FUNCTION month_report_never_changes()",
        "CREATE TRIGGER month_report_no_delete BEFORE DELETE ON month_report FOR EACH ROW"
        " WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION month_report_never_changes()",
    ]


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("month_report_no_change", "month_report_no_delete"):
            op.execute(f"DROP TRIGGER {name}")
    else:
        for name in ("month_report_no_change", "month_report_no_delete"):
            op.execute(f"DROP TRIGGER {name} ON month_report")
        op.execute("DROP FUNCTION month_report_never_changes()")
    for name in ("report_series", "report_plan", "report_indicator", "noted_figure", "month_report"):
        op.drop_table(name)
