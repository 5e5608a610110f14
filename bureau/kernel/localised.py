"""Texts in several languages, and how fresh each translation is."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .text import clean_text


@dataclass(frozen=True, slots=True)
class LocalisedText:
    """One text in several languages.

    ``texts`` maps a BCP 47 tag to the words; ``sources`` remembers for a translation the fingerprint of the
    source text it was made from, so that a later change of the source shows the translation as stale.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Equal texts have the same: what is drawn from them can be remembered."""
        return hash(frozenset(self.texts.items()))

    def __bool__(self) -> bool:
        """Whether there is any text at all."""
        return bool(self.texts)

    def in_(self, language: str, fallback: Iterable[str] = ("en", "bg")) -> str:
        """The words in ``language``, else in the first ``fallback`` that has any, else in whatever there is."""
        for tag in (language, language.partition("-")[0], *fallback):
            if self.texts.get(tag):
                return self.texts[tag]
        return next(iter(self.texts.values()), "")

    def language_of(self, language: str, fallback: Iterable[str] = ("en", "bg")) -> str:
        """The language that ``in_`` would answer in, for the ``lang`` attribute."""
        for tag in (language, language.partition("-")[0], *fallback):
            if self.texts.get(tag):
                return tag
        return next(iter(self.texts), language)

    def missing(self, languages: Iterable[str]) -> tuple[str, ...]:
        """The languages of ``languages`` that have no words here."""
        return tuple(tag for tag in languages if not self.texts.get(tag))

    def stale(self, source: str) -> tuple[str, ...]:
        """The languages whose words were translated from an older text in ``source``."""
        mark = fingerprint(self.texts.get(source, ""))
        return tuple(tag for tag, made_from in self.sources.items() if tag != source and made_from != mark)

    def edited(self, texts: Mapping[str, str], *, source: str) -> "LocalisedText":
        """A copy with ``texts`` written in; a translation that was touched counts as made from today's source."""
        cleaned = {tag: clean_text(words, multiline=True) for tag, words in texts.items()}
        for tag, words in self.texts.items():  # a browser gives hard spaces back as plain ones; that is no edit
            if cleaned.get(tag) == clean_text(words, multiline=True):
                cleaned[tag] = words
        merged = {tag: words for tag, words in {**self.texts, **cleaned}.items() if words}
        mark = fingerprint(merged.get(source, ""))
        before = {tag: self.sources.get(tag, fingerprint(self.texts.get(source, ""))) for tag in self.texts}
        touched = {tag for tag in cleaned if cleaned[tag] != self.texts.get(tag, "")}
        sources = {tag: mark if tag in touched else before.get(tag, mark) for tag in merged if tag != source}
        return LocalisedText(merged, sources)

    def as_json(self) -> dict[str, Any]:
        """Plain data for the JSON column."""
        return {"texts": dict(self.texts), "sources": dict(self.sources)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "LocalisedText":
        """From the JSON column, or from a plain mapping of language to words."""
        if "texts" in data:
            return cls(dict(data["texts"]), dict(data.get("sources", {})))
        return cls({tag: words for tag, words in data.items() if words})


def fingerprint(words: str) -> str:
    """A short mark that changes when ``words`` do."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]
