"""Serves the release in force from memory of its file list; asks neither the application nor the database."""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from whitenoise import WhiteNoise
from whitenoise.string_utils import decode_path_info

from bureau.web.headers import HEADERS

from .releases import current_release, read_manifest

FRESH = "public, max-age=60, must-revalidate"
FOR_EVER = "public, max-age=31536000, immutable"

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Release:
    """One release, ready to be served."""

    def __init__(self, folder: Path) -> None:
        """Read the list of files of the release in ``folder``."""
        self.manifest = read_manifest(folder)
        self._root = folder / "site"
        self.noise = WhiteNoise(
            None,
            root=str(self._root),
            index_file=True,
            allow_all_origins=False,
            mimetypes={".ics": "text/calendar"},
            add_headers_function=self._add_headers,
        )

    def find(self, path: str) -> Any | None:
        """The file at an address; the addresses that lead on are the application's, which knows the reader's language."""
        if path == "/" or (len(self.manifest.bureaux) == 1 and path.count("/") == 2 and path.endswith("/")):
            return None
        return self.noise.files.get(path)

    def _add_headers(self, headers: Headers, path: str, url: str) -> None:
        mark = self.manifest.files.get(Path(path).relative_to(self._root).as_posix())
        if mark:
            headers["ETag"] = f'"{mark}"'
        headers["Cache-Control"] = FOR_EVER if url.startswith("/static/look-") else FRESH
        if url.endswith(".ics"):
            headers["Access-Control-Allow-Origin"] = "*"  # anybody's calendar may read a public feed


class PublicSite:
    """WSGI middleware: what is published is served from files; everything else is the application's."""

    def __init__(self, application: Application, published: Path) -> None:
        """Serve ``published`` before ``application``."""
        self._application = application
        self._published = published
        self._serving: tuple[Path, Release] | None = None
        self._swapping = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        release = self.release()
        file = release.find(decode_path_info(environ.get("PATH_INFO", ""))) if release else None
        if file is None:
            return self._application(environ, start_response)
        if "HTTP_IF_NONE_MATCH" in environ:  # a proxy that compresses makes the mark a weak one
            environ["HTTP_IF_NONE_MATCH"] = environ["HTTP_IF_NONE_MATCH"].removeprefix("W/")
        return _serve(file, environ, start_response)

    def release(self) -> Release | None:
        """The release in force, read anew when the link has been replaced since the last request."""
        folder = current_release(self._published)
        serving = self._serving
        if folder is None or (serving and serving[0] == folder):
            return serving[1] if serving else None
        if not self._swapping.acquire(blocking=serving is None):
            return serving[1] if serving else None  # another thread reads it; meanwhile the old one is whole
        try:
            self._serving = (folder, Release(folder))
        except OSError:  # it was replaced and removed while we read it; the next request finds the newer one
            return serving[1] if serving else None
        finally:
            self._swapping.release()
        return self._serving[1]


def _serve(file: Any, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer with the file, read at once: the largest is a few hundred kilobytes, and nothing is left open."""
    response = file.get_response(environ["REQUEST_METHOD"], environ)
    start_response(f"{response.status} {response.status.phrase}", [*response.headers, *HEADERS.items()])
    if response.file is None:
        return []
    with response.file as opened:
        return [opened.read()]
