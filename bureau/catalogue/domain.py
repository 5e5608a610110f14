"""The rules of the catalogue: how codes and language tags are written, what a service needs of a room."""

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar

from bureau.kernel.errors import Invalid, Refused

MODES = ("individual", "group", "off_site")
SENSITIVITIES = ("normal", "high", "restricted")
AUDIENCES = ("everyone", "women", "children")
DIRECTIONS = ("ltr", "rtl")

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_LONGEST_CODE = 40


class NeutralNameMissing(Refused):
    """A sensitive service is shown under a neutral name, and has none."""

    code: ClassVar[str] = "neutral_name_missing"


def clean_code(text: str, *, field: str = "code") -> str:
    """A code as it stands in addresses and files: ``a-z0-9`` and single hyphens, at most 40 characters."""
    code = text.strip()
    if not code:
        raise Invalid(field=field, reason="required")
    if len(code) > _LONGEST_CODE:
        raise Invalid(field=field, reason="too_long", limit=_LONGEST_CODE)
    if _CODE.fullmatch(code) is None:
        raise Invalid(field=field, reason="code", value=code)
    return code


def clean_tag(text: str, *, field: str = "tag") -> str:
    """A language tag (BCP 47: language, script and region at most); refuses anything else."""
    tag = text.strip()
    if _TAG.fullmatch(tag) is None:
        raise Invalid(field=field, reason="language_tag", value=tag)
    return tag


def ensure_known(codes: Iterable[str], known: Iterable[str], *, field: str) -> tuple[str, ...]:
    """``codes`` in their order; refuses the first that is not among ``known``."""
    everything, given = frozenset(known), tuple(codes)
    for code in given:
        if code not in everything:
            raise Invalid(field=field, reason="unknown", value=code)
    return given


def ensure_neutral_name(sensitivity: str, neutral_name: Mapping[str, str], *, source: str) -> None:
    """A sensitive service is never shown in public under its own name, so it must have another."""
    if sensitivity == "restricted" and not neutral_name.get(source):
        raise NeutralNameMissing(field="neutral_name")


def needs_of(mode: str, *, needs_private_room: bool) -> tuple[str, ...]:
    """The features a room must have for the service: a group meets in a group room, a private talk behind a door."""
    if mode == "group":
        return ("group",)
    return ("private",) if needs_private_room else ()
