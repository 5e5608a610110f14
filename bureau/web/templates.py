"""How templates find what every template may use."""

from collections.abc import MutableMapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache


class PlainGlobals(Environment):
    """Hands each template one dictionary, where Jinja looks through a chain of them with every import of a component.

    All globals are stated while the application is put together, before the first template is read.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of one template."""
        return {**self.globals, **(d or {})}


def keep_compiled(environment: Environment, folder: Path) -> None:
    """Compile each template once, not once a process: half of a page's first visit. Another text is compiled again."""
    form = f"{version('jinja2')}-{environment.trim_blocks:d}{environment.lstrip_blocks:d}"
    place = folder / form
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    environment.bytecode_cache = FileSystemBytecodeCache(str(place))
