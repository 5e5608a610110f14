"""No public answer of any kind sets a cookie or lets itself be followed."""

import re

import pytest
from flask.testing import FlaskClient

from bureau.web.headers import HEADERS

HOME = "/ar/golden-river/"
ADDRESSES = {
    "page": HOME,
    "feed": f"{HOME}calendar.ics",
    "redirect by language": "/",
    "redirect in a language": "/ar/",
    "redirect to the slash": "/ar/golden-river",
    "page that is not there": f"{HOME}nowhere/",
    "address that is not there": "/nowhere",
    "style sheet that is not there": "/static/nowhere.css",
    "robots": "/robots.txt",
    "site map": "/sitemap.xml",
    "contact": "/.well-known/security.txt",
    "health": "/healthz",
}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_no_answer_sets_a_cookie(reader: FlaskClient, address: str, method: str) -> None:
    answer = reader.open(address, method=method, headers={"Cookie": "session=made-up; other=1"})

    assert answer.headers.getlist("Set-Cookie") == []
    assert answer.headers["Referrer-Policy"] == HEADERS["Referrer-Policy"]


def test_neither_does_an_unchanged_page_nor_a_part_of_the_look(reader: FlaskClient) -> None:
    page = reader.get(HOME)
    parts = sorted(set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text)))

    answers = [
        reader.get(HOME, headers={"If-None-Match": page.headers["ETag"]}),
        *(reader.get(part) for part in parts),
        *(reader.head(part) for part in parts),
    ]

    assert [answer.status_code for answer in answers] == [304] + [200] * 2 * len(parts)
    assert [answer.headers.getlist("Set-Cookie") for answer in answers] == [[]] * len(answers)
