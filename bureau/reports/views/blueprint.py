"""What the pages of the monthly report have in common."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__)
"""Everything below ``/desk/<bureau>/reports/``; each view states who may come."""
