"""What the refusals of accounts say, and the words for roles; the people's entry in the menu."""

from flask_babel import lazy_gettext

from bureau.web.menu import Entry, add
from bureau.web.wording import register

ROLE_NAMES = {
    "administrator": lazy_gettext("administrator"),
    "front_desk": lazy_gettext("front desk"),
    "manager": lazy_gettext("bureau manager"),
    "coordinator": lazy_gettext("coordinator"),
    "worker": lazy_gettext("worker"),
}

register(
    "wrong_credentials",
    lazy_gettext("The e-mail and the password do not match. Try again, or ask for a new password by mail."),
)
register("too_many_tries", lazy_gettext("Too many tries. Please wait %(minutes)s min and try again."))
register(
    "dead_link",
    lazy_gettext("This link was used already or is too old. Ask for a new one; the latest one always works."),
)
register("own_role", lazy_gettext("You cannot take this away from yourself. Ask another manager to do it."))
register(
    "held_elsewhere",
    lazy_gettext("This account also serves places that you do not manage. You can remove its roles here."),
)
register("invalid.password_short", lazy_gettext("Please use at least %(number)s characters; a short sentence is good."))
register("invalid.password_email", lazy_gettext("Please choose a password that is not your e-mail address."))
register("invalid.password_common", lazy_gettext("This password is easy to guess. A sentence of your own is better."))

add(
    Entry(label=lazy_gettext("People"), endpoint="accounts.people", position=80, for_member=False),
)
