"""What people can be told. Each feature gives its kinds their words; this keeps them, and holds none itself."""

from collections.abc import Callable, Mapping
from typing import Any

Words = Callable[[Mapping[str, Any]], str]
"""The values of a notice, as they were stored → one sentence in the language that is being written in."""

_WORDS: dict[str, Words] = {}
_HEADLINES: dict[str, Words] = {}


def register(kind: str, words: Words, headline: Words | None = None) -> None:
    """Word the notices of ``kind``; call it from the ``wording`` of the feature that tells them.

    A kind that can be about somebody's next two days has a ``headline``, the subject of its own mail: what happened, and
    when. Subjects are read on locked screens, so it names neither people nor reasons.
    """
    _WORDS[kind] = words
    if headline is not None:
        _HEADLINES[kind] = headline


def is_known(kind: str) -> bool:
    """Whether there are words for that kind."""
    return kind in _WORDS


def sentence(kind: str, values: Mapping[str, Any]) -> str:
    """What the notice says."""
    return _WORDS[kind](values)


def headline(kind: str, values: Mapping[str, Any]) -> str:
    """What it says in a few words; empty for a kind that has none."""
    return _HEADLINES[kind](values) if kind in _HEADLINES else ""
