"""What somebody typed into a form that is not taken any more: shown once again, so that nobody writes it twice."""

from flask import request

SHORTEST = 20
"""Shorter texts are typed again as quickly as copied."""


def texts_typed() -> list[str]:
    """The longer texts of the form that a person sent from one of our own pages, not a script; never a password."""
    how = request.method, request.headers.get("Sec-Fetch-Site"), request.headers.get("Sec-Fetch-Mode")
    if how != ("POST", "same-origin", "navigate"):
        return []
    sent = ((name, text.strip()) for name, text in request.form.items(multi=True))
    return [text for name, text in sent if len(text) >= SHORTEST and " " in text and "password" not in name]
