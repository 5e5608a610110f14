"""Counting: a tap without a script, the entries that waited in a browser, and taking one back at once."""

from collections import defaultdict
from typing import Any

from flask import flash, jsonify, request
from flask.typing import ResponseReturnValue

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.kernel.text import whole_number
from bureau.organisations import queries as places
from bureau.servicelog import actions
from bureau.servicelog.actions import Counted
from bureau.servicelog.domain.entries import Entry
from bureau.servicelog.forms import read_batch, read_entry
from bureau.web.going import see
from bureau.web.guard import LOGGING, LOGGING_FOR, may_come
from bureau.web.identity import get_identity
from bureau.web.wording import word

from .blueprint import blueprint
from .whose import scope_for

Piece = tuple[str, Entry, bool]
"""What a browser calls it, the entry, and whether it is to be taken back."""


@blueprint.post("/desk/<bureau>/log/<organisation>/")
@may_come(LOGGING_FOR)
def log(bureau: str, organisation: str) -> ResponseReturnValue:
    """Count one entry, and back to the sheet with what was counted."""
    entry = read_entry(request.form, now=utcnow(), timezone=places.get_bureau(bureau).timezone)
    (counted,) = _counted(bureau, organisation, [entry])
    if counted.refusal is not None:
        flash(word(counted.refusal), "stop")
    return _back(bureau, organisation, logged=None if counted.refusal else entry.ref, language=entry.language)


@blueprint.post("/desk/<bureau>/log/<organisation>/undo")
@may_come(LOGGING_FOR)
def undo(bureau: str, organisation: str) -> ResponseReturnValue:
    """Take back what was just counted."""
    _undone(bureau, organisation, request.form.get("ref", ""))
    return _back(bureau, organisation, language=request.form.get("language"))


@blueprint.post("/desk/<bureau>/log/waiting")
@may_come(LOGGING)
def waiting(bureau: str) -> ResponseReturnValue:
    """Take in what waited in a browser: an answer for each piece, by its key.

    A piece is an entry, or with ``undo`` an entry that is to be taken back: it is counted first, if it was not yet,
    so that in whatever order pieces arrive the sum is right. What is refused says why, and keeps no other from counting.
    """
    now, timezone = utcnow(), places.get_bureau(bureau).timezone
    answers: dict[str, Any] = {}
    by_owner: dict[str, list[Piece]] = defaultdict(list)
    for organisation, key, values in read_batch(request.get_json(silent=True)):
        try:
            entry = read_entry(values, now=now, timezone=timezone)
        except Refused as refusal:
            answers[key] = {"refused": word(refusal)}
        else:
            by_owner[organisation].append((key, entry, values.get("undo") is True))
    for organisation, pieces in by_owner.items():
        answers |= _answers(bureau, organisation, pieces)
    return jsonify(answers)


def _answers(bureau: str, organisation: str, pieces: list[Piece]) -> dict[str, Any]:
    try:
        counted = _counted(bureau, organisation, [entry for _, entry, _ in pieces])
    except Refused as refusal:
        return {key: {"refused": word(refusal)} for key, _, _ in pieces}
    return {
        key: _answer(bureau, organisation, one, undo=undo) for (key, _, undo), one in zip(pieces, counted, strict=True)
    }


def _answer(bureau: str, organisation: str, counted: Counted, *, undo: bool) -> dict[str, str]:
    if counted.refusal is not None:
        return {"refused": word(counted.refusal)}
    try:
        if undo:
            _undone(bureau, organisation, counted.ref)
    except Refused as refusal:
        return {"refused": word(refusal)}
    return {"month": str(counted.month)}


def _counted(bureau: str, organisation: str, entries: list[Entry]) -> list[Counted]:
    person = get_identity()
    return actions.log_entries(
        bureau, organisation, entries, scope=scope_for(person, bureau, organisation), person_id=person.person_id,
        now=utcnow(),
    )  # fmt: skip


def _undone(bureau: str, organisation: str, ref: str) -> None:
    person = get_identity()
    actions.undo_entry(
        bureau, ref, scope=scope_for(person, bureau, organisation), person_id=person.person_id, now=utcnow()
    )


def _back(bureau: str, organisation: str, **more: str | None) -> ResponseReturnValue:
    session_id = whole_number(request.form.get("session", ""))
    if session_id is not None:
        return see("session", bureau=bureau, session_id=session_id, **more)
    return see("without_session", bureau=bureau, organisation=organisation, **more)
