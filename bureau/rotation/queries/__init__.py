"""What pages, files and jobs read of planning. ``round_`` is what ``get_round`` gave; ids are checked against the bureau."""

from .board import board, looks_of
from .cockpit import cockpit
from .days import day_ahead, day_cancelled, days_cancelled
from .delivery import delivery_of
from .free_slots import free_slots_near
from .habits import habits_in
from .ledger import ledger_of
from .left_out import left_out_of
from .mine import month_of_slot, owner_of_session, place_of_session, session_detail, sessions_among, slot_detail
from .moving import slots_to_move_to
from .my_month import my_month
from .naming import team_names
from .offers import answers_of, choices_of, copy_last_month, offer_page
from .programmes import (
    find_programme,
    next_programme,
    programme_marks,
    programme_numbers,
    programmes_in_force,
)
from .proposals import explanations, get_proposal, proposals_of
from .replanning import replanning, what_may_move
from .rounds import blocks_of_round, current_round, find_round, get_round, rounds_of
from .series import get_series, owner_of_series, series_at, series_days, series_of_session
from .standing import standings, why_gap
from .suggesting import can_be_undone, suggestions_for
from .ways_out import ways_out
from .weeks import coverage_by_week, strips_of
from .weighting import weights_of, weights_version

__all__ = [
    "answers_of",
    "blocks_of_round",
    "board",
    "can_be_undone",
    "choices_of",
    "cockpit",
    "copy_last_month",
    "coverage_by_week",
    "current_round",
    "day_ahead",
    "day_cancelled",
    "days_cancelled",
    "delivery_of",
    "explanations",
    "find_programme",
    "find_round",
    "free_slots_near",
    "get_proposal",
    "get_round",
    "get_series",
    "habits_in",
    "ledger_of",
    "left_out_of",
    "looks_of",
    "month_of_slot",
    "my_month",
    "next_programme",
    "offer_page",
    "owner_of_series",
    "owner_of_session",
    "place_of_session",
    "programme_marks",
    "programme_numbers",
    "programmes_in_force",
    "proposals_of",
    "replanning",
    "rounds_of",
    "series_at",
    "series_days",
    "series_of_session",
    "session_detail",
    "sessions_among",
    "slot_detail",
    "slots_to_move_to",
    "standings",
    "strips_of",
    "suggestions_for",
    "team_names",
    "ways_out",
    "weights_of",
    "weights_version",
    "what_may_move",
    "why_gap",
]
