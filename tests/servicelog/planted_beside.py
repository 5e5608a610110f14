"""What is somebody's, sent beside the forms: in addresses, headers, names of files, single columns of tables, what waited.

In an address it stands in a part of it and behind its question mark; in a workbook around the cells too.
"""

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook

import bureau
from bureau.kernel.clock import utcnow
from bureau.servicelog.domain.table import EVERY_COLUMN
from tests.servicelog import planted
from tests.servicelog.walking import written_out

HEADERS = (
    "User-Agent", "Referer", "Accept-Language", "X-Forwarded-For", "X-Request-Id", "Origin", "From", "HX-Request", "X-Keep",
    "HX-Current-URL", "If-None-Match", "X-CSRFToken",
)  # fmt: skip
WAITING = "/desk/golden-river/log/waiting"
TABLES = "/desk/golden-river/log/table/"
PIECE = {"organisation": "open-gate", "service": "info", "language": "en", "kind": "consultation"}
"""A piece that a browser sends, without its ids."""


def send_beside(app: Flask, words: str, numbers: dict[str, str]) -> int:
    """Send the words in every such way; how many requests that were."""
    browser, sent = planted.everybody(app), 0
    for ways in (addresses, pieces, log_tables):
        for answer in ways(app, browser, words, numbers):
            assert answer < 500, ways
            sent += 1
    return sent


def addresses(app: Flask, browser: FlaskClient, words: str, numbers: dict[str, str]) -> Iterator[int]:
    """Every address with the words in each question that the code asks, and in headers; then as a part of it."""
    headers = {name: words.encode().decode("latin-1") for name in HEADERS if name != "HX-Request"}
    there = planted.there(app, numbers)
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            yield _got(browser, written_out(rule, there), dict.fromkeys(_questions(), words), headers)
            named = {name: words.replace("/", " ") for name in rule.arguments if name not in ("bureau", "lang")}
            yield _got(browser, written_out(rule, {**there, **named}), {}, {})
    with app.test_client() as stranger:
        yield stranger.post("/desk/sign-in", data={"email": words, "password": words}).status_code


def _got(browser: FlaskClient, address: str, asked: dict[str, str], headers: dict[str, str]) -> int:
    with browser.get(address, query_string=asked, headers=headers) as answer:
        return int(answer.status_code)


@cache
def _questions() -> tuple[str, ...]:
    """Every name under which the code asks an address for something, and one that it does not."""
    sources = Path(bureau.__file__).parent.rglob("*.py")
    asked = re.compile(r"(?:args|values)(?:\.get\(|\[)\"(\w+)\"")
    return tuple(
        sorted({"whatever", *(name for file in sources for name in asked.findall(file.read_text()))} - {"lang"})
    )


def pieces(app: Flask, browser: FlaskClient, words: str, numbers: dict[str, str]) -> Iterator[int]:
    """Pieces that waited, each with the words in one place, which is a name too."""
    for name in (
        *PIECE,
        "key",
        "ref",
        "session",
        "day",
        "hour",
        "at",
        "number",
        "note",
        "undo",
        "shown",
        "status",
        "sex",
        words,
    ):
        piece = {**PIECE, "key": "k", "ref": f"r-{name}" if name.isascii() else "r"} | {name: words}
        yield browser.post(WAITING, json={"entries": [piece], "whose": words}).status_code
        yield browser.post(WAITING, json={"entries": [piece]}).status_code


def log_tables(app: Flask, browser: FlaskClient, words: str, numbers: dict[str, str]) -> Iterator[int]:
    """Tables that would be taken in but for the words in one column, or one column more; by names that say the same."""
    good = {
        "ref": "r1",
        "date": utcnow().date().isoformat(),
        "organisation": "open-gate",
        "service": "info",
        "language": "en",
    }
    for column in (*EVERY_COLUMN, "note", words, "file"):
        line = {**good, **({column: words} if column != "file" else {})}
        for name, body in ((f"{words}.csv", _csv(line)), (f"{words}.xlsx", _workbook(line, words))):
            answer = browser.post(TABLES, data={"table": (io.BytesIO(body), name)}, follow_redirects=True)
            yield answer.status_code
            yield browser.post(f"{answer.request.path}take", follow_redirects=True).status_code


def _csv(line: dict[str, str]) -> bytes:
    return "\n".join(";".join(one) for one in (line, line.values())).encode()


def _workbook(line: dict[str, str], words: str) -> bytes:
    """With the words around its cells as well: its author, its title, the name of its sheet, a note, a sheet behind."""
    book, file = Workbook(), io.BytesIO()
    book.properties.creator = book.properties.title = book.properties.lastModifiedBy = words
    sheet = book.worksheets[0]
    sheet.title = re.sub(r"[^\w ]", " ", words)[:31]
    sheet.append(list(line))
    sheet.append(list(line.values()))
    book.create_sheet("behind").append([words])
    book.save(file)
    return file.getvalue()
