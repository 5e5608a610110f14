"""The pages of notices, below ``/desk/``."""

from flask import Blueprint

blueprint = Blueprint("notices", __name__, url_prefix="/desk/notices")
