"""The public site as addresses and bytes."""

from collections.abc import Callable
from dataclasses import dataclass

from bureau.kernel.month import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A file of the public site that can be told apart without being made.

    ``path`` is relative to the site's root, with slashes. ``sources`` are all that the bytes are made from, cheap and
    JSON-like: as long as they are the same, the file is not made again. What is the same for every file (the program,
    its settings, its look) need not be named.

    ``says`` is for a file whose sources may change without it: all that it says, as plain data. It is asked once they
    have changed, and the file is made only where that did too.

    ``may_wait`` is for a file that takes long and says itself of when it is: residents need not wait for it with the rest.
    """

    path: str
    sources: tuple[object, ...]
    make: Callable[[], bytes]
    says: Callable[[], object] | None = None
    may_wait: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFile:
    """One file of the public site, made; ``sources`` is the mark of all that it was made from."""

    path: str
    content: bytes
    sources: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnchangedFile:
    """A file that would come out as it is, since nothing that it was made from has changed."""

    path: str
    sources: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedFile:
    """A file that could not be made, and why."""

    path: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFile:
    """A file that is to be made anew a little later; until then the one that is there stands in for it."""

    path: str


MadeFile = PublicFile | UnchangedFile | WaitingFile | FailedFile


@dataclass(frozen=True, slots=True)
class Address:
    """A public address below ``/<lang>/<bureau>/``: stable for years, since it is printed on posters."""

    below: str = ""

    def path(self, language: str, bureau: str) -> str:
        """As linked to: ``/en/golden-river/need/legal/``."""
        return f"/{language}/{bureau}/{self.below}"

    def feed(self, language: str, bureau: str) -> str:
        """The calendar feed beside the page."""
        return f"{self.path(language, bureau)}calendar.ics"

    def file(self, language: str, bureau: str, name: str = "index.html") -> str:
        """Where a file of the address lies in the site: ``en/golden-river/need/legal/index.html``."""
        return f"{self.path(language, bureau)[1:]}{name}"


HOME = Address()
EASY = Address("easy/")
"""What a resident needs to know in the shortest sentences."""
ACCESSIBILITY = Address("accessibility/")
"""What is done so that everybody can use the pages, and whom to tell where something does not work."""

REPORTS = Address("report/")
"""The list of the monthly reports, where there are any."""


def report_address(month: Month) -> Address:
    """The report of a month, with its files beside it."""
    return Address(f"report/{month}/")


def month_address(month: Month) -> Address:
    """The page of a month."""
    return Address(f"{month}/")


def need_address(category: str) -> Address:
    """The page of a need."""
    return Address(f"need/{category}/")


def service_address(service: str) -> Address:
    """The page of a service."""
    return Address(f"service/{service}/")


def language_address(tag: str) -> Address:
    """The page of a language that services are given in."""
    return Address(f"language/{tag}/")


def need_in_language_address(category: str, tag: str) -> Address:
    """The page of a need in one language."""
    return Address(f"language/{tag}/{category}/")


def in_month(address: Address) -> Address:
    """The month of just what the page at ``address`` is about; which month that is changes with the days."""
    return Address(f"month/{address.below}")


def organisation_address(code: str) -> Address:
    """The page of a partner organisation."""
    return Address(f"organisation/{code}/")
