"""What people can be told. Each feature gives its kinds their words; this keeps them, and holds none itself."""

from collections.abc import Callable, Mapping
from typing import Any

Words = Callable[[Mapping[str, Any]], str]
"""The values of a notice, as they were stored → one sentence in the language that is being written in."""

_WORDS: dict[str, Words] = {}


def register(kind: str, words: Words) -> None:
    """Word the notices of ``kind``; call it from the ``wording`` of the feature that tells them."""
    _WORDS[kind] = words


def is_known(kind: str) -> bool:
    """Whether there are words for that kind."""
    return kind in _WORDS


def sentence(kind: str, values: Mapping[str, Any]) -> str:
    """What the notice says."""
    return _WORDS[kind](values)
