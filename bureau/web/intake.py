"""What no request may hold, refused before any page sees it."""

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class NumberConverter(IntegerConverter):
    """A number in an address, as large as the database can count; a larger one leads nowhere."""

    def __init__(self, map_: Map, fixed_digits: int = 0, signed: bool = False) -> None:
        """Nothing below nought, nothing above the largest."""
        super().__init__(map_, fixed_digits=fixed_digits, max=LARGEST, signed=signed)


def refuse_zero_bytes() -> None:
    """No browser sends a zero byte, and PostgreSQL keeps none."""
    texts = [*(request.view_args or {}).values()]
    for values in (request.args, request.form):
        for name, several in values.lists():
            texts += (name, *several)
    if any("\0" in text for text in texts if isinstance(text, str)):
        abort(400)


def install(app: Flask) -> None:
    """Count in addresses as the database does, and look at every request."""
    app.url_map.converters["int"] = NumberConverter
    app.before_request(refuse_zero_bytes)
