"""Declaring, and asking those who have not."""

from datetime import datetime

from bureau.kernel.database import Scope
from bureau.rotation.domain.offers import DeclaredOffer


def declare_offer(
    bureau: str,
    month: str,
    organisation: str,
    offer: DeclaredOffer,
    *,
    version: int | None,
    scope: Scope,
    actor: str,
    now: datetime,
) -> int:
    """Store what the organisation declares; the new version. ``scope`` EVERY_ORGANISATION means the manager for it.

    ``version`` is the one the form was opened with (None: nothing was stored). Saving the same twice changes nothing.
    Refuses: DeadlinePassed (not for the manager), WrongPhase, Stale; ``Several`` of UnknownWorker, UnknownService,
    UnknownLanguage, NotQualified, UnknownBlock, UnknownLevel, PromiseOutOfRange, each with its ``field``.
    """
    raise NotImplementedError


def remind_missing(bureau: str, month: str, *, actor: str, now: datetime) -> int:
    """Queue a mail to the coordinators of each organisation that has not answered, once a day; how many mails."""
    raise NotImplementedError
