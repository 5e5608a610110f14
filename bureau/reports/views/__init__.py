"""The manager's pages of the monthly report, one module a page."""

from . import entries, months
from .blueprint import blueprint

__all__ = ["blueprint", "entries", "months"]
