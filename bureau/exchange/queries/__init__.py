"""What pages and jobs read of swaps, covers and waiting lists."""

from .swaps import asking, every_swap, get_swap, our_swaps, waiting_for
from .waiting import calls_in, entry_here, find_by_token, offered_to, waiting_at

__all__ = [
    "asking",
    "calls_in",
    "entry_here",
    "every_swap",
    "find_by_token",
    "get_swap",
    "offered_to",
    "our_swaps",
    "waiting_at",
    "waiting_for",
]
