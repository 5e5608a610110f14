"""What people do with their accounts; each function is one transaction."""

from .links import Invitation, accept_invitation, invite_again, invite_person, request_password_reset, reset_password
from .people import change_name, change_password, choose_language, deactivate_person, remove_role
from .sign_ins import note_visit, prune, sign_in, sign_out, sign_out_everywhere, sign_out_others

__all__ = [
    "Invitation",
    "accept_invitation",
    "change_name",
    "change_password",
    "choose_language",
    "deactivate_person",
    "invite_again",
    "invite_person",
    "note_visit",
    "prune",
    "remove_role",
    "request_password_reset",
    "reset_password",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "sign_out_others",
]
