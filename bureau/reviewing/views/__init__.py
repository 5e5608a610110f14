"""The pages of the review, one module a page."""

from . import answering, comments, elsewhere, meeting, overview
from .blueprint import blueprint

__all__ = ["answering", "blueprint", "comments", "elsewhere", "meeting", "overview"]
