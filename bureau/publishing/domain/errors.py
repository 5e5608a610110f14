"""What publishing refuses."""

from typing import ClassVar

from bureau.kernel.errors import Refused


class NoSuchRelease(Refused):
    """There is no release to go back to, or not one of that number."""

    code: ClassVar[str] = "no_such_release"
