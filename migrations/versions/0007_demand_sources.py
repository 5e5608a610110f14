"""Where a demand comes from: the months of the service log that it was proposed from, and who confirmed it.

Revision ID: 0007
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from bureau.kernel.database import UTCDateTime

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('demand_source',
    sa.Column('demand_id', sa.Integer(), nullable=False),
    sa.Column('first_month', sa.String(), nullable=False),
    sa.Column('last_month', sa.String(), nullable=False),
    sa.Column('helped', sa.Integer(), nullable=False),
    sa.Column('vain', sa.Integer(), nullable=False),
    sa.Column('minutes_held', sa.Integer(), nullable=False),
    sa.Column('target_before', sa.Integer(), nullable=True),
    sa.Column('proposed', sa.Integer(), nullable=False),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', UTCDateTime(), nullable=False),
    sa.CheckConstraint('first_month <= last_month', name=op.f('ck_demand_source_months_in_order')),
    sa.CheckConstraint('target_before > 0', name=op.f('ck_demand_source_target_before_positive')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['person.id'], name=op.f('fk_demand_source_confirmed_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['demand_id'], ['demand.id'], name=op.f('fk_demand_source_demand_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('demand_id', name=op.f('pk_demand_source'))
    )
    with op.batch_alter_table('demand_source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_demand_source_confirmed_by_id'), ['confirmed_by_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('demand_source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_demand_source_confirmed_by_id'))

    op.drop_table('demand_source')
