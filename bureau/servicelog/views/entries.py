"""What the service log adds to the menu of staff pages."""

from flask_babel import lazy_gettext

from bureau.web.menu import Entry, add

add(
    Entry(
        label=lazy_gettext("At the desk"), endpoint="servicelog.today", position=5,
        pages=frozenset({"servicelog.session", "servicelog.without_session"}), for_front_desk=True,
    )
)  # fmt: skip
add(
    Entry(
        label=lazy_gettext("The log"), endpoint="servicelog.log_now", position=57,
        pages=frozenset({"servicelog.month", "servicelog.entry"}), for_front_desk=True,
    )
)  # fmt: skip
add(
    Entry(
        label=lazy_gettext("Referrals"), endpoint="servicelog.referrals_now", position=58,
        pages=frozenset({"servicelog.referral", "servicelog.refer"}), for_front_desk=True,
    )
)  # fmt: skip
add(
    Entry(
        label=lazy_gettext("Figures"), endpoint="servicelog.figures_now", position=57, for_member=False,
        pages=frozenset({"servicelog.figures_of_bureau", "servicelog.needs"}),
    )
)  # fmt: skip
