"""The pages of the service log, one module a page."""

from . import desk, entries, logging, months, notes, tables
from .blueprint import blueprint

__all__ = ["blueprint", "desk", "entries", "logging", "months", "notes", "tables"]
