"""The manager's pages of the catalogue."""

from . import categories, entries, languages, overview, services
from .blueprint import blueprint

__all__ = ["blueprint", "categories", "entries", "languages", "overview", "services"]
