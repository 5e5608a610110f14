"""Who is asking, behind a proxy."""

from pathlib import Path

import pytest
from flask import request

from bureau.app import create_app
from tests.installation import settings


@pytest.mark.parametrize(("proxies", "seen"), [(0, "10.0.0.1"), (1, "198.51.100.7")])
def test_a_proxys_word_counts_only_where_one_is_stated(tmp_path: Path, proxies: int, seen: str) -> None:
    app = create_app({**settings(tmp_path, f"sqlite:///{tmp_path / 'bureau.db'}"), "TRUSTED_PROXIES": proxies})
    addresses: list[str | None] = []
    app.before_request(lambda: addresses.append(request.remote_addr))

    app.test_client().get(
        "/healthz", headers={"X-Forwarded-For": "198.51.100.7"}, environ_base={"REMOTE_ADDR": "10.0.0.1"}
    )

    assert addresses == [seen]
