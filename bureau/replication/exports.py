"""A bureau's document as a file."""

import json
from typing import Any

CONTENT_TYPE = "application/json"


def as_file(document: dict[str, Any]) -> bytes:
    """The document as people can read and compare it: UTF-8, indented, one final newline."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
