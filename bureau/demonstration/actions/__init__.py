"""Filling an empty installation with the demonstration bureau."""

from .loading import ACTOR, BUREAU, DOCUMENT, MANAGER, PASSWORD, Account, DatabaseInUse, load, tell_the_past

__all__ = ["ACTOR", "BUREAU", "DOCUMENT", "MANAGER", "PASSWORD", "Account", "DatabaseInUse", "load", "tell_the_past"]
