"""Several bureaux of one installation: in which cities they are, and how far one is from another."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from bureau.kernel.localised import LocalisedText

from .place import Place

EARTH = 6371.0
"""Kilometres from its middle to where people live."""

Where = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city with at least one bureau; ``slug`` stands in addresses, ``where`` is the middle of its bureaux if they say."""

    slug: str
    name: LocalisedText
    where: Where | None
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A bureau with its distance from a city in whole kilometres: 0 in the city itself, None where nobody knows."""

    place: Place
    km: int | None


def cities_of(places: Iterable[Place]) -> tuple[City, ...]:
    """The cities in the order of their slugs; a bureau that names no city stands for itself."""
    by_slug: dict[str, list[Place]] = {}
    for place in places:
        by_slug.setdefault(_slug(place), []).append(place)
    return tuple(_city(slug, there) for slug, there in sorted(by_slug.items()))


def nearest(city: City, places: Iterable[Place]) -> tuple[Near, ...]:
    """The bureaux from the nearest to the farthest; those of the city first, those that do not say where they are last."""
    known = [Near(place=place, km=_km(city, place)) for place in places]
    return tuple(sorted(known, key=lambda one: (one.km is None, one.km or 0, one.place.bureau.code)))


def distance(one: Where, other: Where) -> float:
    """Kilometres as the crow flies."""
    (lat, lon), (lat_2, lon_2) = (tuple(map(radians, where)) for where in (one, other))
    half = sin((lat_2 - lat) / 2) ** 2 + cos(lat) * cos(lat_2) * sin((lon_2 - lon) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))


def where_is(place: Place) -> Where | None:
    """The coordinates of a bureau, if it states them."""
    latitude, longitude = place.bureau.latitude, place.bureau.longitude
    return None if latitude is None or longitude is None else (latitude, longitude)


def _km(city: City, place: Place) -> int | None:
    if place in city.places:
        return 0
    there = where_is(place)
    return None if city.where is None or there is None else max(1, round(distance(city.where, there)))


def _slug(place: Place) -> str:
    """``veliko-tarnovo``, from the city's English name; the bureau's code where that has no Latin letter."""
    plain = unicodedata.normalize("NFKD", place.bureau.city.in_("en")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or place.bureau.code


def _city(slug: str, places: list[Place]) -> City:
    known = [where for place in places if (where := where_is(place))]
    middle = (sum(lat for lat, _ in known) / len(known), sum(lon for _, lon in known) / len(known)) if known else None
    named = places[0].bureau
    return City(slug=slug, name=named.city or named.name, where=middle, places=tuple(places))
