"""What exchanging refuses, each by its name. The web words them (``wording.py``)."""

from bureau.kernel.errors import Refused


class SwapOver(Refused):
    """The swap was decided, taken back, or has run out of time; ``state``."""

    code = "swap_over"


class SessionsChanged(Refused):
    """A session of the swap is not any more what it was when it was asked for: nothing was moved."""

    code = "sessions_changed"


class CannotMove(Refused):
    """The move would break a rule; ``organisation`` whose, ``why`` the refusal that says which."""

    code = "cannot_move"


class TheirRule(Refused):
    """A rule of another organisation forbids it; ``why`` names the rule only: its people and limits are its own matter."""

    code = "their_rule"


class AlreadyAsked(Refused):
    """The same is being asked already."""

    code = "already_asked"


class OwnSession(Refused):
    """A swap is between organisations; each gives one session."""

    code = "own_session"


class AnswerGiven(Refused):
    """That party has accepted already."""

    code = "answer_given"


class SlotIsFree(Refused):
    """Nobody has the slot: it is booked, not waited for."""

    code = "slot_is_free"


class AlreadyWaiting(Refused):
    """The organisation waits for the slot already, or has it."""

    code = "already_waiting"


class OfferOver(Refused):
    """The slot is no longer offered to those who waited for it."""

    code = "offer_over"


class SlotOnOffer(Refused):
    """The slot is kept for somebody who waited for it; ``until`` when, in ``timezone``."""

    code = "slot_on_offer"
