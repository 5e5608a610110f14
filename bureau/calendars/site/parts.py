"""Who writes which files of the public site. A new kind of file is one line here."""

from collections.abc import Callable, Iterator

from bureau.calendars.domain.files import Draft

from .changes import changes_draft
from .chooser import front_drafts
from .contexts import PlaceContext, SiteContext
from .data import place_drafts, site_drafts, table_drafts
from .display import display_drafts
from .feeds import feed_drafts
from .lost import lost_drafts
from .offline import manifest_drafts, worker_drafts
from .page_drafts import page_drafts
from .print.drafts import door_drafts, print_drafts
from .reader import Reader
from .sitemap import sitemap_drafts

PER_READER: list[Callable[[Reader], Iterator[Draft]]] = [
    page_drafts,
    feed_drafts,
    manifest_drafts,
    print_drafts,
    table_drafts,
    changes_draft,
]
"""Files in one language at one bureau; they are drafted and made with that language as the one of ``gettext``."""

PER_PLACE: list[Callable[[PlaceContext], Iterator[Draft]]] = [
    display_drafts,
    door_drafts,
    place_drafts,
]
"""Files of one bureau for readers of every language; one of the folders they lie in is named by the bureau's code."""

PER_SITE: list[Callable[[SiteContext], Iterator[Draft]]] = [
    front_drafts,
    lost_drafts,
    sitemap_drafts,
    worker_drafts,
    site_drafts,
]
"""Files above all bureaux, from the programmes of this month and later; the newest where there is none."""
