"""The manager's pages of the monthly report, one module a page."""

from . import entries, indicators, month, months, noted, preview, protection, publishing, settings, tables, words
from .blueprint import blueprint

__all__ = [
    "blueprint",
    "entries",
    "indicators",
    "month",
    "months",
    "noted",
    "preview",
    "protection",
    "publishing",
    "settings",
    "tables",
    "words",
]
