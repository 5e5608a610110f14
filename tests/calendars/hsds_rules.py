"""What HSDS 3.0 demands of the objects that we write: names, kinds and formats of their fields.

Written down by us for a quick check; ``make audit ARGS=hsds`` checks the same files against the published schema.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID


def _uri(value: object) -> bool:
    return isinstance(value, str) and bool(urlsplit(value).scheme and urlsplit(value).netloc)


def _uuid(value: object) -> bool:
    return isinstance(value, str) and str(UUID(value)) == value


def _day(value: object) -> bool:
    return isinstance(value, str) and date.fromisoformat(value).isoformat() == value


def _instant(value: object) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None


def _hour(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\d\d:\d\d(Z|[+-]\d\d:\d\d)", value))


def _text(value: object) -> bool:
    return isinstance(value, str)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _email(value: object) -> bool:
    return isinstance(value, str) and value.count("@") == 1


KINDS = {"uri": _uri, "uuid": _uuid, "day": _day, "instant": _instant, "hour": _hour, "text": _text, "number": _number,
         "email": _email}  # fmt: skip
FIELDS: dict[str, dict[str, str]] = {
    "service": {
        "id*": "uuid", "organization_id": "uuid", "name*": "text", "alternate_name": "text", "description": "text",
        "url": "uri", "email": "email", "status*": "=active", "application_process": "text",
        "eligibility_description": "text", "last_modified": "instant", "schedules": "[schedule",
        "service_at_locations": "[service_at_location", "languages": "[language", "organization": "organization",
        "required_documents": "[required_document", "attributes": "[attribute",
    },
    "organization": {"id*": "uuid", "name*": "text", "alternate_name": "text", "description*": "text", "uri": "uri"},
    "schedule": {
        "id*": "uuid", "service_id": "uuid", "service_at_location_id": "uuid", "valid_from": "day", "valid_to": "day",
        "dtstart": "day", "until": "day", "count": "number", "timezone": "number", "opens_at": "hour", "closes_at": "hour",
        "description": "text", "schedule_link": "uri",
    },
    "service_at_location": {"id*": "uuid", "service_id": "uuid", "location_id": "uuid", "location": "location"},
    "location": {
        "id*": "uuid", "location_type*": "=physical", "name": "text", "alternate_name": "text", "description": "text",
        "transportation": "text", "latitude": "number", "longitude": "number", "addresses": "[address",
        "accessibility": "[accessibility", "phones": "[phone",
    },
    "address": {
        "id*": "uuid", "location_id": "uuid", "address_1*": "text", "city*": "text", "state_province*": "text",
        "postal_code*": "text", "country*": "text", "address_type*": "=physical",
    },
    "accessibility": {"id*": "uuid", "location_id": "uuid", "description": "text"},
    "phone": {"id*": "uuid", "location_id": "uuid", "number*": "text", "type": "text", "description": "text"},
    "language": {"id*": "uuid", "service_id": "uuid", "name": "text", "code": "text"},
    "required_document": {"id*": "uuid", "service_id": "uuid", "document": "text"},
    "attribute": {
        "id*": "uuid", "link_id": "uuid", "link_entity": "text", "taxonomy_term_id": "uuid",
        "taxonomy_term": "taxonomy_term",
    },
    "taxonomy_term": {
        "id*": "uuid", "code": "text", "name*": "text", "description*": "text", "taxonomy": "text", "taxonomy_id": "uuid",
        "language": "text",
    },
    "taxonomy": {"id*": "uuid", "name*": "text", "description*": "text"},
}  # fmt: skip


def offences(kind: str, node: dict[str, Any], where: str = "") -> Iterator[str]:
    """Everything about the object that the specification does not allow."""
    fields = FIELDS[kind]
    where = where or kind
    for field, rule in fields.items():
        name = field.removesuffix("*")
        if name in node:
            yield from _of_value(rule, node[name], f"{where}.{name}")
        elif field.endswith("*"):
            yield f"{where} has no {name}"
    yield from (f"{where} may not have {name}" for name in node.keys() - {field.removesuffix("*") for field in fields})


def _of_value(rule: str, value: Any, where: str) -> Iterator[str]:
    if rule.startswith("["):
        for number, one in enumerate(value):
            yield from offences(rule[1:], one, f"{where}[{number}]")
    elif rule in FIELDS:
        yield from offences(rule, value, where)
    elif rule.startswith("="):
        yield from () if value == rule[1:] else (f"{where} may not be {value!r}",)
    elif not KINDS[rule](value):
        yield f"{where} may not be {value!r}"
