"""Where the pages of the review are registered."""

from flask import Blueprint

blueprint = Blueprint("reviewing", __name__)
