"""What the pages of the service log have in common."""

from flask import Blueprint

from bureau.web.guard import LOGGING

blueprint = Blueprint("servicelog", __name__)
"""Everything below ``/desk/<bureau>/log/`` and ``/desk/<bureau>/today/``; each view states who may come."""

WHO = LOGGING
