"""Every route of the product: endpoint, methods, and who may come. A new view adds its line here.

The lines are kept by feature, in the order of the addresses. ``tests/web/test_routes.py`` compares them with the
application, and tries every address as every kind of person.
"""

from bureau.web.guard import (
    ADMINISTRATOR,
    COORDINATING,
    COORDINATOR,
    EVERYONE,
    LOG_TABLES,
    LOGGING,
    LOGGING_FOR,
    MANAGER,
    SIGNED_IN,
    STAFF,
    Rule,
)

Route = tuple[str, str, Rule]

ACCOUNTS: list[Route] = [
    ("accounts.home", "GET", SIGNED_IN),
    ("accounts.sign_in", "GET POST", EVERYONE),
    ("accounts.sign_out", "POST", SIGNED_IN),
    ("accounts.sign_out_everywhere", "POST", SIGNED_IN),
    ("accounts.sign_out_others", "POST", SIGNED_IN),
    ("accounts.accept_invitation", "GET POST", EVERYONE),
    ("accounts.forgotten_password", "GET POST", EVERYONE),
    ("accounts.new_password", "GET POST", EVERYONE),
    ("accounts.account", "GET", SIGNED_IN),
    ("accounts.change_name", "POST", SIGNED_IN),
    ("accounts.choose_language", "POST", SIGNED_IN),
    ("accounts.change_password", "POST", SIGNED_IN),
    ("accounts.people", "GET POST", MANAGER),
    ("accounts.invite_again", "POST", MANAGER),
    ("accounts.deactivate", "POST", MANAGER),
    ("accounts.remove_role", "POST", MANAGER),
]

REPORTS: list[Route] = [
    ("reports.months", "GET", MANAGER),
    ("reports.by_itself", "POST", MANAGER),
    ("reports.month", "GET", MANAGER),
    ("reports.close_log", "POST", MANAGER),
    ("reports.prepare", "POST", MANAGER),
    ("reports.publish", "POST", MANAGER),
    ("reports.schedule", "POST", MANAGER),
    ("reports.unschedule", "POST", MANAGER),
    ("reports.withdraw", "GET POST", MANAGER),
    ("reports.preview", "GET", STAFF),
    ("reports.protection", "GET", MANAGER),
    ("reports.compare", "GET", MANAGER),
]

SERVICELOG: list[Route] = [
    ("servicelog.today", "GET", LOGGING),
    ("servicelog.manifest", "GET", LOGGING),
    ("servicelog.worker", "GET", EVERYONE),
    ("servicelog.who", "GET", LOGGING),
    ("servicelog.session", "GET", LOGGING),
    ("servicelog.without_session", "GET", LOGGING_FOR),
    ("servicelog.log_now", "GET", LOGGING),
    ("servicelog.month", "GET", LOGGING_FOR),
    ("servicelog.entry", "GET POST", LOGGING_FOR),
    ("servicelog.sign_off", "POST", LOGGING_FOR),
    ("servicelog.log", "POST", LOGGING_FOR),
    ("servicelog.undo", "POST", LOGGING_FOR),
    ("servicelog.waiting", "POST", LOGGING),
    ("servicelog.note", "POST", LOGGING_FOR),
    ("servicelog.keeping", "GET POST", MANAGER),
    ("servicelog.figures", "GET", LOGGING_FOR),
    ("servicelog.figures_file", "GET", LOGGING_FOR),
    ("servicelog.figures_now", "GET", MANAGER),
    ("servicelog.figures_of_bureau", "GET", MANAGER),
    ("servicelog.figures_of_bureau_file", "GET", MANAGER),
    ("servicelog.needs", "GET POST", MANAGER),
    ("servicelog.tables", "GET", LOG_TABLES),
    ("servicelog.send_table", "POST", LOG_TABLES),
    ("servicelog.empty_table", "GET", LOG_TABLES),
    ("servicelog.counted_table", "GET", LOG_TABLES),
    ("servicelog.upload", "GET", LOG_TABLES),
    ("servicelog.upload_problems", "GET", LOG_TABLES),
    ("servicelog.take_table", "POST", LOG_TABLES),
    ("servicelog.drop_table", "POST", LOG_TABLES),
    ("servicelog.changes", "GET", MANAGER),
    ("servicelog.referrals_now", "GET", LOGGING),
    ("servicelog.referrals", "GET", LOGGING_FOR),
    ("servicelog.find_code", "POST", LOGGING_FOR),
    ("servicelog.refer", "GET POST", LOGGING_FOR),
    ("servicelog.referral", "GET", LOGGING_FOR),
    ("servicelog.say_of_referral", "POST", LOGGING_FOR),
    ("servicelog.slip", "GET", LOGGING_FOR),
    ("servicelog.referrals_file", "GET", LOGGING_FOR),
]

SCHEDULING: list[Route] = [
    ("scheduling.jobs", "GET", MANAGER),
]

ROTATION: list[Route] = [
    ("rotation.month", "GET", MANAGER),
    ("rotation.open_month", "GET", MANAGER),
    ("rotation.open_chosen_month", "POST", MANAGER),
    ("rotation.cockpit", "GET", MANAGER),
    ("rotation.deadlines", "GET", MANAGER),
    ("rotation.save_deadlines", "POST", MANAGER),
    ("rotation.phase", "POST", MANAGER),
    ("rotation.remind", "POST", MANAGER),
    ("rotation.my_month", "GET", COORDINATOR),
    ("rotation.declare_now", "GET", COORDINATOR),
    ("rotation.declare", "GET", COORDINATOR),
    ("rotation.save_offer", "POST", COORDINATOR),
    ("rotation.save_cells", "POST", COORDINATOR),
    ("rotation.check_offer", "GET", COORDINATOR),
    ("rotation.send_offer", "POST", COORDINATOR),
    ("rotation.upload_offer", "GET", COORDINATOR),
    ("rotation.offer_file", "GET", COORDINATOR),
    ("rotation.try_table", "POST", COORDINATOR),
    ("rotation.take_table", "POST", COORDINATOR),
    ("rotation.board_now", "GET", STAFF),
    ("rotation.board", "GET", STAFF),
    ("rotation.board_changes", "GET", STAFF),
    ("rotation.move", "GET", COORDINATING),
    ("rotation.move_session", "POST", COORDINATING),
    ("rotation.book", "GET", COORDINATING),
    ("rotation.why_not", "GET", COORDINATING),
    ("rotation.book_slot", "POST", COORDINATING),
    ("rotation.close_slot", "POST", MANAGER),
    ("rotation.release", "GET", COORDINATING),
    ("rotation.release_session", "POST", COORDINATING),
    ("rotation.take_back", "POST", COORDINATING),
    ("rotation.pin", "POST", MANAGER),
    ("rotation.days", "GET", MANAGER),
    ("rotation.cancel_day", "GET POST", MANAGER),
    ("rotation.cancelled_day", "GET", MANAGER),
    ("rotation.restore_day", "POST", MANAGER),
    ("rotation.delivery_now", "GET", COORDINATING),
    ("rotation.delivery", "GET", COORDINATING),
    ("rotation.delivery_file", "GET", COORDINATING),
    ("rotation.say_how_it_went", "POST", COORDINATING),
    ("rotation.undo_booking", "POST", COORDINATING),
    ("rotation.series", "GET", COORDINATING),
    ("rotation.begin_series", "POST", COORDINATING),
    ("rotation.repeat_session", "POST", COORDINATING),
    ("rotation.one_series", "GET", COORDINATING),
    ("rotation.change_series", "POST", COORDINATING),
    ("rotation.book_again", "POST", COORDINATING),
    ("rotation.leave_out", "POST", COORDINATING),
    ("rotation.put_back", "POST", COORDINATING),
    ("rotation.end_series", "GET POST", COORDINATING),
    ("rotation.delete_series", "GET POST", COORDINATING),
    ("rotation.proposals_now", "GET", MANAGER),
    ("rotation.proposals", "GET", MANAGER),
    ("rotation.start_proposal", "POST", MANAGER),
    ("rotation.proposal", "GET", MANAGER),
    ("rotation.price", "GET", MANAGER),
    ("rotation.accept_proposal", "POST", MANAGER),
    ("rotation.discard_proposal", "POST", MANAGER),
    ("rotation.stop_proposal", "POST", MANAGER),
    ("rotation.comparison", "GET", MANAGER),
    ("rotation.weights", "GET POST", MANAGER),
    ("rotation.take_preset", "POST", MANAGER),
    ("rotation.ledger", "GET", MANAGER),
    ("rotation.ledger_file", "GET", MANAGER),
    ("rotation.publish", "GET", MANAGER),
    ("rotation.publish_programme", "POST", MANAGER),
]

CATALOGUE: list[Route] = [
    ("catalogue.overview", "GET", MANAGER),
    ("catalogue.new_category", "GET POST", MANAGER),
    ("catalogue.category", "GET POST", MANAGER),
    ("catalogue.delete_category", "GET POST", MANAGER),
    ("catalogue.new_service", "GET POST", MANAGER),
    ("catalogue.service", "GET POST", MANAGER),
    ("catalogue.service_active", "POST", MANAGER),
    ("catalogue.delete_service", "GET POST", MANAGER),
    ("catalogue.languages", "GET", MANAGER),
    ("catalogue.new_language", "GET POST", MANAGER),
    ("catalogue.language", "GET POST", MANAGER),
    ("catalogue.delete_language", "GET POST", MANAGER),
]

ORGANISATIONS: list[Route] = [
    ("organisations.place", "GET POST", MANAGER),
    ("organisations.rooms", "GET", MANAGER),
    ("organisations.new_room", "GET POST", MANAGER),
    ("organisations.room", "GET POST", MANAGER),
    ("organisations.delete_room", "GET POST", MANAGER),
    ("organisations.hours", "GET POST", MANAGER),
    ("organisations.end_hours", "GET POST", MANAGER),
    ("organisations.closures", "GET POST", MANAGER),
    ("organisations.public_holidays", "POST", MANAGER),
    ("organisations.delete_closure", "GET POST", MANAGER),
    ("organisations.partners", "GET", MANAGER),
    ("organisations.new_partner", "GET POST", MANAGER),
    ("organisations.join", "POST", MANAGER),
    ("organisations.partner", "GET", MANAGER),
    ("organisations.edit_partner", "GET POST", COORDINATOR),
    ("organisations.usual", "GET POST", MANAGER),
    ("organisations.leave", "POST", MANAGER),
    ("organisations.new_agreement", "GET POST", MANAGER),
    ("organisations.agreement", "GET POST", MANAGER),
    ("organisations.delete_agreement", "GET POST", MANAGER),
    ("organisations.workers", "GET", COORDINATOR),
    ("organisations.new_worker", "GET POST", COORDINATOR),
    ("organisations.worker", "GET POST", COORDINATOR),
    ("organisations.worker_active", "POST", COORDINATOR),
    ("organisations.delete_worker", "GET POST", COORDINATOR),
]

REPLICATION: list[Route] = [
    ("replication.document", "GET", MANAGER),
    ("replication.download", "GET", MANAGER),
    ("replication.new_bureau", "GET POST", ADMINISTRATOR),
]

DEMAND: list[Route] = [
    ("rotation.demand", "GET", MANAGER),
    ("rotation.new_demand", "GET POST", MANAGER),
    ("rotation.demand_line", "GET POST", MANAGER),
    ("rotation.drop_demand", "GET POST", MANAGER),
]

REVIEWING: list[Route] = [
    ("reviewing.review_now", "GET", STAFF),
    ("reviewing.overview", "GET", STAFF),
    ("reviewing.set_terms", "POST", MANAGER),
    ("reviewing.reply", "POST", MANAGER),
    ("reviewing.answer", "GET", COORDINATOR),
    ("reviewing.answer_plan", "POST", COORDINATOR),
    ("reviewing.comments", "GET", STAFF),
    ("reviewing.write_comment", "POST", COORDINATING),
    ("reviewing.settle_comment", "POST", MANAGER),
    ("reviewing.meeting", "GET", MANAGER),
    ("reviewing.settle", "POST", MANAGER),
]

EXCHANGE: list[Route] = [
    ("exchange.every_swap", "GET", MANAGER),
    ("exchange.swaps", "GET", COORDINATOR),
    ("exchange.swap", "GET", COORDINATOR),
    ("exchange.accept", "POST", COORDINATOR),
    ("exchange.decline", "POST", COORDINATOR),
    ("exchange.withdraw", "POST", COORDINATOR),
    ("exchange.ask_swap", "GET", COORDINATING),
    ("exchange.ask", "POST", COORDINATING),
    ("exchange.wait", "GET", COORDINATING),
    ("exchange.wait_for_slot", "POST", COORDINATING),
    ("exchange.take_offer", "POST", COORDINATOR),
    ("exchange.stop_waiting", "POST", COORDINATOR),
    ("exchange.confirm", "GET", EVERYONE),
    ("exchange.answer", "POST", EVERYONE),
]

PUBLISHING: list[Route] = [
    ("publishing.front", "GET", EVERYONE),
    ("publishing.front_in", "GET", EVERYONE),
    ("publishing.preview", "GET", STAFF),
    ("publishing.go_back", "POST", MANAGER),
    ("publishing.follow", "POST", MANAGER),
    ("publishing.healthz", "GET", EVERYONE),
    ("publishing.robots", "GET", EVERYONE),
    ("publishing.security", "GET", EVERYONE),
]

NOTICES: list[Route] = [
    ("notices.notices", "GET", SIGNED_IN),
    ("notices.choose", "POST", SIGNED_IN),
    ("notices.mark_all_read", "POST", SIGNED_IN),
    ("notices.open_notice", "GET", SIGNED_IN),
]

CALENDARS: list[Route] = [
    ("calendars.feed", "GET", EVERYONE),
    ("calendars.addresses", "GET", SIGNED_IN),
    ("calendars.open_address", "POST", SIGNED_IN),
    ("calendars.renew", "GET POST", SIGNED_IN),
]

REPORT_WRITING: list[Route] = [
    ("reports.report_words", "GET POST", MANAGER),
    ("reports.report_noted", "GET POST", MANAGER),
    ("reports.report_settings", "GET POST", MANAGER),
    ("reports.report_plan", "GET POST", MANAGER),
    ("reports.report_indicators", "GET", MANAGER),
    ("reports.new_indicator", "GET POST", MANAGER),
    ("reports.indicator", "GET POST", MANAGER),
    ("reports.delete_indicator", "GET POST", MANAGER),
    ("reports.move_indicator", "POST", MANAGER),
    ("reports.take_usual_indicators", "POST", MANAGER),
    ("reports.report_tables", "GET", STAFF),
    ("reports.report_table_file", "GET", STAFF),
]

ROUTES: list[Route] = [
    *ACCOUNTS, *NOTICES, *CALENDARS, *SCHEDULING, *REPORTS, *REPORT_WRITING, *SERVICELOG, *CATALOGUE, *ORGANISATIONS, *REPLICATION, *ROTATION, *DEMAND, *EXCHANGE, *REVIEWING, *PUBLISHING,
]  # fmt: skip

EXAMPLES = {
    "month": "2026-12",
    "token": "no-such-token",
    "lang": "en",
    "category": "reception",
    "service": "info",
    "kind": "csv",
}
"""What to write into an address where the world of the test has nothing of its own; numbers become 999999."""
