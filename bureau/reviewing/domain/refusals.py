"""What the review refuses, each by its name. The web words them (``wording.py``)."""

from bureau.kernel.errors import Refused


class NotShownYet(Refused):
    """The plan is still being made, and the manager has not shown it yet."""

    code = "plan_not_shown_yet"


class ReviewOver(Refused):
    """The month is published: there is no plan to answer any more."""

    code = "review_over"


class ObjectionNeedsReason(Refused):
    """Nobody can answer an objection that says nothing."""

    code = "objection_needs_reason"


class ReplyNeeded(Refused):
    """An objection is answered in words, unless that happens in the joint meeting."""

    code = "reply_needed"


class NothingSaid(Refused):
    """An empty comment."""

    code = "nothing_said"


class NotAgreed(Refused):
    """Objections are open, or too few have answered; ``over`` is what to publish in spite of, if it must be."""

    code = "not_agreed"
