"""How a public file is answered: the same by our own server, by a web server in front of it, and by a store."""

from pathlib import PurePosixPath

FRESH = "public, max-age=60, must-revalidate"
FOR_EVER = "public, max-age=31536000, immutable"
LOOK = "static/look-"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".xml": "text/xml; charset=utf-8",
    ".atom": "application/atom+xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".woff2": "font/woff2",
}


def cache_of(path: str) -> str:
    """How long a browser may keep the file: the look for ever, since its address changes with it; the rest, a minute."""
    return FOR_EVER if path.startswith(LOOK) else FRESH


def type_of(path: str) -> str:
    """What the file is."""
    return _TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")
