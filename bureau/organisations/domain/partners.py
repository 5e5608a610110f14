"""What is refused around organisations that several bureaux share."""

from bureau.kernel.errors import Forbidden


class NotSpokenFor(Forbidden):
    """The organisation takes, or took, part in other bureaux too, and the person does not speak for it."""

    code = "not_spoken_for"
