"""Reporting: how, what is written down, and publishing once and for all."""

from .publishing import Published, publish_report
from .settings import begin_series, choose_method
from .withdrawing import withdraw_report
from .words import correct_words, draft_words

__all__ = [
    "Published",
    "begin_series",
    "choose_method",
    "correct_words",
    "draft_words",
    "publish_report",
    "withdraw_report",
]
