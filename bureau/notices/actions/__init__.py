"""Telling people, mailing what they were told, and remembering how they want it."""

from .choosing import choose
from .mailing import mail_at_once, mail_digest
from .reading import mark_read, open_notice, prune
from .telling import tell

__all__ = ["choose", "mail_at_once", "mail_digest", "mark_read", "open_notice", "prune", "tell"]
