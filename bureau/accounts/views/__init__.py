"""Pages for signing in, for one's own account, and for the people of a bureau."""

from . import access, account, home, links, people
from .blueprint import blueprint
from .loader import install

__all__ = ["access", "account", "blueprint", "home", "install", "links", "people"]
