"""What counts how much in a plan: ready-made numbers, or the bureau's own."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.errors import NotFound, Stale
from bureau.organisations.queries import get_bureau
from bureau.rotation import queries
from bureau.rotation.actions import set_weights
from bureau.rotation.domain.weights import PRESETS, TERMS, preset_of
from bureau.rotation.forms.weights import WeightsForm
from bureau.web.desk import CONFLICT, UNPROCESSABLE, by_me, done
from bureau.web.editing import Stored, saved, version_seen
from bureau.web.guard import MANAGER, may_come
from bureau.web.wording import word

from .blueprint import blueprint


@blueprint.route("/desk/<bureau>/weights/", methods=["GET", "POST"])
@may_come(MANAGER)
def weights(bureau: str) -> ResponseReturnValue:
    """The nine numbers."""
    form = WeightsForm(stored=_now_stored(bureau))

    def save() -> None:
        set_weights(bureau, form.typed(*TERMS), version=form.version.data or 0, **by_me())

    if saved(form, save, lambda: _now_stored(bureau)):
        return _saved(bureau)
    return _page(bureau, form), UNPROCESSABLE if form.errors else 200


@blueprint.post("/desk/<bureau>/weights/preset")
@may_come(MANAGER)
def take_preset(bureau: str) -> ResponseReturnValue:
    """Take ready-made numbers, all nine."""
    chosen = PRESETS.get(request.form.get("preset", ""))
    if chosen is None:
        raise NotFound
    try:
        set_weights(bureau, chosen, version=version_seen(), **by_me())
    except Stale as error:
        return _page(bureau, WeightsForm(formdata=None, stored=_now_stored(bureau)), problem=word(error)), CONFLICT
    return _saved(bureau)


def _saved(bureau: str) -> ResponseReturnValue:
    sentence = gettext(
        "Saved. Proposals that you make from now on are weighed so; those that are there stay as they are."
    )
    return done(url_for("rotation.weights", bureau=bureau), sentence)


def _now_stored(bureau: str) -> Stored:
    place = get_bureau(bureau)
    return queries.weights_of(place.id), queries.weights_version(place.id)


def _page(bureau: str, form: WeightsForm, problem: str | None = None) -> str:
    stored, version = _now_stored(bureau)
    return render_template(
        "rotation/weights.html", bureau=bureau, form=form, presets=PRESETS, chosen=preset_of(stored),
        stored_version=version, terms=TERMS, problem=problem,
    )  # fmt: skip
