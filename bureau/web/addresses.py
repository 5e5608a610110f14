"""Addresses of our own pages outside a request: for mails, notices and files."""

from flask import current_app


def path_to(endpoint: str, **parts: object) -> str:
    """The path of a page, as ``url_for`` would give it: ``/desk/golden-river/…``."""
    return str(current_app.url_map.bind("").build(endpoint, parts))


def public_page(language: str, bureau: str, organisation: str | None = None) -> str:
    """The address of a public page, which never changes: of a partner, else of the bureau."""
    below = f"organisation/{organisation}/" if organisation else ""
    return f"{current_app.config['BASE_URL']}/{language}/{bureau}/{below}"
