"""Notes beside entries: whether a bureau keeps them, and for how long."""

from typing import ClassVar

from bureau.kernel.errors import Refused

MOST_DAYS = 365


class NotesOff(Refused):
    """The bureau keeps no notes."""

    code: ClassVar[str] = "notes_off"
