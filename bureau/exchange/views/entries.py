"""What exchanging adds to the menu of staff pages."""

from flask_babel import lazy_gettext

from bureau.rotation.views.whose import KEPT_IN
from bureau.web.menu import Entry, add

KEPT_IN.update(("exchange.wait", "exchange.wait_for_slot"))

PAGES = frozenset({"exchange.ask_swap", "exchange.wait", "exchange.swap"})

add(Entry(label=lazy_gettext("Swaps"), endpoint="exchange.swaps", position=55, for_manager=False, pages=PAGES))
add(Entry(label=lazy_gettext("Swaps"), endpoint="exchange.every_swap", position=55, for_member=False, pages=PAGES))
