"""Pages and their partials."""

from flask import render_template, request


def wanted_by_htmx() -> bool:
    """Whether the browser asks for a part of a page to swap in."""
    return request.headers.get("HX-Request") == "true"


def render(page: str, *, partial: str, **context: object) -> str:
    """Render the partial when htmx asks for it; otherwise the whole page."""
    return render_template(partial if wanted_by_htmx() else page, **context)
