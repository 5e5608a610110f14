"""Pictures on paper: the symbols that pages use, the mark, and the code that leads to the live page."""

import re
from functools import lru_cache
from pathlib import Path

from bureau.web.qr import qr

__all__ = ["MARK", "code", "pictures"]

code = lru_cache(maxsize=64)(qr)
"""The QR code of an address, remembered: many sheets lead to the same page."""

SPRITE = Path(__file__).parents[3] / "static" / "icons" / "sprite.svg"
_STROKED = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
    'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{}</svg>'
)
MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" fill="none" stroke-linecap="round">'
    '<path d="M7 37V18a13 13 0 0 1 26 0v19" stroke="currentColor" stroke-width="3"/>'
    '<path d="M20 38c0-5.500 6-6 6-10.500S14 22 14 17.500 20 13 20 9" stroke="#edb12f" stroke-width="3.500"/></svg>'
)


@lru_cache(maxsize=1)
def _symbols() -> dict[str, str]:
    found = re.findall(r'<symbol id="i-([\w-]+)"[^>]*>(.*?)</symbol>', SPRITE.read_text(), re.DOTALL)
    return {name: _STROKED.format(inside) for name, inside in found}


def pictures(*names: str) -> dict[str, str]:
    """The mark and the named symbols, as far as there are such."""
    return {"mark": MARK} | {name: symbol for name, symbol in sorted(_symbols().items()) if name in names}
