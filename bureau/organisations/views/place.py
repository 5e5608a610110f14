"""The bureau's own page: its texts side by side, how it is reached, in which languages it speaks."""

from typing import Any

from flask.typing import ResponseReturnValue

from bureau.organisations import queries
from bureau.organisations.actions import place as actions
from bureau.organisations.forms.place import BureauForm, trimmed
from bureau.web.desk import by_me, form_page
from bureau.web.editing import Stored, saved
from bureau.web.guard import MANAGER, may_come
from bureau.web.languages import LANGUAGES

from .blueprint import blueprint, stored

TEXTS = ("name", "city", "address", "find_us", "welcome", "about", "walk_in_rule", "privacy", "phone_text")
PLAIN = ("phone", "email", "timezone", "holidays_of")
FACTS = (*TEXTS, *PLAIN, "latitude", "longitude", "languages")


@blueprint.route("/place/", methods=["GET", "POST"])
@may_come(MANAGER)
def place(bureau: str) -> ResponseReturnValue:
    """Edit the bureau."""
    row = queries.get_bureau(bureau)
    facilities = row.facilities
    form = BureauForm(written_in=row.languages, stored=_now_stored(bureau))

    def save() -> None:
        columns = _columns(form, facilities)
        actions.edit_bureau(bureau, form.version.data or 0, columns, interface=LANGUAGES, **by_me())

    if saved(form, save, lambda: _now_stored(bureau)):
        return stored("place", bureau=bureau)
    return form_page("organisations/place.html", form, bureau=bureau)


def _columns(form: BureauForm, facilities: list[dict[str, Any]]) -> dict[str, Any]:
    plain = {name: trimmed(form[name].data) for name in PLAIN}
    where = {"latitude": form.latitude.data, "longitude": form.longitude.data}
    languages = {"languages": form.languages.data, "facilities": form.facilities_edited(facilities)}
    return {**plain, **where, **languages, **form.texts(*TEXTS)}


def _now_stored(code: str) -> Stored:
    kept = queries.get_bureau(code)
    values = {name: getattr(kept, name) for name in FACTS}
    return {**values, "facilities": [one["code"] for one in kept.facilities]}, kept.version
