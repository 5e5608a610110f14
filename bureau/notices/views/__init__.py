"""What a person was told, and how they want to be told."""

from . import notices
from .blueprint import blueprint
from .furniture import install

__all__ = ["blueprint", "install", "notices"]
