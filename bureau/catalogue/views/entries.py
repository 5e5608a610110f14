"""What the catalogue adds to the menu of staff pages."""

from flask_babel import lazy_gettext

from bureau.web.menu import Entry, add

add(Entry(label=lazy_gettext("Services"), endpoint="catalogue.overview", position=85, for_member=False))
