"""The service log: entries, notes, referrals, months signed off and closed; groups of legal status; the front desk.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from bureau.kernel.database import Localised, UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROLES = (
    "(kind = 'administrator' AND bureau_id IS NULL AND organisation_id IS NULL)"
    " OR (kind IN {bureau} AND bureau_id IS NOT NULL AND organisation_id IS NULL)"
    " OR (kind IN ('coordinator', 'worker') AND bureau_id IS NULL AND organisation_id IS NOT NULL)"
)


def roles_of_bureaux(kinds: str) -> None:
    with op.batch_alter_table("role") as batch:
        batch.drop_constraint(op.f("ck_role_scope_fits_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_role_scope_fits_kind"), ROLES.format(bureau=kinds))


def upgrade() -> None:
    roles_of_bureaux("('manager', 'front_desk')")
    op.create_table('status_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', Localised(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_status_group')),
    sa.UniqueConstraint('code', name=op.f('uq_status_group_code'))
    )
    op.create_table('log_close',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bureau_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.String(), nullable=False),
    sa.Column('closed_at', UTCDateTime(), nullable=False),
    sa.CheckConstraint('length(month) = 7', name=op.f('ck_log_close_month_as_year_and_number')),
    sa.ForeignKeyConstraint(['bureau_id'], ['bureau.id'], name=op.f('fk_log_close_bureau_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_log_close')),
    sa.UniqueConstraint('bureau_id', 'month', name=op.f('uq_log_close_bureau_id_month'))
    )
    op.create_table('log_settings',
    sa.Column('bureau_id', sa.Integer(), nullable=False),
    sa.Column('notes', sa.Boolean(), nullable=False),
    sa.Column('notes_days', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('notes_days BETWEEN 1 AND 365', name=op.f('ck_log_settings_notes_days_in_a_year')),
    sa.ForeignKeyConstraint(['bureau_id'], ['bureau.id'], name=op.f('fk_log_settings_bureau_id')),
    sa.PrimaryKeyConstraint('bureau_id', name=op.f('pk_log_settings'))
    )
    op.create_table('month_sign_off',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bureau_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.String(), nullable=False),
    sa.Column('signed_by_id', sa.Integer(), nullable=True),
    sa.Column('signed_at', UTCDateTime(), nullable=False),
    sa.CheckConstraint('length(month) = 7', name=op.f('ck_month_sign_off_month_as_year_and_number')),
    sa.ForeignKeyConstraint(['bureau_id'], ['bureau.id'], name=op.f('fk_month_sign_off_bureau_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_month_sign_off_organisation_id')),
    sa.ForeignKeyConstraint(['signed_by_id'], ['person.id'], name=op.f('fk_month_sign_off_signed_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_month_sign_off')),
    sa.UniqueConstraint('bureau_id', 'organisation_id', 'month', name=op.f('uq_month_sign_off_bureau_id_organisation_id_month'))
    )
    with op.batch_alter_table('month_sign_off', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_month_sign_off_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_month_sign_off_signed_by_id'), ['signed_by_id'], unique=False)

    op.create_table('referral',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bureau_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('to_organisation_id', sa.Integer(), nullable=True),
    sa.Column('to_place', sa.String(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=True),
    sa.Column('language_tag', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('next_day', sa.Date(), nullable=True),
    sa.Column('next_time', sa.Time(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('arrived_on', sa.Date(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('closed_for', sa.String(), nullable=True),
    sa.Column('given_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(to_organisation_id IS NULL) = (to_place <> '')", name=op.f('ck_referral_one_aim')),
    sa.CheckConstraint("closed_for IN ('helped', 'not-helped', 'never-came', 'not-needed')", name=op.f('ck_referral_closed_for_known')),
    sa.CheckConstraint("state IN ('given', 'arrived', 'closed')", name=op.f('ck_referral_state_known')),
    sa.CheckConstraint('next_time IS NULL OR next_day IS NOT NULL', name=op.f('ck_referral_time_has_day')),
    sa.ForeignKeyConstraint(['bureau_id'], ['bureau.id'], name=op.f('fk_referral_bureau_id')),
    sa.ForeignKeyConstraint(['given_by_id'], ['person.id'], name=op.f('fk_referral_given_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['language_tag'], ['language.tag'], name=op.f('fk_referral_language_tag')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_referral_organisation_id')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_referral_service_id')),
    sa.ForeignKeyConstraint(['to_organisation_id'], ['organisation.id'], name=op.f('fk_referral_to_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral')),
    sa.UniqueConstraint('code', name=op.f('uq_referral_code'))
    )
    with op.batch_alter_table('referral', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_referral_bureau_id'), ['bureau_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_given_by_id'), ['given_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_language_tag'), ['language_tag'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_service_id'), ['service_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_to_organisation_id'), ['to_organisation_id'], unique=False)

    op.create_table('log_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bureau_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('hour', sa.Integer(), nullable=True),
    sa.Column('month', sa.String(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('language_tag', sa.String(), nullable=False),
    sa.Column('interpretation', sa.String(), nullable=True),
    sa.Column('visit_kind', sa.String(), nullable=True),
    sa.Column('status_group_id', sa.Integer(), nullable=True),
    sa.Column('sex', sa.String(), nullable=True),
    sa.Column('age_band', sa.String(), nullable=True),
    sa.Column('waiting_band', sa.String(), nullable=True),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('logged_by_id', sa.Integer(), nullable=True),
    sa.Column('logged_at', UTCDateTime(), nullable=False),
    sa.CheckConstraint("age_band IN ('0-17', '18-29', '30-59', '60+')", name=op.f('ck_log_entry_age_band_known')),
    sa.CheckConstraint("interpretation IN ('none', 'in-house', 'phone', 'relative')", name=op.f('ck_log_entry_interpretation_known')),
    sa.CheckConstraint("kind IN ('consultation', 'unmet', 'group')", name=op.f('ck_log_entry_kind_known')),
    sa.CheckConstraint("number <> 0 AND (kind = 'group' OR number IN (1, -1))", name=op.f('ck_log_entry_number_fits_kind')),
    sa.CheckConstraint("outcome IN ('solved', 'next-step', 'referred', 'not-helped')", name=op.f('ck_log_entry_outcome_known')),
    sa.CheckConstraint("reason IN ('undone', 'mistake', 'twice', 'other')", name=op.f('ck_log_entry_reason_known')),
    sa.CheckConstraint("sex IN ('f', 'm', 'x')", name=op.f('ck_log_entry_sex_known')),
    sa.CheckConstraint("visit_kind IN ('first', 'return')", name=op.f('ck_log_entry_visit_kind_known')),
    sa.CheckConstraint("waiting_band IN ('0-15', '16-30', '31-60', '60+')", name=op.f('ck_log_entry_waiting_band_known')),
    sa.CheckConstraint('corrects_id IS NULL OR reason IS NOT NULL', name=op.f('ck_log_entry_correction_has_reason')),
    sa.CheckConstraint('hour BETWEEN 0 AND 23', name=op.f('ck_log_entry_hour_of_day')),
    sa.CheckConstraint('length(month) = 7', name=op.f('ck_log_entry_month_as_year_and_number')),
    sa.CheckConstraint('number > 0 OR corrects_id IS NOT NULL', name=op.f('ck_log_entry_takes_back_something')),
    sa.ForeignKeyConstraint(['bureau_id'], ['bureau.id'], name=op.f('fk_log_entry_bureau_id')),
    sa.ForeignKeyConstraint(['corrects_id'], ['log_entry.id'], name=op.f('fk_log_entry_corrects_id')),
    sa.ForeignKeyConstraint(['language_tag'], ['language.tag'], name=op.f('fk_log_entry_language_tag')),
    sa.ForeignKeyConstraint(['logged_by_id'], ['person.id'], name=op.f('fk_log_entry_logged_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_log_entry_organisation_id')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_log_entry_service_id')),
    sa.ForeignKeyConstraint(['session_id'], ['planned_session.id'], name=op.f('fk_log_entry_session_id')),
    sa.ForeignKeyConstraint(['status_group_id'], ['status_group.id'], name=op.f('fk_log_entry_status_group_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_log_entry')),
    sa.UniqueConstraint('bureau_id', 'ref', name=op.f('uq_log_entry_bureau_id_ref'))
    )
    with op.batch_alter_table('log_entry', schema=None) as batch_op:
        batch_op.create_index('ix_log_entry_bureau_id_month_organisation_id', ['bureau_id', 'month', 'organisation_id'], unique=False)
        batch_op.create_index('ix_log_entry_corrects_id', ['corrects_id'], unique=False, sqlite_where=sa.text('corrects_id IS NOT NULL'), postgresql_where=sa.text('corrects_id IS NOT NULL'))
        batch_op.create_index('ix_log_entry_session_id', ['session_id'], unique=False, sqlite_where=sa.text('session_id IS NOT NULL'), postgresql_where=sa.text('session_id IS NOT NULL'))
        batch_op.create_index('uq_log_entry_taken_back', ['corrects_id'], unique=True, sqlite_where=sa.text('number < 0'), postgresql_where=sa.text('number < 0'))

    op.create_table('log_note',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['log_entry.id'], name=op.f('fk_log_note_entry_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_log_note_organisation_id')),
    sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_log_note'))
    )
    with op.batch_alter_table('log_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_log_note_expires_on'), ['expires_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_log_note_organisation_id'), ['organisation_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('log_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_log_note_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_log_note_expires_on'))

    op.drop_table('log_note')
    with op.batch_alter_table('log_entry', schema=None) as batch_op:
        batch_op.drop_index('uq_log_entry_taken_back', sqlite_where=sa.text('number < 0'), postgresql_where=sa.text('number < 0'))
        batch_op.drop_index('ix_log_entry_session_id', sqlite_where=sa.text('session_id IS NOT NULL'), postgresql_where=sa.text('session_id IS NOT NULL'))
        batch_op.drop_index('ix_log_entry_corrects_id')
        batch_op.drop_index('ix_log_entry_bureau_id_month_organisation_id')

    op.drop_table('log_entry')
    with op.batch_alter_table('referral', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_referral_to_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_referral_service_id'))
        batch_op.drop_index(batch_op.f('ix_referral_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_referral_language_tag'))
        batch_op.drop_index(batch_op.f('ix_referral_given_by_id'))
        batch_op.drop_index(batch_op.f('ix_referral_bureau_id'))

    op.drop_table('referral')
    with op.batch_alter_table('month_sign_off', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_month_sign_off_signed_by_id'))
        batch_op.drop_index(batch_op.f('ix_month_sign_off_organisation_id'))

    op.drop_table('month_sign_off')
    op.drop_table('log_settings')
    op.drop_table('log_close')
    op.drop_table('status_group')
    op.execute("DELETE FROM role WHERE kind = 'front_desk'")
    roles_of_bureaux("('manager')")
