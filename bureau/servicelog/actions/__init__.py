"""The use cases of the service log, one function and one transaction each."""

from .correcting import correct_entry, take_back, undo_entry
from .importing import TakenIn, import_log, read_log, where_of
from .logging import Counted, log_entries
from .months import close_month, sign_off, withdraw_sign_off
from .notes import forget_notes, keep_log_so, note_entry
from .referring import (
    close_forgotten,
    close_referral,
    give_referral,
    mark_arrived,
    new_code,
    reopen_referral,
    take_arrival_back,
)

__all__ = [
    "Counted",
    "TakenIn",
    "close_forgotten",
    "close_month",
    "close_referral",
    "correct_entry",
    "forget_notes",
    "give_referral",
    "import_log",
    "keep_log_so",
    "log_entries",
    "mark_arrived",
    "new_code",
    "note_entry",
    "read_log",
    "reopen_referral",
    "sign_off",
    "take_arrival_back",
    "take_back",
    "undo_entry",
    "where_of",
    "withdraw_sign_off",
]
