"""Every feature of the app, in one list. Adding one means adding its line here and in the contract of pyproject.toml."""

from collections.abc import Callable

from flask import Blueprint, Flask
from flask.cli import AppGroup

from bureau.accounts import wording as _accounts_wording
from bureau.accounts.cli import person as person_commands
from bureau.accounts.jobs import PRUNE as PRUNE_ACCOUNTS
from bureau.accounts.views import blueprint as accounts_blueprint
from bureau.accounts.views import install as install_sign_in
from bureau.calendars.views import blueprint as calendars_blueprint
from bureau.catalogue.views import blueprint as catalogue_blueprint
from bureau.demonstration import wording as _demonstration_wording
from bureau.demonstration.cli import demo as demo_commands
from bureau.exchange import wording as _exchange_wording
from bureau.exchange.jobs import COVER, SWAPS_OVER, WAITING_LISTS
from bureau.exchange.views import blueprint as exchange_blueprint
from bureau.kernel.jobs import Job
from bureau.notices.jobs import AT_ONCE, DIGESTS
from bureau.notices.jobs import PRUNE as PRUNE_NOTICES
from bureau.notices.views import blueprint as notices_blueprint
from bureau.notices.views import install as install_notices
from bureau.organisations import wording as _organisations_wording
from bureau.organisations.views import blueprint as organisations_blueprint
from bureau.publishing import wording as _publishing_wording
from bureau.publishing.cli import site as site_commands
from bureau.publishing.jobs import PUBLISH
from bureau.publishing.views import blueprint as publishing_blueprint
from bureau.publishing.views import install as install_public_site
from bureau.replication import wording as _replication_wording
from bureau.replication.cli import bureau as bureau_commands
from bureau.replication.views import blueprint as replication_blueprint
from bureau.reports import wording as _reports_wording
from bureau.reports.cli import report as report_commands
from bureau.reports.jobs import (
    INTERRUPTED_PREPARATIONS,
    REPORT_REMINDERS,
    REPORTS_BY_THEMSELVES,
    SCHEDULED_REPORTS,
)
from bureau.reports.views import blueprint as reports_blueprint
from bureau.reviewing import wording as _reviewing_wording
from bureau.reviewing.views import blueprint as reviewing_blueprint
from bureau.rotation import wording as _rotation_wording
from bureau.rotation.cli.rota import group as rota_commands
from bureau.rotation.cli.rounds import group as round_commands
from bureau.rotation.jobs import INTERRUPTED_RUNS, ROUNDS_BY_DEADLINE, SESSIONS_OVER
from bureau.rotation.views import blueprint as rotation_blueprint
from bureau.scheduling import wording as _scheduling_wording
from bureau.scheduling.cli import scheduler as scheduler_commands
from bureau.scheduling.jobs import MAIL
from bureau.scheduling.jobs import PRUNE as PRUNE_SCHEDULING
from bureau.scheduling.views import blueprint as scheduling_blueprint
from bureau.servicelog import wording as _servicelog_wording
from bureau.servicelog.cli import log as log_commands
from bureau.servicelog.jobs import CLOSE_REFERRALS, FORGET_NOTES, FORGET_UPLOADS
from bureau.servicelog.views import blueprint as servicelog_blueprint
from bureau.web.components import install as install_components

BLUEPRINTS: list[Blueprint] = [
    accounts_blueprint,
    publishing_blueprint,
    calendars_blueprint,
    catalogue_blueprint,
    exchange_blueprint,
    notices_blueprint,
    organisations_blueprint,
    replication_blueprint,
    reports_blueprint,
    reviewing_blueprint,
    rotation_blueprint,
    scheduling_blueprint,
    servicelog_blueprint,
]

COMMANDS: list[AppGroup] = [
    bureau_commands,
    demo_commands,
    log_commands,
    person_commands,
    report_commands,
    rota_commands,
    round_commands,
    scheduler_commands,
    site_commands,
]

JOBS: list[Job] = [
    AT_ONCE,
    CLOSE_REFERRALS,
    COVER,
    DIGESTS,
    FORGET_NOTES,
    FORGET_UPLOADS,
    INTERRUPTED_PREPARATIONS,
    INTERRUPTED_RUNS,
    MAIL,
    PRUNE_ACCOUNTS,
    PRUNE_NOTICES,
    PRUNE_SCHEDULING,
    PUBLISH,
    REPORTS_BY_THEMSELVES,
    REPORT_REMINDERS,
    ROUNDS_BY_DEADLINE,
    SCHEDULED_REPORTS,
    SESSIONS_OVER,
    SWAPS_OVER,
    WAITING_LISTS,
]

INSTALLERS: list[Callable[[Flask], None]] = [
    install_sign_in,
    install_notices,
    install_public_site,
    install_components,
]

WORDINGS = (
    _accounts_wording,
    _demonstration_wording,
    _exchange_wording,
    _organisations_wording,
    _publishing_wording,
    _replication_wording,
    _reports_wording,
    _reviewing_wording,
    _rotation_wording,
    _scheduling_wording,
    _servicelog_wording,
)
"""Importing them gives refusals their sentences and the menu its entries."""
