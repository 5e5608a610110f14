"""The rooms of the bureau."""

from functools import partial

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.organisations import queries
from bureau.organisations.actions import place as actions
from bureau.organisations.forms.place import NewRoomForm, RoomForm
from bureau.organisations.forms.words import ROOM_FEATURES, ROOM_KINDS
from bureau.web.desk import ask_and_delete, by_me, form_page
from bureau.web.editing import Stored, saved
from bureau.web.furniture import say
from bureau.web.guard import MANAGER, may_come

from .blueprint import blueprint, stored, to

PLAIN = ("kind", "seats", "features", "active")


@blueprint.get("/place/rooms/")
@may_come(MANAGER)
def rooms(bureau: str) -> ResponseReturnValue:
    """Every room, in order."""
    found = queries.rooms(queries.get_bureau(bureau).id)
    return render_template(
        "organisations/rooms.html", bureau=bureau, rooms=found, kinds=ROOM_KINDS, features=ROOM_FEATURES
    )


@blueprint.route("/place/rooms/new", methods=["GET", "POST"])
@may_come(MANAGER)
def new_room(bureau: str) -> ResponseReturnValue:
    """A new room."""
    form = NewRoomForm(
        written_in=queries.get_bureau(bureau).languages, stored=({"seats": 1, "active": True, "features": []}, 0)
    )

    def save() -> None:
        actions.add_room(bureau, {**form.typed("code", *PLAIN), **form.texts("name")}, **by_me())

    if saved(form, save):
        return stored("rooms", bureau=bureau)
    return form_page("organisations/room.html", form, bureau=bureau, heading=gettext("New room"))


@blueprint.route("/place/rooms/<code>/", methods=["GET", "POST"])
@may_come(MANAGER)
def room(bureau: str, code: str) -> ResponseReturnValue:
    """Edit a room."""
    form = RoomForm(written_in=queries.get_bureau(bureau).languages, stored=_now_stored(bureau, code))

    def save() -> None:
        columns = {**form.typed(*PLAIN), **form.texts("name")}
        actions.edit_room(bureau, code, form.version.data or 0, columns, **by_me())

    if saved(form, save, lambda: _now_stored(bureau, code)):
        return stored("rooms", bureau=bureau)
    heading = say(queries.get_room(queries.get_bureau(bureau).id, code).name)
    return form_page("organisations/room.html", form, bureau=bureau, heading=heading, code=code)


def _now_stored(bureau: str, code: str) -> Stored:
    kept = queries.get_room(queries.get_bureau(bureau).id, code)
    return {name: getattr(kept, name) for name in ("name", *PLAIN)}, kept.version


@blueprint.route("/place/rooms/<code>/delete", methods=["GET", "POST"])
@may_come(MANAGER)
def delete_room(bureau: str, code: str) -> ResponseReturnValue:
    """Ask once, then delete; refused once a month was planned with it."""
    return ask_and_delete(
        lambda: (say((kept := queries.get_room(queries.get_bureau(bureau).id, code)).name), kept.version),
        partial(actions.delete_room, bureau, code),
        back=to("room", bureau=bureau, code=code),
        then=to("rooms", bureau=bureau),
    )
