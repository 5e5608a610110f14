"""The names in a bureau's document, format ``bureau/1``, in the order in which they are written."""

FORMAT = "bureau/1"
PERIODS = ("block", "day", "week", "month")
PARTS = (
    "format",
    "languages",
    "categories",
    "services",
    "status_groups",
    "bureau",
    "rooms",
    "hours",
    "closures",
    "organisations",
    "demand",
)
PLACE_TEXTS = ("name", "city", "address", "welcome", "about", "find_us", "privacy", "walk_in_rule", "phone_text")
PLACE = (
    "code", *PLACE_TEXTS, "phone", "email", "latitude", "longitude", "timezone", "holidays_of", "languages", "facilities",
)  # fmt: skip
LANGUAGE = ("tag", "own_name", "name", "phrase", "direction", "script", "locale")
CATEGORY = ("code", "name", "icon")
SERVICE_TEXTS = ("name", "neutral_name", "description", "bring")
SERVICE = (
    "code", "category", *SERVICE_TEXTS, "mode", "audience", "sensitivity", "minutes", "places", "walk_in",
    "needs_private_room", "external_codes", "active",
)  # fmt: skip
STATUS_GROUP = ("code", "name", "active")
ROOM = ("code", "name", "kind", "seats", "features", "active")
HOURS = ("weekday", "starts", "ends", "valid_from", "valid_until")
CLOSURE = ("day", "kind", "reason")
ORGANISATION = ("code", "name", "kind", "about", "email", "phone", "partnership", "workers")
PARTNERSHIP = ("active", "usual", "agreements")
AGREEMENT = ("kind", "signed", "starts", "ends", "notice_days", "auto_renew", "review_on", "contributions")
WORKER = ("label", "role", "attributes", "max_hours_month", "needs_supervisor", "active", "services", "languages")
DEMAND = ("per", "service", "language", "minimum", "target", "weight")
