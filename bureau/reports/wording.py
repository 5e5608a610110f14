"""What refusals of reports say."""

from flask_babel import lazy_gettext

from bureau.web.wording import register

register(
    "report_month_not_closed",
    lazy_gettext("The log of this month is still open. Close it first: only what no longer changes can be published."),
)
register("report_months_missing", lazy_gettext("Publish the reports of the months before first: %(missing)s."))
register("report_published", lazy_gettext("The report of this month is published. Its numbers never change."))
register("report_not_published", lazy_gettext("There is no published report of this month."))
register(
    "report_series_begun",
    lazy_gettext("This year has a published report already. The way of protecting can change with the next year."),
)
register(
    "report_unsafe",
    lazy_gettext("Nothing was published: whatever was tried, somebody could perhaps be found in these numbers."),
)
