"""Refusals the rules can give. A refusal carries a code and values; the web layer words it for the reader."""

from typing import ClassVar


class Refused(Exception):
    """The rules of the bureau say no; ``code`` names the rule, ``params`` fill its sentence."""

    code: ClassVar[str] = "refused"

    def __init__(self, *, field: str | None = None, **params: object) -> None:
        """Remember the values of the sentence, and the form field it belongs to if there is one."""
        super().__init__(self.code, params)
        self.field = field
        self.params = params


class NotFound(Refused):
    """There is no such thing, or not for this person."""

    code = "not_found"


class Forbidden(Refused):
    """The thing exists; this person may not do this to it."""

    code = "forbidden"


class Stale(Refused):
    """Somebody else changed the thing since this person opened it."""

    code = "stale"


class InUse(Refused):
    """The thing cannot be deleted, since something else leans on it; it can be put out of use instead."""

    code = "in_use"


class Invalid(Refused):
    """What was typed cannot be taken; ``field`` says where, ``reason`` is a code of its own."""

    code = "invalid"


class Several(Refused):
    """More than one thing is wrong with what was given; ``problems`` holds every refusal, none is lost."""

    code = "several"

    def __init__(self, problems: list[Refused]) -> None:
        """Keep every refusal in the order it was found."""
        super().__init__(number=len(problems))
        self.problems = problems
