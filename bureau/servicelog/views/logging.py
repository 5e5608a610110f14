"""Counting: a tap without a script, the entries that waited in a browser, and taking one back at once."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from flask import flash, jsonify, request
from flask.typing import ResponseReturnValue

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.organisations import queries as places
from bureau.servicelog import actions
from bureau.servicelog.actions import Counted
from bureau.servicelog.domain.desk import ensure_own
from bureau.servicelog.domain.entries import Entry, ref_sent
from bureau.servicelog.forms import read_batch, read_entry
from bureau.servicelog.wording import counts_later
from bureau.web.guard import LOGGING, LOGGING_FOR, may_come
from bureau.web.identity import get_identity
from bureau.web.wording import word

from .blueprint import blueprint
from .notes import back_to_sheet, note_refused, noted
from .whose import scope_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What waited: what its browser calls it, the entry, whether it is to be taken back, and words beside it."""

    key: str
    entry: Entry
    undo: bool
    note: object


@blueprint.post("/desk/<bureau>/log/<organisation>/")
@may_come(LOGGING_FOR)
def log(bureau: str, organisation: str) -> ResponseReturnValue:
    """Count one entry, and back to the sheet with what was counted."""
    entry = read_entry(request.form, now=utcnow(), timezone=places.get_bureau(bureau).timezone)
    (counted,) = _counted(bureau, organisation, [entry])
    if counted.refusal is not None:
        flash(word(counted.refusal), "stop")
        return back_to_sheet(bureau, organisation, language=entry.language)
    if later := counts_later(counted.month, entry.day):
        flash(later, "news")
    refusal = noted(bureau, organisation, entry.ref, request.form.get("note", ""))
    if refusal is not None:
        return note_refused(bureau, organisation, entry.ref, refusal)
    return back_to_sheet(bureau, organisation, logged=entry.ref, language=entry.language)


@blueprint.post("/desk/<bureau>/log/<organisation>/undo")
@may_come(LOGGING_FOR)
def undo(bureau: str, organisation: str) -> ResponseReturnValue:
    """Take back what was just counted."""
    _undone(bureau, organisation, ref_sent(request.form.get("ref", "")))
    return back_to_sheet(bureau, organisation, language=request.form.get("language"))


@blueprint.post("/desk/<bureau>/log/waiting")
@may_come(LOGGING)
def waiting(bureau: str) -> ResponseReturnValue:
    """Take in what waited in a browser: an answer for each piece, by its key.

    A piece is an entry, or with ``undo`` an entry that is to be taken back: it is counted first, if it was not yet,
    so that in whatever order pieces arrive the sum is right. What is refused says why, and keeps no other from counting;
    an entry whose note is refused counts without it.
    """
    now, timezone = utcnow(), places.get_bureau(bureau).timezone
    answers: dict[str, Any] = {}
    by_owner: dict[str, list[Piece]] = defaultdict(list)
    sent: Any = request.get_json(silent=True)
    batch = read_batch(sent)
    ensure_own(sent.get("whose"), get_identity().actor)
    for organisation, key, values in batch:
        try:
            entry = read_entry(values, now=now, timezone=timezone)
        except Refused as refusal:
            answers[key] = {"refused": word(refusal)}
        else:
            undo = values.get("undo") is True
            by_owner[organisation].append(Piece(key=key, entry=entry, undo=undo, note=values.get("note")))
    for organisation, pieces in by_owner.items():
        answers |= _answers(bureau, organisation, pieces)
    return jsonify(answers)


def _answers(bureau: str, organisation: str, pieces: list[Piece]) -> dict[str, Any]:
    try:
        counted = _counted(bureau, organisation, [piece.entry for piece in pieces])
    except Refused as refusal:
        return {piece.key: {"refused": word(refusal)} for piece in pieces}
    return {piece.key: _answer(bureau, organisation, piece, one) for piece, one in zip(pieces, counted, strict=True)}


def _answer(bureau: str, organisation: str, piece: Piece, counted: Counted) -> dict[str, str]:
    if counted.refusal is not None:
        return {"refused": word(counted.refusal)}
    try:
        if piece.undo:
            _undone(bureau, organisation, counted.ref)
    except Refused as refusal:
        return {"refused": word(refusal)}
    note = None if piece.undo else noted(bureau, organisation, counted.ref, piece.note)
    later = "" if piece.undo else counts_later(counted.month, piece.entry.day)
    answer = {"month": str(counted.month), "note": word(note) if note else "", "said": later}
    return {name: words for name, words in answer.items() if words}


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
