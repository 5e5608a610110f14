"""What planning adds to the menu of staff pages."""

from flask_babel import lazy_gettext

from bureau.web.menu import Entry, add

add(Entry(label=lazy_gettext("My month"), endpoint="rotation.my_month", position=10, for_manager=False))
add(
    Entry(
        label=lazy_gettext("Declare"), endpoint="rotation.declare_now", position=20, for_manager=False,
        pages=frozenset({"rotation.declare", "rotation.check_offer", "rotation.upload_offer"}),
    )
)  # fmt: skip
add(
    Entry(
        label=lazy_gettext("The month"), endpoint="rotation.month", position=30, for_member=False,
        pages=frozenset({"rotation.cockpit", "rotation.deadlines", "rotation.open_month", "rotation.publish", "rotation.ledger", "rotation.days", "rotation.cancel_day", "rotation.cancelled_day"}),
    )
)  # fmt: skip
add(
    Entry(
        label=lazy_gettext("Propose"), endpoint="rotation.proposals_now", position=40, for_member=False,
        pages=frozenset({"rotation.proposals", "rotation.proposal", "rotation.comparison", "rotation.weights"}),
    )
)  # fmt: skip
add(
    Entry(
        label=lazy_gettext("Board"), endpoint="rotation.board_now", position=50,
        pages=frozenset({"rotation.board", "rotation.book", "rotation.release", "rotation.move", "rotation.series", "rotation.one_series"}),
    )
)  # fmt: skip
add(
    Entry(
        label=lazy_gettext("Demand"), endpoint="rotation.demand", position=70, for_member=False,
        pages=frozenset({"rotation.new_demand", "rotation.demand_line", "rotation.drop_demand"}),
    )
)  # fmt: skip
add(
    Entry(
        label=lazy_gettext("How it went"), endpoint="rotation.delivery_now", position=55,
        pages=frozenset({"rotation.delivery"}),
    )
)  # fmt: skip
