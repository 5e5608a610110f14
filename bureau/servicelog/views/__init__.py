"""The pages of the service log, one module a page."""

from . import changes, desk, device, entries, figures, logging, months, needs, notes, referrals, referring, tables
from .blueprint import blueprint

__all__ = [
    "blueprint",
    "changes",
    "desk",
    "device",
    "entries",
    "figures",
    "logging",
    "months",
    "needs",
    "notes",
    "referrals",
    "referring",
    "tables",
]
