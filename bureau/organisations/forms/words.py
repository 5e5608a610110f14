"""How kinds of rooms, closures, organisations and workers are called."""

from flask_babel import lazy_gettext

ROOM_KINDS = {
    "front": lazy_gettext("Front desk"),
    "desk": lazy_gettext("Desk"),
    "private": lazy_gettext("Private room"),
    "group": lazy_gettext("Group room"),
}
ROOM_FEATURES = {
    "private": lazy_gettext("A door that closes"),
    "group": lazy_gettext("Room for a group"),
    "children": lazy_gettext("Children’s corner"),
    "video": lazy_gettext("Video calls"),
    "step_free": lazy_gettext("No steps"),
}
FACILITIES = {
    "step-free": lazy_gettext("Entrance without steps"),
    "toilet": lazy_gettext("Accessible toilet"),
    "children": lazy_gettext("Children’s corner"),
    "water": lazy_gettext("Drinking water"),
    "wifi": lazy_gettext("Free Wi-Fi"),
    "charging": lazy_gettext("Phone charging"),
}
CLOSURE_KINDS = {"closed": lazy_gettext("Closed day"), "holiday": lazy_gettext("Public holiday")}
ATTRIBUTES = {
    "woman": lazy_gettext("Woman"),
    "social_worker": lazy_gettext("Social worker"),
    "volunteer": lazy_gettext("Volunteer"),
    "intern": lazy_gettext("Intern"),
}
ORGANISATION_KINDS = {
    "host": lazy_gettext("Municipality or host"),
    "humanitarian": lazy_gettext("Humanitarian organisation"),
    "legal": lazy_gettext("Legal aid"),
    "faith": lazy_gettext("Faith-based organisation"),
    "psychosocial": lazy_gettext("Psychological support"),
    "health": lazy_gettext("Health"),
    "women": lazy_gettext("Women’s organisation"),
    "children": lazy_gettext("Children and youth"),
    "community": lazy_gettext("Community organisation"),
    "language": lazy_gettext("Language school"),
    "employment": lazy_gettext("Employment service"),
    "employers": lazy_gettext("Employers"),
    "union": lazy_gettext("Trade union"),
    "university": lazy_gettext("University"),
    "volunteer": lazy_gettext("Volunteers"),
    "international": lazy_gettext("International organisation"),
}
AGREEMENT_KINDS = {
    "memorandum": lazy_gettext("Memorandum"),
    "contract": lazy_gettext("Contract"),
    "letter": lazy_gettext("Letter of intent"),
    "other": lazy_gettext("Other"),
}
