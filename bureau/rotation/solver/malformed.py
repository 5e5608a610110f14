"""The error of a document that means nothing."""


class Malformed(Exception):
    """A problem document that means nothing; `place` says where, `reason` why."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason
