"""The use cases of the service log, one function and one transaction each."""

from .correcting import correct_entry, take_back, undo_entry
from .importing import TakenIn, import_log, read_log, where_of
from .logging import Counted, log_entries
from .months import close_month, sign_off, withdraw_sign_off
from .notes import forget_notes, keep_log_so, note_entry

__all__ = [
    "Counted",
    "TakenIn",
    "close_month",
    "correct_entry",
    "forget_notes",
    "import_log",
    "keep_log_so",
    "log_entries",
    "note_entry",
    "read_log",
    "sign_off",
    "take_back",
    "undo_entry",
    "where_of",
    "withdraw_sign_off",
]
