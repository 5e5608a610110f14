"""The pages of the service log, one module a page."""

from . import desk, device, entries, figures, logging, months, needs, notes, tables
from .blueprint import blueprint

__all__ = ["blueprint", "desk", "device", "entries", "figures", "logging", "months", "needs", "notes", "tables"]
