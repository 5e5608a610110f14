"""Headers that keep pages safe and private."""

from flask import Flask, Response, request

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

SEEN_BY_ALL = tuple(HEADERS.items())
SEEN_BY_ONE = (*SEEN_BY_ALL, ("Cache-Control", "no-store"))


def add_headers(response: Response) -> Response:
    """Add them to every answer; staff pages are never kept by a shared cache."""
    stated = {name.lower() for name, _ in response.headers}
    wanted = SEEN_BY_ALL if request.endpoint == "static" else SEEN_BY_ONE
    response.headers.extend([(name, value) for name, value in wanted if name.lower() not in stated])
    return response


def install(app: Flask) -> None:
    """Add the headers to every answer of the application."""
    app.after_request(add_headers)
