"""Addresses of our own pages outside a request: for mails, notices and files."""

from flask import current_app


def path_to(endpoint: str, **parts: object) -> str:
    """The path of a page, as ``url_for`` would give it: ``/desk/golden-river/…``."""
    return str(current_app.url_map.bind("").build(endpoint, parts))
