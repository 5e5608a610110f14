"""How a bureau calls its own things: words that are nobody's name."""

from typing import Any

from bureau.catalogue import queries as catalogue
from bureau.kernel.privacy import Names

from .partners import partnerships
from .places import bureaux, rooms


def names_known(bureau_id: int) -> Names:
    """What the bureau's services, languages, groups, rooms and partners are called: no text is refused for these."""
    bureau = next(one for one in bureaux() if one.id == bureau_id)
    rows: tuple[Any, ...] = (
        *catalogue.services(), *catalogue.categories(), *catalogue.languages(), *catalogue.status_groups(),
        *(tie.organisation for tie in partnerships(bureau_id, active=None)), *rooms(bureau_id),
    )  # fmt: skip
    texts = [row.name for row in rows] + [bureau.name, bureau.city]
    own = [one.own_name for one in catalogue.languages()]
    return Names.of([*own, *(words for text in texts for words in text.texts.values())])
