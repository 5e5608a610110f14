"""How much room words take in a drawing: nobody measures them there, so it is estimated, rather too much than too little."""

from unicodedata import category, name

_NARROW = frozenset("iljtfrI.,:;!'’|()[]-– ії")
_BROAD = frozenset("mwMWmwшщжмюфыШЩЖМЮФЫ@")
_WIDTHS = {"LATIN": 7.2, "CYRILLIC": 7.4, "ARABIC": 6.4}
_USUAL = 7.6
_REST = 3
"""So many letters at least go on to the next line."""


def width_of(words: str, *, bold: bool = False) -> float:
    """The width of a line of words in letters of 13."""
    return sum(map(_letter, words)) * (1.07 if bold else 1)


def wrapped(words: str, room: float, *, bold: bool = False) -> list[str]:
    """The words in as many lines as they need; a word that is longer than a line is parted, and what is tied stays so."""
    lines = [""]
    for word in (part for one in words.split(" ") for part in _parted(one, room, bold=bold)):
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [one for one in lines if one] or [""]


def _parted(word: str, room: float, *, bold: bool) -> list[str]:
    """At hyphens, else wherever it is full."""
    parts = [""]
    for letter in word:
        full = width_of(parts[-1] + letter, bold=bold) > room
        if full and "-" in parts[-1]:
            kept, _, rest = parts[-1].rpartition("-")
            parts[-1:] = [f"{kept}-", rest]
        elif full:
            parts.append("")
        parts[-1] += letter
    return _without_crumbs([one for one in parts if one])


def _without_crumbs(parts: list[str]) -> list[str]:
    if len(parts) > 1 and (short := _REST - len(parts[-1])) > 0 and not parts[-2].endswith("-"):
        parts[-2:] = [parts[-2][:-short], parts[-2][-short:] + parts[-1]]
    return parts


def _letter(letter: str) -> float:
    if letter in _NARROW:
        return 4.2
    if letter in _BROAD:
        return 11.0
    if category(letter) in ("Mn", "Cf"):
        return 0.0
    width = _WIDTHS.get(name(letter, "").partition(" ")[0], _USUAL)
    return width * 1.22 if letter.isupper() else width
