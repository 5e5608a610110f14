"""What planning refuses, each by its name. The web words them (``wording.py``)."""

from bureau.kernel.errors import Refused


class NoOpenDays(Refused):
    """The month has no block in which the bureau is open; ``month``."""

    code = "no_open_days"


class AlreadyOpen(Refused):
    """The month has a round already; ``month``."""

    code = "already_open"


class WrongPhase(Refused):
    """The round is in a phase where this cannot be done; ``phase``."""

    code = "wrong_phase"


class DeadlinesOutOfOrder(Refused):
    """A phase would end before the one in front of it."""

    code = "deadlines_out_of_order"


class DeadlinePassed(Refused):
    """The time for this is over; ``date`` is the instant, ``timezone`` the bureau's."""

    code = "deadline_passed"


class UnknownWorker(Refused):
    """The worker is not one of this organisation; ``value``."""

    code = "unknown_worker"


class UnknownService(Refused):
    """The catalogue has no such service; ``value``."""

    code = "unknown_service"


class UnknownLanguage(Refused):
    """The catalogue has no such language; ``value``."""

    code = "unknown_language"


class NotQualified(Refused):
    """The worker does not give this service, or not in this language; ``worker``, ``service``, ``language``."""

    code = "not_qualified"


class UnknownBlock(Refused):
    """The round has no block then; ``day``, ``starts``."""

    code = "unknown_block"


class UnknownLevel(Refused):
    """Availability is preferred, possible or undesired; ``value``."""

    code = "unknown_level"


class PromiseOutOfRange(Refused):
    """A number of the offer cannot be; ``field`` says which, ``low`` and ``high`` what can."""

    code = "promise_out_of_range"


class SlotTaken(Refused):
    """Somebody has the slot; ``near`` holds free slots around that time (``FreeSlot``)."""

    code = "slot_taken"


class WorkerBusy(Refused):
    """The worker is in another session at that time; ``worker``."""

    code = "worker_busy"


class SlotClosed(Refused):
    """Nothing may be planned in the slot."""

    code = "slot_closed"


class SlotOccupied(Refused):
    """A slot with a session in it cannot be closed; ``organisation``."""

    code = "slot_occupied"


class SlotPast(Refused):
    """The slot has begun."""

    code = "slot_past"


class NeedsPrivateRoom(Refused):
    """The service is given in a private room only; ``service`` (a text in several languages)."""

    code = "needs_private_room"


class NothingGiven(Refused):
    """A session has at least one service and one language."""

    code = "nothing_given"


class LimitReached(Refused):
    """The organisation's own limit; ``limit`` (``max_per_day`` …) and ``most``."""

    code = "limit_reached"


class SessionOver(Refused):
    """The session has begun or is no longer in the plan."""

    code = "session_over"


class UndoOver(Refused):
    """A booking is undone within minutes; later it is given back with a reason."""

    code = "undo_over"


class CoverTooLate(Refused):
    """Cover is sought before the session begins, or not at all."""

    code = "cover_too_late"


class SeriesEndsEarly(Refused):
    """A series ends on or after the day on which it begins."""

    code = "series_ends_early"


class NotOnThatDay(Refused):
    """The series does not fall on that day; ``day``."""

    code = "not_on_that_day"


class DayOver(Refused):
    """The day is past; nothing can be cancelled or put back."""

    code = "day_over"


class AlreadyCancelled(Refused):
    """The day is cancelled already."""

    code = "already_cancelled"


class NothingCancelled(Refused):
    """The day was not cancelled, or was put back already."""

    code = "nothing_cancelled"


class SessionNotOver(Refused):
    """Whether a session took place is said when it is over."""

    code = "session_not_over"


class MonthClosed(Refused):
    """The month is closed: what happened in it stays as it is."""

    code = "month_closed"


class ReasonNeeded(Refused):
    """A release is not silent: it has a reason."""

    code = "reason_needed"


class NothingToPublish(Refused):
    """The month is already published exactly so."""

    code = "nothing_to_publish"


class NobodyAnswered(Refused):
    """A plan needs at least one offer."""

    code = "nobody_answered"


class ProposalRunning(Refused):
    """One run of the solver at a time."""

    code = "proposal_running"


class ProposalNotReady(Refused):
    """The proposal has no plan that could be accepted."""

    code = "proposal_not_ready"


class PlanOutdated(Refused):
    """The plan no longer fits what is booked or closed since; a new proposal is needed."""

    code = "plan_outdated"


class PartnerLeft(Refused):
    """The worker's organisation takes no part in the bureau any more."""

    code = "partner_left"


class SeatGone(Refused):
    """The seat, or its whole room, is out of use."""

    code = "seat_gone"


class TimeWithdrawn(Refused):
    """The organisation does not offer the worker at that time any more."""

    code = "time_withdrawn"


class FormulaInTable(Refused):
    """A field of an uploaded table holds a formula, whose result nobody sees here."""

    code = "formula_in_table"


class LineTwice(Refused):
    """A table has two lines for the same block."""

    code = "line_twice"


class UnknownColumn(Refused):
    """The head of a column names none of the organisation's workers; ``value``."""

    code = "unknown_column"
