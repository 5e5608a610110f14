"""The manager's pages of the monthly report, one module a page."""

from . import entries, months, noted, words
from .blueprint import blueprint

__all__ = ["blueprint", "entries", "months", "noted", "words"]
