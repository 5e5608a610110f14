"""What RFC 5545 and RFC 7986 demand of a feed, checked word by word rather than by a reader that forgives."""

import re
from collections import Counter
from collections.abc import Iterator

INSTANT = re.compile(r"\d{8}T\d{6}Z")
TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
LINE = re.compile(r"([A-Z][A-Z0-9-]*)((?:;[A-Z][A-Z-]*=[^;:,\"]+)*):(.*)", re.DOTALL)
TEXT = re.compile(r"(?:[^\\;,\x00-\x08\x0a-\x1f\x7f]|\\[\\;,nN])*")
URI = re.compile(r"https?://[^\s\"<>\\^`{|}]+")
VALUES = {
    "VERSION": re.compile("2[.]0"), "CALSCALE": re.compile("GREGORIAN"), "PRODID": TEXT, "NAME": TEXT, "DESCRIPTION": TEXT,
    "SUMMARY": TEXT, "LOCATION": TEXT, "UID": re.compile(r"\S{1,255}"), "URL": URI, "SOURCE": URI,
    "COLOR": re.compile("[a-z]+"), "LAST-MODIFIED": INSTANT, "DTSTAMP": INSTANT, "DTSTART": INSTANT, "DTEND": INSTANT,
    "REFRESH-INTERVAL": re.compile(r"PT\d+H"), "SEQUENCE": re.compile(r"\d+"),
    "STATUS": re.compile("TENTATIVE|CONFIRMED|CANCELLED"), "TRANSP": re.compile("OPAQUE|TRANSPARENT"),
    "GEO": re.compile(r"-?\d{1,2}[.]\d+;-?\d{1,3}[.]\d+"),
    "CATEGORIES": re.compile(rf"{TEXT.pattern}(,{TEXT.pattern})*"),
}  # fmt: skip
PARAMETERS = {
    "NAME": {"LANGUAGE"}, "DESCRIPTION": {"LANGUAGE"}, "SUMMARY": {"LANGUAGE"}, "LOCATION": {"LANGUAGE"},
    "CATEGORIES": {"LANGUAGE"}, "SOURCE": {"VALUE=URI"}, "REFRESH-INTERVAL": {"VALUE=DURATION"},
}  # fmt: skip
CALENDAR = {"VERSION", "CALSCALE", "PRODID", "NAME", "DESCRIPTION", "URL", "SOURCE", "COLOR", "LAST-MODIFIED",
            "REFRESH-INTERVAL"}  # fmt: skip
EVENT = {"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION",
         "CATEGORIES", "URL", "GEO", "TRANSP"}  # fmt: skip
NEEDED = {"VCALENDAR": {"VERSION", "PRODID"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"}}


def offences(feed: bytes) -> list[str]:
    """Everything in the feed that the standards do not allow."""
    return [*_of_lines(feed), *_of_components(feed)]


def _of_lines(feed: bytes) -> Iterator[str]:
    if not feed.endswith(b"\r\n") or b"\n" in feed.replace(b"\r\n", b"") or b"\r" in feed.replace(b"\r\n", b""):
        yield "a line does not end with CR LF"
    yield from (f"more than 75 octets: {line!r}" for line in feed.split(b"\r\n") if len(line) > 75)
    for line in _outside_zones(unfolded(feed)):
        found = LINE.fullmatch(line)
        if not found:
            yield f"no content line: {line}"
        elif found[1] not in {"BEGIN", "END"} and not found[1].startswith("X-"):
            yield from _of_property(*found.groups())


def _outside_zones(lines: list[str]) -> Iterator[str]:
    """A zone has times without a zone, which nothing else may have."""
    inside = False
    for line in lines:
        inside = (inside or line == "BEGIN:VTIMEZONE") and line != "END:VTIMEZONE"
        if not inside:
            yield line


def _of_property(name: str, parameters: str, value: str) -> Iterator[str]:
    if name in VALUES and not VALUES[name].fullmatch(value):
        yield f"{name} may not be {value!r}"
    given = set(parameters.split(";")[1:])
    languages = {one for one in given if one.startswith("LANGUAGE=")}
    if any(not TAG.fullmatch(one.removeprefix("LANGUAGE=")) for one in languages):
        yield f"{name}: no language {languages}"
    named = {"LANGUAGE" if one in languages else one for one in given}
    if named != PARAMETERS.get(name, set()) and name in VALUES:
        yield f"{name} has the parameters {sorted(given)}"


def _of_components(feed: bytes) -> Iterator[str]:
    uids: Counter[str] = Counter()
    for name, properties in components(feed):
        if name not in NEEDED:
            continue
        counted = Counter(one for one, _ in properties if not one.startswith("X-"))
        yield from (f"{name} has {one} {count} times" for one, count in counted.items() if count > 1)
        yield from (f"{name} has no {one}" for one in NEEDED[name] - counted.keys())
        allowed = CALENDAR if name == "VCALENDAR" else EVENT
        yield from (f"{name} may not have {one}" for one in counted.keys() - allowed)
        values = dict(properties)
        if name == "VEVENT":
            uids[values["UID"]] += 1
            if not values["DTSTART"] < values["DTEND"]:
                yield f"{values['UID']} ends before it begins"
    yield from (f"{uid} is there {count} times" for uid, count in uids.items() if count > 1)


def unfolded(feed: bytes) -> list[str]:
    """The content lines, put together again."""
    return feed.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def components(feed: bytes) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every component with its own properties; the parameters are left out."""
    opened: list[tuple[str, list[tuple[str, str]]]] = []
    found = []
    for line in unfolded(feed):
        head, _, value = line.partition(":")
        name = head.partition(";")[0]
        if name == "BEGIN":
            opened.append((value, []))
        elif name == "END":
            found.append(opened.pop())
        else:
            opened[-1][1].append((name, value))
    return found
