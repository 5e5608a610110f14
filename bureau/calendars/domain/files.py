"""The public site as addresses and bytes."""

from dataclasses import dataclass

from bureau.kernel.month import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFile:
    """One file of the public site; ``path`` is relative to its root, with slashes."""

    path: str
    content: bytes
    sources: str = ""
    """A mark of all that it was made from, where that can be told without making it; empty elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnchangedFile:
    """A file that would come out as it is, since nothing that it was made from has changed."""

    path: str
    sources: str


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


HOME = Address()


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


def organisation_address(code: str) -> Address:
    """The page of a partner organisation."""
    return Address(f"organisation/{code}/")
