"""What pages, and the publication, read of the review. ``round_`` is what rotation's ``get_round`` gave."""

from .agenda import agenda
from .comments import comments_of, comments_on, talked_slot
from .mine import MyReview, my_review
from .publications import beside_last_month, published_over
from .reviews import find_review, reviews_of, standing, terms_of

__all__ = [
    "MyReview",
    "agenda",
    "beside_last_month",
    "comments_of",
    "comments_on",
    "find_review",
    "my_review",
    "published_over",
    "reviews_of",
    "standing",
    "talked_slot",
    "terms_of",
]
