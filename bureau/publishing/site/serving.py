"""Serves the release in force; asks neither the application nor the database."""

import json
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from whitenoise import WhiteNoise
from whitenoise.string_utils import decode_path_info

from bureau.publishing.domain import part_of
from bureau.publishing.domain.answers import cache_of
from bureau.web.headers import HEADERS

from .look import LOOK
from .releases import current_release, read_release, trees_of
from .trees import read_tree

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
Marks = dict[str, dict[str, str]]


class Release:
    """One release, ready to be served: a file is looked up when it is first asked for, and known from then on."""

    def __init__(self, folder: Path, marks: Marks) -> None:
        """Read what the release in ``folder`` says of itself; ``marks`` are those of trees that were read before."""
        self._root = folder / "site"
        self._trees = trees_of(folder.parents[1])
        self._marks = marks
        self._found: dict[str, Any] = {}
        said = read_release(folder)
        self._parts = {code: head.tree for code, head in said.parts.items()} if said else {}
        self.bureaux = said.bureaux if said else _bureaux_of_an_earlier_version(folder)
        self._noise = WhiteNoise(
            None,
            root=str(self._root),
            index_file=True,
            autorefresh=True,
            allow_all_origins=False,
            mimetypes={".ics": "text/calendar", ".csv": "text/csv", ".webmanifest": "application/manifest+json"},
            add_headers_function=self._add_headers,
        )

    def find(self, url: str) -> Any | None:
        """The file at an address; the addresses that lead on are the application's, which knows the reader's language."""
        if url == "/" or (len(self.bureaux) == 1 and url.count("/") == 2 and url.endswith("/")):
            return None
        if url not in self._found:
            try:
                file = self._noise.find_file(url)
            except FileNotFoundError:  # so many releases came after it that it was cleared away
                file = None
            if file is None:
                return None
            self._found[url] = file
        return self._found[url]

    def _add_headers(self, headers: Headers, path: str, url: str) -> None:
        if mark := self._mark(Path(path).relative_to(self._root).as_posix()):
            headers["ETag"] = f'"{mark}"'
        headers["Cache-Control"] = cache_of(url[1:])
        if url.endswith((".ics", ".atom", ".csv")) or url.startswith("/hsds/"):
            headers["Access-Control-Allow-Origin"] = "*"  # anybody's program may read feeds and open data

    def _mark(self, path: str) -> str | None:
        tree = f"_looks/{path.split('/')[1]}" if path.startswith(LOOK) else self._parts.get(part_of(path, self._parts))
        if tree is None:
            return None
        if tree not in self._marks:
            self._marks[tree] = {name: entry.mark for name, entry in read_tree(self._trees, tree).files.items()}
        return self._marks[tree].get(path)

    def forget_others(self) -> None:
        """Keep in memory only the marks that this release needs."""
        needed = {*self._parts.values()}
        for tree in [name for name in self._marks if name not in needed and not name.startswith("_looks/")]:
            del self._marks[tree]


class PublicSite:
    """WSGI middleware: what is published is served from files; everything else is the application's."""

    def __init__(self, application: Application, published: Path) -> None:
        """Serve ``published`` before ``application``."""
        self._application = application
        self._published = published
        self._serving: tuple[Path, Release] | None = None
        self._swapping = threading.Lock()
        self._marks: Marks = {}

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
            self._serving = (folder, Release(folder, self._marks))
            self._serving[1].forget_others()
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


def _bureaux_of_an_earlier_version(folder: Path) -> dict[str, tuple[str, ...]]:
    """A release that was written before they said of themselves what they hold is served until the next is there."""
    with suppress(FileNotFoundError):
        data = json.loads((folder / "manifest.json").read_bytes())
        return {code: tuple(tags) for code, tags in data["bureaux"].items()}
    return {}
