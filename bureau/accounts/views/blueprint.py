"""The pages of accounts, all under ``/desk/``."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__, url_prefix="/desk")
