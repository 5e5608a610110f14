"""Reports that are being prepared, or are prepared and wait; whether a bureau's reports publish themselves; donors' codes
in an order.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

from bureau.kernel.database import UTCDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('report_preparation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bureau_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(), nullable=True),
    sa.Column('outcome', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('started_by', sa.String(), nullable=False),
    sa.Column('started_at', UTCDateTime(), nullable=False),
    sa.Column('heard_at', UTCDateTime(), nullable=False),
    sa.Column('finished_at', UTCDateTime(), nullable=True),
    sa.CheckConstraint("state <> 'ready' OR (outcome IS NOT NULL AND mark IS NOT NULL)", name=op.f('ck_report_preparation_ready_has_outcome')),
    sa.CheckConstraint("state IN ('running', 'ready', 'unsafe', 'failed')", name=op.f('ck_report_preparation_state_known')),
    sa.CheckConstraint('done >= 0 AND total >= 0', name=op.f('ck_report_preparation_progress_not_negative')),
    sa.CheckConstraint('length(month) = 7', name=op.f('ck_report_preparation_month_as_year_and_number')),
    sa.ForeignKeyConstraint(['bureau_id'], ['bureau.id'], name=op.f('fk_report_preparation_bureau_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_preparation')),
    sa.UniqueConstraint('bureau_id', 'month', name=op.f('uq_report_preparation_bureau_id_month'))
    )
    running = sa.text("state = 'running'")
    op.create_index('uq_report_preparation_running', 'report_preparation', ['bureau_id'], unique=True, sqlite_where=running, postgresql_where=running)
    op.add_column('report_series', sa.Column('publishes_itself', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('report_series', sa.Column('reminded_of', sa.String(), nullable=True))
    op.add_column('report_indicator', sa.Column('position', sa.Integer(), nullable=False, server_default='0'))


def downgrade() -> None:
    with op.batch_alter_table('report_indicator') as batch_op:
        batch_op.drop_column('position')
    with op.batch_alter_table('report_series') as batch_op:
        batch_op.drop_column('reminded_of')
        batch_op.drop_column('publishes_itself')
    op.drop_index('uq_report_preparation_running', table_name='report_preparation')
    op.drop_table('report_preparation')
