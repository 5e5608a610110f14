"""How templates find and call what every template may use."""

from collections.abc import Callable, MutableMapping
from importlib.metadata import version
from pathlib import Path
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache
from jinja2.runtime import Context, Macro

PLAIN = frozenset({FunctionType, MethodType, BuiltinMethodType})


class PlainCalls(Context):
    """Calls macros, plain functions and methods at once: Jinja asks everything that a page calls, a thousand times, four questions
    about what it would like to be handed.
    """

    def call(self, called: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
        """Call something from a template."""
        if type(called) is Macro:
            handed: tuple[Any, ...] = (self.eval_ctx, *arguments)
        elif type(called) in PLAIN and not hasattr(called, "jinja_pass_arg"):
            handed = arguments
        else:
            return super().call(called, *arguments, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*handed, **named)


class PlainGlobals(Environment):
    """Hands each template one dictionary, where Jinja looks through a chain of them with every import of a component.

    All globals are stated while the application is put together, before the first template is read.
    """

    context_class = PlainCalls

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of one template."""
        return {**self.globals, **(d or {})}


def keep_compiled(environment: Environment, folder: Path) -> None:
    """Compile each template once, not once a process: half of a page's first visit. Another text is compiled again."""
    form = f"{version('jinja2')}-{environment.trim_blocks:d}{environment.lstrip_blocks:d}"
    place = folder / form
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    environment.bytecode_cache = FileSystemBytecodeCache(str(place))
