"""The bureau as a location: where it is, how to reach it, what the house has."""

from bureau.calendars.site.events import coordinates

from .naming import Naming, Node, filled


def location_id(naming: Naming) -> str:
    """The bureau's own identifier as a place."""
    return naming.id("locations", naming.place.bureau.code)


def location(naming: Naming) -> Node:
    """The bureau itself."""
    bureau, where = naming.place.bureau, coordinates(naming.place.bureau)
    return filled(
        {
            "id": location_id(naming),
            "location_type": "physical",
            "name": naming.say(bureau.name),
            "alternate_name": naming.otherwise(bureau.name),
            "description": naming.say(bureau.about),
            "transportation": naming.say(bureau.find_us),
            "latitude": where and where[0],
            "longitude": where and where[1],
            "addresses": [_address(naming)],
            "accessibility": _accessibility(naming),
            "phones": _phones(naming),
        }
    )


def _address(naming: Naming) -> Node:
    """Our addresses are one line; the parts that HSDS wants besides are empty rather than guessed."""
    bureau = naming.place.bureau
    return {
        "id": naming.id("addresses", bureau.code),
        "location_id": location_id(naming),
        "address_1": naming.say(bureau.address),
        "city": naming.say(bureau.city),
        "state_province": "",
        "postal_code": "",
        "country": bureau.country,
        "address_type": "physical",
    }


def _accessibility(naming: Naming) -> list[Node]:
    return [
        {
            "id": naming.id("accessibility", naming.place.bureau.code, code),
            "location_id": location_id(naming),
            "description": naming.say(name),
        }
        for code, name in naming.place.bureau.facilities
    ]


def _phones(naming: Naming) -> list[Node]:
    bureau = naming.place.bureau
    if not bureau.phone:
        return []
    phone = {
        "id": naming.id("phones", bureau.code),
        "location_id": location_id(naming),
        "number": bureau.phone,
        "type": "voice",
        "description": naming.say(bureau.phone_text),
    }
    return [filled(phone)]
