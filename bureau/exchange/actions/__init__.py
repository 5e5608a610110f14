"""The use cases of sessions that change hands. Importing them joins them to the rota's bookings and releases."""

from . import undoing as undoing
from .answering import Cover, accept_swap, close_what_is_over, decline_swap, withdraw_swap
from .asking import ask_cover, ask_swap
from .covering import call_for_cover, look_after_calls
from .waiting import confirm_waiting, look_after_lists, stop_waiting, wait_for_slot

__all__ = [
    "Cover",
    "accept_swap",
    "ask_cover",
    "ask_swap",
    "call_for_cover",
    "close_what_is_over",
    "confirm_waiting",
    "decline_swap",
    "look_after_calls",
    "look_after_lists",
    "stop_waiting",
    "wait_for_slot",
    "withdraw_swap",
]
