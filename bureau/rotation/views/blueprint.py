"""Where the pages of planning are registered."""

from flask import Blueprint

blueprint = Blueprint("rotation", __name__)
