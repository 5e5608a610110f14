"""The version of everything that turns programmes into pages: whoever renders with another writes other bytes."""

from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from bureau.publishing.domain import fingerprint

PARTS = (
    "bureau/**/*.py", "templates/**/*.html", "templates/**/*.typ", "bureau/kernel/fonts/*",
    "translations/*/LC_MESSAGES/*.mo",
)  # fmt: skip
LIBRARIES = ("babel", "flask-babel", "jdatetime", "jinja2", "markupsafe", "segno", "typst", "tzdata")


@lru_cache(maxsize=1)
def rendering_version(root: Path) -> str:
    """Code, templates and catalogues below ``root`` with the libraries that word and format; read once a process.

    More goes in than any page needs: a publication too many costs seconds, a stale page stays unnoticed.
    """
    paths = sorted(path for part in PARTS for path in root.glob(part))
    marks = [f"{path.relative_to(root).as_posix()}:{fingerprint(path.read_bytes())}" for path in paths]
    marks += [f"{name}={version(name)}" for name in LIBRARIES]
    return fingerprint("\n".join(marks).encode())
