"""What makes a page an application on the home screen of a phone or a tablet."""

from collections.abc import Callable

from .languages import LANGUAGES

PAPER, DEEP = "#f7f6f1", "#11303a"
_DRAWN = "icons/mark.svg"
_PAINTED = (("icons/mark-192.png", 192), ("icons/mark-512.png", 512))


def icons(asset: Callable[[str], str]) -> list[dict[str, str]]:
    """The mark in the sizes that home screens ask for; ``asset`` says at which address a file is."""
    drawn = {"src": asset(_DRAWN), "sizes": "any", "type": "image/svg+xml"}
    return [drawn, *({"src": asset(name), "sizes": f"{size}x{size}", "type": "image/png"} for name, size in _PAINTED)]


def browser_locale(language: str) -> str:
    """The locale in which a browser writes dates as the pages do."""
    return f"{LANGUAGES[language].locale.replace('_', '-')}-u-ca-gregory-nu-latn"
