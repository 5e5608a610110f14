"""Every feature of the app, in one list. Adding one means adding its line here and in the contract of pyproject.toml."""

from collections.abc import Callable

from flask import Blueprint, Flask
from flask.cli import AppGroup

from bureau.kernel.jobs import Job

BLUEPRINTS: list[Blueprint] = []

COMMANDS: list[AppGroup] = []

JOBS: list[Job] = []

INSTALLERS: list[Callable[[Flask], None]] = []
