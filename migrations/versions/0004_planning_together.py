"""Planning together: reviews, swaps, covers, waiting lists, series, notices, private feeds.

The tables of reviews, swaps and waiting lists were laid out before anything wrote into them; they are made anew.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from bureau.kernel.database import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LAID_OUT_BEFORE = ("waitlist_entry", "swap_leg", "swap", "review")

NEW = (
    "offer_draft",
    "swap_leg",
    "cover_call",
    "waitlist_entry",
    "slot_comment",
    "series_service",
    "series_language",
    "series_exception",
    "review",
    "swap",
    "series",
    "review_terms",
    "settled_gap",
    "published_over",
    "cancelled_day",
    "private_feed",
    "notice_choice",
    "notice",
)


def upgrade() -> None:
    for table in LAID_OUT_BEFORE:
        op.drop_table(table)
    op.create_table('offer_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('cells', sa.JSON(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('saved_at', UTCDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_offer_draft_organisation_id')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_offer_draft_round_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer_draft')),
    sa.UniqueConstraint('round_id', 'organisation_id', name=op.f('uq_offer_draft_round_id_organisation_id'))
    )
    with op.batch_alter_table('offer_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_offer_draft_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_offer_draft_round_id'), ['round_id'], unique=False)

    op.create_table('notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('bureau_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('touches_at', UTCDateTime(), nullable=True),
    sa.Column('calendar', sa.JSON(), nullable=False),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.Column('seen_at', UTCDateTime(), nullable=True),
    sa.Column('mailed_at', UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['bureau_id'], ['bureau.id'], name=op.f('fk_notice_bureau_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_notice_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notice_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('key', name=op.f('uq_notice_key'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_bureau_id'), ['bureau_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_person_id'), ['person_id'], unique=False)

    op.create_table('notice_choice',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('hour', sa.Integer(), nullable=False),
    sa.Column('at_once', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("digest IN ('daily', 'weekly', 'never')", name=op.f('ck_notice_choice_digest_known')),
    sa.CheckConstraint('hour BETWEEN 0 AND 23', name=op.f('ck_notice_choice_hour_of_day')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notice_choice_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_notice_choice'))
    )
    op.create_table('private_feed',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('renewed_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_private_feed_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_private_feed_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_private_feed'))
    )
    with op.batch_alter_table('private_feed', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_private_feed_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_private_feed_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_private_feed_organisation', ['person_id', 'organisation_id'], unique=True, sqlite_where=sa.text('organisation_id IS NOT NULL'), postgresql_where=sa.text('organisation_id IS NOT NULL'))
        batch_op.create_index('uq_private_feed_own', ['person_id'], unique=True, sqlite_where=sa.text('organisation_id IS NULL'), postgresql_where=sa.text('organisation_id IS NULL'))

    op.create_table('review_terms',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('shown_early', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('percent BETWEEN 0 AND 100', name=op.f('ck_review_terms_percent_in_range')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_review_terms_round_id')),
    sa.PrimaryKeyConstraint('round_id', name=op.f('pk_review_terms'))
    )
    op.create_table('settled_gap',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('per', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('service', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('have', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('settled_at', UTCDateTime(), nullable=False),
    sa.CheckConstraint("outcome IN ('answered', 'carried')", name=op.f('ck_settled_gap_outcome_known')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_settled_gap_round_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_settled_gap')),
    sa.UniqueConstraint('round_id', 'per', 'place', 'service', 'language', name=op.f('uq_settled_gap_round_id_per_place_service_language'))
    )
    with op.batch_alter_table('settled_gap', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_settled_gap_round_id'), ['round_id'], unique=False)

    op.create_table('published_over',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('objecting', sa.JSON(), nullable=False),
    sa.Column('answered', sa.Integer(), nullable=False),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('published_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_published_over_round_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_over')),
    sa.UniqueConstraint('round_id', 'number', name=op.f('uq_published_over_round_id_number'))
    )
    with op.batch_alter_table('published_over', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_published_over_round_id'), ['round_id'], unique=False)

    op.create_table('series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bureau_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('starts', sa.Time(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('valid_until IS NULL OR valid_until >= valid_from', name=op.f('ck_series_ends_after_start')),
    sa.CheckConstraint('weekday BETWEEN 1 AND 7', name=op.f('ck_series_weekday_iso')),
    sa.ForeignKeyConstraint(['bureau_id'], ['bureau.id'], name=op.f('fk_series_bureau_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_series_organisation_id')),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_series_room_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_series_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_series'))
    )
    with op.batch_alter_table('series', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_series_bureau_id'), ['bureau_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_series_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_series_room_id'), ['room_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_series_worker_id'), ['worker_id'], unique=False)

    op.create_table('swap',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('remark', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('parties', sa.Integer(), nullable=False),
    sa.Column('accepted', sa.Integer(), nullable=False),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.Column('expires_at', UTCDateTime(), nullable=False),
    sa.Column('ended_at', UTCDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('swap', 'ring', 'cover', 'offer')", name=op.f('ck_swap_kind_known')),
    sa.CheckConstraint("state <> 'moved' OR accepted = parties", name=op.f('ck_swap_moved_only_when_all_accept')),
    sa.CheckConstraint("state IN ('asked', 'moved', 'declined', 'withdrawn', 'expired', 'overtaken')", name=op.f('ck_swap_state_known')),
    sa.CheckConstraint('accepted BETWEEN 0 AND parties', name=op.f('ck_swap_accepted_within_parties')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['organisation.id'], name=op.f('fk_swap_asked_by_id')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_swap_round_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_swap'))
    )
    with op.batch_alter_table('swap', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_swap_asked_by_id'), ['asked_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_swap_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_swap_round_id'), ['round_id'], unique=False)

    op.create_table('review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('on_behalf', sa.Boolean(), nullable=False),
    sa.Column('answered_at', UTCDateTime(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('reply', sa.String(), nullable=False),
    sa.Column('replied_at', UTCDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("answer <> 'objected' OR reason <> ''", name=op.f('ck_review_objection_has_reason')),
    sa.CheckConstraint("answer IN ('accepted', 'objected')", name=op.f('ck_review_answer_known')),
    sa.CheckConstraint("outcome = 'open' OR answer = 'objected'", name=op.f('ck_review_only_objections_are_settled')),
    sa.CheckConstraint("outcome IN ('open', 'answered', 'carried')", name=op.f('ck_review_outcome_known')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_review_organisation_id')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_review_proposal_id')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_review_round_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review')),
    sa.UniqueConstraint('round_id', 'organisation_id', name=op.f('uq_review_round_id_organisation_id'))
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_proposal_id'), ['proposal_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_round_id'), ['round_id'], unique=False)

    op.create_table('series_exception',
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['series_id'], ['series.id'], name=op.f('fk_series_exception_series_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('series_id', 'day', name=op.f('pk_series_exception'))
    )
    op.create_table('series_language',
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('language_tag', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['language_tag'], ['language.tag'], name=op.f('fk_series_language_language_tag')),
    sa.ForeignKeyConstraint(['series_id'], ['series.id'], name=op.f('fk_series_language_series_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('series_id', 'language_tag', name=op.f('pk_series_language'))
    )
    op.create_table('series_service',
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['series_id'], ['series.id'], name=op.f('fk_series_service_series_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_series_service_service_id')),
    sa.PrimaryKeyConstraint('series_id', 'service_id', name=op.f('pk_series_service'))
    )
    op.create_table('slot_comment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('written_at', UTCDateTime(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('settled_at', UTCDateTime(), nullable=True),
    sa.CheckConstraint("words <> ''", name=op.f('ck_slot_comment_says_something')),
    sa.CheckConstraint("outcome IN ('open', 'answered', 'carried')", name=op.f('ck_slot_comment_outcome_known')),
    sa.CheckConstraint("outcome = 'open' OR settled_at IS NOT NULL", name=op.f('ck_slot_comment_settled_with_time')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_slot_comment_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_slot_comment_person_id')),
    sa.ForeignKeyConstraint(['slot_id'], ['slot.id'], name=op.f('fk_slot_comment_slot_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slot_comment'))
    )
    with op.batch_alter_table('slot_comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slot_comment_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_slot_comment_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_slot_comment_slot_id'), ['slot_id'], unique=False)

    op.create_table('waitlist_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('services', sa.JSON(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=True),
    sa.Column('asked_at', UTCDateTime(), nullable=False),
    sa.Column('offered_at', UTCDateTime(), nullable=True),
    sa.Column('expires_at', UTCDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'offered' OR expires_at IS NOT NULL", name=op.f('ck_waitlist_entry_offered_until')),
    sa.CheckConstraint("state IN ('waiting', 'offered', 'taken', 'passed', 'expired', 'withdrawn')", name=op.f('ck_waitlist_entry_state_known')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_waitlist_entry_organisation_id')),
    sa.ForeignKeyConstraint(['slot_id'], ['slot.id'], name=op.f('fk_waitlist_entry_slot_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_waitlist_entry_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waitlist_entry')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_waitlist_entry_token_hash'))
    )
    with op.batch_alter_table('waitlist_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_waitlist_entry_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_waitlist_entry_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_waitlist_entry_slot_id'), ['slot_id'], unique=False)
        batch_op.create_index('uq_waitlist_entry_offered', ['slot_id'], unique=True, sqlite_where=sa.text("state = 'offered'"), postgresql_where=sa.text("state = 'offered'"))
        batch_op.create_index('uq_waitlist_entry_waiting', ['slot_id', 'organisation_id'], unique=True, sqlite_where=sa.text("state IN ('waiting', 'offered')"), postgresql_where=sa.text("state IN ('waiting', 'offered')"))

    op.create_table('cover_call',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('asked_from', UTCDateTime(), nullable=False),
    sa.Column('called_at', UTCDateTime(), nullable=True),
    sa.Column('ended_at', UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['session_id'], ['planned_session.id'], name=op.f('fk_cover_call_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cover_call')),
    sa.UniqueConstraint('session_id', name=op.f('uq_cover_call_session_id'))
    )
    with op.batch_alter_table('cover_call', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cover_call_asked_from'), ['asked_from'], unique=False)

    op.create_table('swap_leg',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('swap_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=False),
    sa.Column('seen_version', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=True),
    sa.Column('services', sa.JSON(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('accepted_at', UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_swap_leg_organisation_id')),
    sa.ForeignKeyConstraint(['session_id'], ['planned_session.id'], name=op.f('fk_swap_leg_session_id')),
    sa.ForeignKeyConstraint(['slot_id'], ['slot.id'], name=op.f('fk_swap_leg_slot_id')),
    sa.ForeignKeyConstraint(['swap_id'], ['swap.id'], name=op.f('fk_swap_leg_swap_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_swap_leg_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_swap_leg')),
    sa.UniqueConstraint('swap_id', 'organisation_id', name=op.f('uq_swap_leg_swap_id_organisation_id')),
    sa.UniqueConstraint('swap_id', 'position', name=op.f('uq_swap_leg_swap_id_position'))
    )
    with op.batch_alter_table('swap_leg', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_swap_leg_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_swap_leg_session_id'), ['session_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_swap_leg_slot_id'), ['slot_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_swap_leg_swap_id'), ['swap_id'], unique=False)

    op.create_table('cancelled_day',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bureau_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('reason', sa.JSON(), nullable=False),
    sa.Column('touched', sa.JSON(), nullable=False),
    sa.Column('cancelled_at', UTCDateTime(), nullable=False),
    sa.Column('undone_at', UTCDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['bureau_id'], ['bureau.id'], name=op.f('fk_cancelled_day_bureau_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cancelled_day'))
    )
    with op.batch_alter_table('cancelled_day', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cancelled_day_bureau_id'), ['bureau_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cancelled_day_day'), ['day'], unique=False)

    # Added in place, never by making the tables anew: the triggers on sessions would go with the old one.
    op.execute("ALTER TABLE outbox_mail ADD COLUMN calendar VARCHAR")
    op.execute(
        "ALTER TABLE planned_session ADD COLUMN series_id INTEGER "
        "CONSTRAINT fk_planned_session_series_id REFERENCES series (id)"
    )
    op.create_index("ix_planned_session_series_id", "planned_session", ["series_id"])
    op.execute(
        "ALTER TABLE planned_session ADD COLUMN missed_for VARCHAR "
        "CONSTRAINT ck_planned_session_missed_for_known "
        "CHECK (missed_for IN ('ill', 'way', 'closed', 'mixup', 'other'))"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE planned_session DROP COLUMN missed_for")
    op.drop_index("ix_planned_session_series_id", table_name="planned_session")
    op.execute("ALTER TABLE planned_session DROP COLUMN series_id")
    op.execute("ALTER TABLE outbox_mail DROP COLUMN calendar")
    for table in NEW:
        op.drop_table(table)
    op.create_table('swap',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('parties', sa.Integer(), nullable=False),
    sa.Column('accepted', sa.Integer(), nullable=False),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.Column('expires_at', UTCDateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('offer', 'ask', 'ring', 'cover')", name=op.f('ck_swap_kind_known')),
    sa.CheckConstraint("state <> 'moved' OR accepted = parties", name=op.f('ck_swap_moved_only_when_all_accept')),
    sa.CheckConstraint("state IN ('asked', 'moved', 'declined', 'withdrawn', 'expired')", name=op.f('ck_swap_state_known')),
    sa.CheckConstraint('accepted BETWEEN 0 AND parties', name=op.f('ck_swap_accepted_within_parties')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_swap_round_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_swap'))
    )
    with op.batch_alter_table('swap', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_swap_round_id'), ['round_id'], unique=False)
    op.create_table('review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('answered_at', UTCDateTime(), nullable=False),
    sa.CheckConstraint("answer <> 'objected' OR reason <> ''", name=op.f('ck_review_objection_has_reason')),
    sa.CheckConstraint("answer IN ('accepted', 'objected')", name=op.f('ck_review_answer_known')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_review_organisation_id')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_review_proposal_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review')),
    sa.UniqueConstraint('proposal_id', 'organisation_id', name=op.f('uq_review_proposal_id_organisation_id'))
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_proposal_id'), ['proposal_id'], unique=False)
    op.create_table('waitlist_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', UTCDateTime(), nullable=False),
    sa.Column('offered_at', UTCDateTime(), nullable=True),
    sa.Column('expires_at', UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_waitlist_entry_organisation_id')),
    sa.ForeignKeyConstraint(['slot_id'], ['slot.id'], name=op.f('fk_waitlist_entry_slot_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waitlist_entry')),
    sa.UniqueConstraint('slot_id', 'organisation_id', name=op.f('uq_waitlist_entry_slot_id_organisation_id'))
    )
    with op.batch_alter_table('waitlist_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_waitlist_entry_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_waitlist_entry_slot_id'), ['slot_id'], unique=False)
    op.create_table('swap_leg',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('swap_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('to_organisation_id', sa.Integer(), nullable=False),
    sa.Column('accepted_at', UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['session_id'], ['planned_session.id'], name=op.f('fk_swap_leg_session_id')),
    sa.ForeignKeyConstraint(['swap_id'], ['swap.id'], name=op.f('fk_swap_leg_swap_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['to_organisation_id'], ['organisation.id'], name=op.f('fk_swap_leg_to_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_swap_leg')),
    sa.UniqueConstraint('swap_id', 'session_id', name=op.f('uq_swap_leg_swap_id_session_id'))
    )
    with op.batch_alter_table('swap_leg', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_swap_leg_session_id'), ['session_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_swap_leg_swap_id'), ['swap_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_swap_leg_to_organisation_id'), ['to_organisation_id'], unique=False)
