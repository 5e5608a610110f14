"""What the demonstration's refusals say."""

from flask_babel import lazy_gettext

from bureau.web.wording import register

register(
    "database_in_use", lazy_gettext("There is data in this database already. The demonstration needs an empty one.")
)
