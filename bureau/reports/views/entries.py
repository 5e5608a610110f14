"""The report in the menu."""

from flask_babel import lazy_gettext

from bureau.web.menu import Entry, add

add(Entry(label=lazy_gettext("Reports"), endpoint="reports.months", position=59, for_member=False))
add(Entry(label=lazy_gettext("Own tables"), endpoint="reports.report_tables", position=61, for_manager=False))
