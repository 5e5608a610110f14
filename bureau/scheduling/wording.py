"""The manager's menu entry for what runs by itself."""

from flask_babel import lazy_gettext

from bureau.web.menu import Entry, add

add(Entry(label=lazy_gettext("Jobs and mails"), endpoint="scheduling.jobs", position=90, for_member=False))
