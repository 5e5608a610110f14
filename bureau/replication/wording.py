"""What the refusals of a document say."""

from flask_babel import lazy_gettext

from bureau.web.wording import register

register("malformed_document", lazy_gettext("The document cannot be read at %(place)s."))
for _fault, _sentence in {
    "format": lazy_gettext("%(place)s: this is not a bureau’s document of format bureau/1."),
    "json": lazy_gettext("This file is not JSON."),
    "object": lazy_gettext("%(place)s: an object is expected here."),
    "list": lazy_gettext("%(place)s: a list is expected here."),
    "member": lazy_gettext("%(place)s: “%(value)s” is not known here."),
    "missing": lazy_gettext("%(place)s: this is missing."),
    "text": lazy_gettext("%(place)s: a text is expected here, without control characters and outer spaces."),
    "flag": lazy_gettext("%(place)s: true or false is expected here."),
    "integer": lazy_gettext("%(place)s: “%(value)s” is not a whole number that is possible here."),
    "number": lazy_gettext("%(place)s: “%(value)s” is not a number."),
    "date": lazy_gettext("%(place)s: “%(value)s” is not a date like 2026-12-31."),
    "time": lazy_gettext("%(place)s: “%(value)s” is not a time like 10:00."),
    "choice": lazy_gettext("%(place)s: “%(value)s” is not one of the possible values."),
    "unknown": lazy_gettext("%(place)s: “%(value)s” is not known here."),
    "double": lazy_gettext("%(place)s: this stands here twice."),
    "hours_overlap": lazy_gettext("%(place)s: the opening hours of one weekday overlap."),
    "ends_before_start": lazy_gettext("%(place)s: this ends before it starts."),
    "until_before_from": lazy_gettext("%(place)s: this ends before it starts."),
}.items():
    register(f"malformed_document.{_fault}", _sentence)
