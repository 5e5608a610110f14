"""What files without a language are made from: one bureau, or the whole installation."""

from dataclasses import dataclass
from datetime import date, datetime

from jinja2 import Environment

from bureau.calendars.domain.place import Place
from bureau.kernel.clock import local_date

from .reader import Asset


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceContext:
    """One bureau on one day, for files that are the same for readers of every language."""

    place: Place
    today: date
    base_url: str
    environment: Environment
    asset: Asset


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteContext:
    """All the bureaux that have published anything, for the pages above them."""

    places: tuple[Place, ...]
    now: datetime
    base_url: str
    environment: Environment
    asset: Asset

    def today(self, place: Place) -> date:
        """The day at that bureau."""
        return local_date(self.now, place.bureau.timezone)
