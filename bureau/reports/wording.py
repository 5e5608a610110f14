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
register(
    "report_number_not_shown",
    lazy_gettext("The report does not show this: %(numbers)s. Tell a number that it shows, or none."),
)
register(
    "report_being_prepared",
    lazy_gettext("A report of this bureau is being prepared already. Wait until it is done."),
)
register(
    "report_not_prepared",
    lazy_gettext("The numbers of this month are not protected and attacked yet. Prepare the report first."),
)
register(
    "report_changed",
    lazy_gettext(
        "Something has changed since you looked: nothing was published. Look at the report once more; if it says so, prepare it again."
    ),
)
register(
    "report_not_ready",
    lazy_gettext("Something on the list is still to be done, so that the report was not published by itself."),
)
register(
    "report_time_over", lazy_gettext("This moment is over already. Choose a later one, or publish the report now.")
)
register(
    "report_note_missing",
    lazy_gettext("Say in a sentence why the report is withdrawn. Readers see it where the report stood."),
)
register(
    "invalid.left_out",
    lazy_gettext("On that night clocks go forward and leave this hour out. Choose another."),
)

DEEDS = {
    "month.closed": lazy_gettext("The month was closed"),
    "report.series_begun": lazy_gettext("The reports began"),
    "report.preparing": lazy_gettext("Preparing the report began"),
    "report.prepared": lazy_gettext("The report was prepared: protected, attacked, and nothing was found"),
    "report.unsafe": lazy_gettext("The attack found something: nothing can be published like this"),
    "report.failed": lazy_gettext("Preparing the report was cut off"),
    "report.published": lazy_gettext("The report was published"),
    "report.scheduled": lazy_gettext("A moment was chosen at which the report is published"),
    "report.unscheduled": lazy_gettext("The moment of publication was taken back"),
    "report.not_published": lazy_gettext("The moment came, and the report was not published: something was missing"),
    "report.reworded": lazy_gettext("The words of the report were changed"),
    "report.noted": lazy_gettext("Numbers were written down by hand"),
    "report.withdrawn": lazy_gettext("The report was withdrawn"),
}
"""What the audit tells of a report."""

FOUND = {
    "exact": lazy_gettext("A small number could be worked out exactly."),
    "certain-small": lazy_gettext("It would be certain that a number is small, and not nothing."),
    "narrow": lazy_gettext("A small number could be worked out too closely."),
    "presence": lazy_gettext("It would be certain that somebody was there."),
    "unsuppressed": lazy_gettext("A number is hidden in one place and shown in another."),
    "marked": lazy_gettext("A mark tells why a number is hidden."),
    "changed": lazy_gettext("A number that is published already would be published with another value."),
    "contradiction": lazy_gettext("The numbers contradict each other or earlier reports."),
    "not-derived": lazy_gettext("A quarter or a year is not the sum of its months."),
    "not-additive": lazy_gettext("Columns do not add up."),
    "not-rounded": lazy_gettext("A number is not rounded as it is said."),
    "weak": lazy_gettext("The rounding hides too little."),
    "not-planned": lazy_gettext("A number is not in the plan of the year."),
}
"""What kinds of things an attack finds."""
NUMBERS_TOO_SMALL = frozenset({"exact", "certain-small", "narrow", "presence", "unsuppressed"})
"""Kinds of findings that fewer tables help against; the others are faults."""
register("report_since_fixed", lazy_gettext("A report is published already, so the first month stays as it is."))
register(
    "report_plan_fixed", lazy_gettext("Fixed with the first report of %(year)s: what may be public stays for the year.")
)
register(
    "report_indicator_unplanned",
    lazy_gettext("The monthly report does not tell this number: it stands in none of the tables of the year."),
)
register("report_table_impossible.same", lazy_gettext("Rows and columns cannot be the same."))
register(
    "report_table_impossible.split",
    lazy_gettext(
        "This cannot be told apart so. Sessions are told by month and organisation; choose other rows or columns."
    ),
)
register("report_table_impossible.long", lazy_gettext("A table has at most %(most)s months."))
