"""How templates find what every template may use."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class PlainGlobals(Environment):
    """Hands each template one dictionary, where Jinja looks through a chain of them with every import of a component.

    All globals are stated while the application is put together, before the first template is read.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of one template."""
        return {**self.globals, **(d or {})}
