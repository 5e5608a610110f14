"""The pages of swaps, covers and waiting lists, one module a page."""

from . import asked, asking, entries, links, swaps, waiting
from .blueprint import blueprint

__all__ = ["asked", "asking", "blueprint", "entries", "links", "swaps", "waiting"]
