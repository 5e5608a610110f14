"""The pages of a bureau in one language: each a function from a reader to bytes."""

from .accessibility import accessibility
from .easy import easy
from .home import home
from .listing import listing, ways
from .month import filtered_month, month
from .subjects import Subject, filters, subjects

__all__ = [
    "Subject",
    "accessibility",
    "easy",
    "filtered_month",
    "filters",
    "home",
    "listing",
    "month",
    "subjects",
    "ways",
]
