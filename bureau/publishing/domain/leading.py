"""Where the addresses without a bureau lead."""

from collections.abc import Iterable, Mapping


def lead_on(bureaux: Mapping[str, Iterable[str]], language: str | None, wanted: list[str]) -> str | None:
    """Where ``/`` and ``/<language>/`` lead: the one bureau's home, or the list of bureaux; None where nothing is.

    ``wanted`` are the reader's languages, the best first; ``language`` is the address's own.
    """
    bureaux = {code: tags for code, tags in bureaux.items() if tags}
    written = {tag for tags in bureaux.values() for tag in tags}
    if not written:
        return None
    choice = next((tag for tag in (language, *wanted) if tag in written), None)
    if len(bureaux) > 1:
        return f"/{choice}/" if choice else "/"
    code, tags = next(iter(bureaux.items()))
    return f"/{choice or next(iter(tags))}/{code}/"
