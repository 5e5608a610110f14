"""The use cases of the review, one function and one transaction each."""

from .answers import answer_plan
from .comments import settle_comment, write_comment
from .publishing import ensure_published_knowingly
from .settling import reply_to_objection, set_terms, settle_gap

__all__ = [
    "answer_plan",
    "ensure_published_knowingly",
    "reply_to_objection",
    "set_terms",
    "settle_comment",
    "settle_gap",
    "write_comment",
]
