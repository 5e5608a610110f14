"""Telling people, mailing what they were told, and remembering how they want it."""

from .telling import tell

__all__ = ["tell"]
