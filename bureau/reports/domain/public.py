"""The reports of a bureau as the pages of the site ask for them."""

from collections.abc import Callable
from dataclasses import dataclass

from .document import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReport:
    """A published report that is read only when a page is made of it; ``mark`` changes whenever it does."""

    month: str
    mark: str
    load: Callable[[], Report]
