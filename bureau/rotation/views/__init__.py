"""The pages of planning, one module a page."""

from . import (
    board,
    cockpit,
    demand,
    entries,
    gap_words,
    ledger,
    my_month,
    offer_tables,
    offers,
    pricing,
    programmes,
    proposals,
    rounds,
    slots,
    summary_words,
    weights,
    words,
)
from .blueprint import blueprint

__all__ = [
    "blueprint",
    "board",
    "cockpit",
    "demand",
    "entries",
    "gap_words",
    "ledger",
    "my_month",
    "offer_tables",
    "offers",
    "pricing",
    "programmes",
    "proposals",
    "rounds",
    "slots",
    "summary_words",
    "weights",
    "words",
]
