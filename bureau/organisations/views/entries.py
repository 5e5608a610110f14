"""What places and partners add to the menu of staff pages."""

from flask_babel import lazy_gettext

from bureau.web.menu import Entry, add

add(Entry(label=lazy_gettext("Workers"), endpoint="organisations.workers", position=60, for_manager=False))
add(Entry(label=lazy_gettext("Organisations"), endpoint="organisations.partners", position=75, for_member=False))
add(Entry(label=lazy_gettext("The place"), endpoint="organisations.place", position=80, for_member=False))
