"""The examples for web servers say what our own server says; `make audit ARGS=deployment` asks them for real."""

import re
from pathlib import Path

import pytest

from bureau.publishing.domain.answers import FOR_EVER, FRESH
from bureau.web.headers import HEADERS
from bureau.web.languages import LANGUAGES
from tests.installation import ROOT

EXAMPLES = ROOT / "docs" / "deployment"
NGINX = (EXAMPLES / "nginx.conf", EXAMPLES / "bureau-headers.conf")
CADDY = (EXAMPLES / "Caddyfile",)
BOTH = pytest.mark.parametrize("files", [NGINX, CADDY], ids=["nginx", "Caddy"])


@BOTH
def test_an_example_sends_the_security_headers_and_lets_files_be_kept_as_long(files: tuple[Path, ...]) -> None:
    said = "".join(file.read_text().replace('"', "") for file in files)

    missing = [f"{name} {value}" for name, value in HEADERS.items() if f"{name} {value}" not in said]

    assert missing == []
    assert (FRESH in said, FOR_EVER in said) == (True, True)


@BOTH
def test_an_example_knows_every_language(files: tuple[Path, ...]) -> None:
    listed = {
        found for file in files for found in re.findall(r"\((?:\?<\w+>)?([a-z]{2}(?:\|[a-z]{2})+)\)", file.read_text())
    }

    assert listed == {"|".join(LANGUAGES)}
