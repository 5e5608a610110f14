"""The use cases of planning, one function and one transaction each. ``scope`` EVERY_ORGANISATION acts as the manager."""

from .accepting import Accepted, accept_proposal
from .asking import price_of_booking, price_of_gap, price_of_wish
from .booking import book_slot, pin_session
from .days import Restored, cancel_day, restore_day
from .delivery import mark_held, say_held, say_missed
from .drafts import save_draft
from .moving import look_at_move, move_session
from .offers import declare_offer, remind_missing
from .proposals import discard_proposal, start_proposal, stop_proposal
from .publishing import Published, publish_programme
from .releasing import release_session, take_back, undo_booking
from .rounds import change_phase, close_slot, open_round, reopen_slot, set_deadlines
from .series import (
    begin_series,
    book_again,
    change_series,
    delete_series,
    end_series,
    leave_out,
    put_back,
    repeat_session,
)
from .strokes import save_strokes
from .weighting import set_weights

__all__ = [
    "Accepted",
    "Published",
    "Restored",
    "accept_proposal",
    "begin_series",
    "book_again",
    "book_slot",
    "cancel_day",
    "change_phase",
    "change_series",
    "close_slot",
    "declare_offer",
    "delete_series",
    "discard_proposal",
    "end_series",
    "leave_out",
    "look_at_move",
    "mark_held",
    "move_session",
    "open_round",
    "pin_session",
    "price_of_booking",
    "price_of_gap",
    "price_of_wish",
    "publish_programme",
    "put_back",
    "release_session",
    "remind_missing",
    "reopen_slot",
    "repeat_session",
    "restore_day",
    "save_draft",
    "save_strokes",
    "say_held",
    "say_missed",
    "set_deadlines",
    "set_weights",
    "start_proposal",
    "stop_proposal",
    "take_back",
    "undo_booking",
]
