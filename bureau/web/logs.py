"""What the log may say: which kind of page failed and why, never a secret out of its address or a value out of a row."""

from typing import Any

from flask import Flask, request

HIDING = {"hide_parameters": True}
"""For the engine: a statement that fails is logged without its values; one of them could be a mail with its link."""


class DiscreetFlask(Flask):
    """Logs the rule of an address, not the address: that of an invitation is as good as a password."""

    def log_exception(self, exc_info: Any) -> None:
        """Log a mishap with its trace."""
        where = request.url_rule.rule if request.url_rule else "an address without a page"
        self.logger.error("Exception on %s [%s]", where, request.method, exc_info=exc_info)
