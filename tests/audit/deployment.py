"""Our own server, nginx and Caddy answer alike over the same published folder, and the last two without the application."""

import contextlib
import gzip
import http.client
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin, urlsplit

import brotli

from bureau.publishing.domain.answers import cache_of, type_of
from bureau.publishing.site.trees import COMPRESSED
from bureau.web.headers import HEADERS
from tests.audit._publishing import a_second, documents, published
from tests.audit._servers import Missing, Server, caddy, embedded, free_port, nginx

LANGUAGES = ("bg", "en", "ar")
HOME = "/en/golden-river/"
LEADING = {
    "ar-SY,ar;q=0.9,en;q=0.5": "/ar/", "de": "/bg/", "de-DE, en-GB;q=0.8": "/en/", "eng, *": "/bg/", "": "/bg/",
}  # fmt: skip
TINY = 300
"""Bytes below which packing may make a file larger, so that nobody need do it."""

Headers = dict[str, str]


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: Headers
    body: bytes

    def type(self) -> str:
        """The content type, its charset written in one way."""
        return self.headers.get("content-type", "").replace('"', "").replace("UTF-8", "utf-8")


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> Answer:
    """One request, its answer as it came."""
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=30)
    with contextlib.closing(connection):
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        told: Headers = {}
        for name, value in answer.getheaders():
            told[name.lower()] = f"{told[name.lower()]}, {value}" if name.lower() in told else value
        return Answer(answer.status, told, answer.read())


def run(_: list[str]) -> bool:
    """Ask every server the same; print what was not as it should be."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        site, database = stack.enter_context(published(documents(LANGUAGES)))
        network, _database = stack.enter_context(published([*documents(LANGUAGES), a_second(LANGUAGES)]))
        found = list(_examined(site, network, database, folder))
    for line in found:
        sys.stdout.write(f"  {line}\n")
    sys.stdout.write(f"{len(found)} findings\n")
    return not found


def _examined(site: Path, network: Path, database: Path, folder: Path) -> Iterator[str]:
    nobody = free_port()
    with embedded(site, database) as own:
        yield from _all(own, site)
        port = int(str(urlsplit(own.url).port))
        for start in (nginx, caddy):
            yield from _tried(
                start, site, port, folder, lambda server: [*_all(server, site), *_with_application(server)]
            )
    for start in (nginx, caddy):
        alone, several = folder / "alone", folder / "several"
        for one in (alone, several):
            one.mkdir(exist_ok=True)
        yield from _tried(
            start, site, nobody, alone, lambda server: [*_all(server, site), *_without_application(server)]
        )
        yield from _tried(start, network, nobody, several, _of_several, bureau="")


def _tried(
    start: Callable[..., contextlib.AbstractContextManager[Server]],
    site: Path, port: int, folder: Path, look: Callable[[Server], Iterator[str] | list[str]], bureau: str = "golden-river",
) -> Iterator[str]:  # fmt: skip
    try:
        with start(site, port, folder, bureau) as server:
            yield from (finding for finding in look(server))
    except Missing as missing:
        yield str(missing)


def _all(server: Server, site: Path) -> Iterator[str]:
    root = (site / "current").resolve()
    style = re.search(r'href="(/static/look-[^"]+/css/bureau.css)"', (root / "en/golden-river/index.html").read_text())
    paths = [
        HOME, "/ar/golden-river/2026-12/", "/en/golden-river/calendar.ics", "/robots.txt", "/sitemap.xml", "/sw.js",
        "/.well-known/security.txt", "/en/golden-river/manifest.webmanifest", str(style and style[1]),
    ]  # fmt: skip
    for path in (*paths, *_one_of_each(root)):
        file = path[1:] + ("index.html" if path.endswith("/") else "")
        yield from _file(server, path, file, (root / file).read_bytes())
    for accepted, target in LEADING.items():
        yield from _leads(server, "/", accepted, f"{target}golden-river/")
    yield from _leads(server, "/ar/", "en", "/ar/golden-river/")
    yield from _leads(server, "/en/golden-river", "en", HOME)
    for outside in ("/../release.json", "/en/../../release.json", "/%2e%2e/release.json"):
        if b'"parts"' in ask(server, outside).body:
            yield f"{server.name}: {outside} leads out of the site"


def _one_of_each(root: Path) -> list[str]:
    """One file of each kind that is published."""
    walked = (Path(folder, name) for folder, _, names in os.walk(root, followlinks=True) for name in names)
    kinds = {file.suffix: f"/{file.relative_to(root)}" for file in walked if file.suffix not in {".html", ".gz", ".br"}}
    return list(kinds.values())


def _file(server: Server, path: str, file: str, content: bytes) -> Iterator[str]:
    """Status, type, cache, security, packed variants, and what is said to who has it already."""
    plain = ask(server, path, Accept_Encoding="identity")
    wanted = {"cache-control": cache_of(file), **{name.lower(): value for name, value in HEADERS.items()}}
    where = f"{server.name}: {path}"
    if (plain.status, plain.type()) != (200, type_of(file)):
        yield f"{where}: {plain.status} {plain.type()} instead of 200 {type_of(file)}"
    yield from (
        f"{where}: {name}: {plain.headers.get(name)!r} instead of {value!r}"
        for name, value in wanted.items()
        if plain.headers.get(name) != value
    )
    if plain.body != content:
        yield f"{where}: other bytes than those published"
    if file.endswith(".ics") and plain.headers.get("access-control-allow-origin") != "*":
        yield f"{where}: not for every site to read"
    if ask(server, path, "HEAD").body:
        yield f"{where}: HEAD has a body"
    for encoding, unpack in (("gzip", gzip.decompress), ("br", brotli.decompress)) if _is_packed(file) else ():
        yield from _packed(server, path, content, encoding, unpack)


def _is_packed(file: str) -> bool:
    return Path(file).suffix in COMPRESSED


def _packed(
    server: Server, path: str, content: bytes, encoding: str, unpack: Callable[[bytes], bytes]
) -> Iterator[str]:
    packed = ask(server, path, Accept_Encoding=encoding)
    is_packed, where = packed.headers.get("content-encoding") == encoding, f"{server.name}: {path}"
    if not is_packed and len(content) < TINY:
        return
    if not is_packed or unpack(packed.body) != content:
        yield f"{where}: not as {encoding}"
    if "accept-encoding" not in packed.headers.get("vary", "").lower():
        yield f"{where}: Vary is {packed.headers.get('vary')!r}"
    yield from _unchanged(server, path, packed, encoding)


def _unchanged(server: Server, path: str, before: Answer, encoding: str) -> Iterator[str]:
    for asked, told in (("If_None_Match", "etag"), ("If_Modified_Since", "last-modified")):
        if told not in before.headers:
            yield f"{server.name}: {path}: no {told}"
            continue
        again = ask(server, path, Accept_Encoding=encoding, **{asked: before.headers[told]})
        if (again.status, again.body) != (304, b""):
            yield f"{server.name}: {path}: {again.status} to {asked}"
    stale = ask(server, path, Accept_Encoding=encoding, If_None_Match='"other"')
    if stale.status != 200:
        yield f"{server.name}: {path}: {stale.status} to another mark"


def _leads(server: Server, path: str, accepted: str, target: str) -> Iterator[str]:
    answer = ask(server, path, **({"Accept_Language": accepted} if accepted else {}))
    led = urlsplit(urljoin(f"{server.url}{path}", answer.headers.get("location", ""))).path
    if answer.status not in {301, 302, 308} or led != target:
        yield f"{server.name}: {path} for {accepted!r}: {answer.status} {led} instead of {target}"


def _with_application(server: Server) -> Iterator[str]:
    sign_in = ask(server, "/desk/sign-in")
    if sign_in.status != 200 or b"csrf_token" not in sign_in.body:
        yield f"{server.name}: staff do not reach the application: {sign_in.status}"
    if sign_in.headers.get("content-security-policy") != HEADERS["Content-Security-Policy"]:
        yield f"{server.name}: the application's headers are changed on their way"
    lost = ask(server, "/ar/golden-river/nowhere/")
    if lost.status != 404 or b'lang="ar"' not in lost.body:
        yield f"{server.name}: a lost page is answered {lost.status}"


def _without_application(server: Server) -> Iterator[str]:
    for path, status in (("/ar/golden-river/nowhere/", 404), ("/desk/sign-in", 503)):
        answer = ask(server, path, Accept_Language="ar")
        if answer.status != status or b'<html lang="ar"' not in answer.body:
            yield f"{server.name}: without the application {path} is {answer.status}, {answer.body[:80]!r}"
        if answer.headers.get("content-security-policy") != HEADERS["Content-Security-Policy"]:
            yield f"{server.name}: without the application {path} has no policy"


def _of_several(server: Server) -> Iterator[str]:
    yield from _leads(server, "/", "ar", "/ar/")
    page = ask(server, "/ar/")
    if page.status != 200 or b"/ar/blue-hill/" not in page.body:
        yield f"{server.name}: the page of several bureaux is {page.status}"
    near = ask(server, "/en/near-sofia/")
    if near.status not in {200, 404} or (near.status == 200 and b"blue-hill" not in near.body):
        yield f"{server.name}: the page of a city is {near.status}"
