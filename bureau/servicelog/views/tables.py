"""The log as a table: taken away empty or filled, and brought back: tried, told, and counted whole or not at all."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

from flask import Response, make_response, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.catalogue import queries as catalogue
from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import Invalid, NotFound, Refused
from bureau.kernel.month import Month
from bureau.kernel.scopes import EVERY_ORGANISATION, Scope
from bureau.organisations import queries as places
from bureau.servicelog import exports
from bureau.servicelog.actions import uploads
from bureau.servicelog.domain.bands import BANDS
from bureau.servicelog.domain.table import COLUMNS, Problem, Where
from bureau.servicelog.domain.uploads import MOST_LINES, Upload
from bureau.servicelog.queries.table import entries_between, groups_between
from bureau.web import formats
from bureau.web.bands import BANDS as BAND_WORDS
from bureau.web.furniture import say
from bureau.web.going import again, see
from bureau.web.guard import LOG_TABLES, may_come
from bureau.web.htmx import wanted_by_htmx
from bureau.web.identity import Identity, get_identity, scope_of
from bureau.web.languages import LANGUAGES, current_language
from bureau.web.wording import word

from .blueprint import blueprint

SHOWN = 50
"""So many of the problems stand on the page; all of them in the file."""
KINDS = {"csv": exports.CSV, "xlsx": exports.XLSX}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong in one field, in the reader's words."""

    line: int
    column: str
    words: str


@blueprint.get("/desk/<bureau>/log/table/")
@may_come(LOG_TABLES)
def tables(bureau: str) -> str:
    """The table to take away, where to bring it back, and what was counted."""
    return _page(bureau)


def _page(bureau: str, *, refusal: Refused | None = None, problem: str = "") -> str:
    place = places.get_bureau(bureau)
    today = local_date(utcnow(), place.timezone)
    begun = Month.of(today) if today.day > 10 else Month.of(today).shifted(-1)
    return render_template(
        "servicelog/tables.html", bureau=bureau, organisations=_own(bureau), everybody=_is_front_desk(bureau),
        first=request.args.get("first") or begun.first.isoformat(), last=request.args.get("last") or min(begun.last, today).isoformat(),
        chosen=request.args.get("organisation", ""), refusal=word(refusal) if refusal else "", problem=problem,
        most=MOST_LINES, size=uploads.LIMITS.size >> 20,
    )  # fmt: skip


@blueprint.get("/desk/<bureau>/log/table/empty.<kind>")
@may_come(LOG_TABLES)
def empty_table(bureau: str, kind: str) -> Response:
    """The table to be filled in, with the codes that may stand in it."""
    if kind not in KINDS:
        raise NotFound
    if kind == "csv":
        return _attached(exports.template_csv(), kind, f"log-{bureau}.csv")
    heads = [gettext("Column"), gettext("Code"), gettext("Meaning")]
    body = exports.template_xlsx(_codes(bureau), heads=heads, right_to_left=_right_to_left())
    return _attached(body, kind, f"log-{bureau}.xlsx")


def _codes(bureau: str) -> list[exports.Codes]:
    """Every code of the bureau, and what it means in the reader's language."""
    named: dict[str, dict[str, str]] = {
        "organisation": {one.code: say(one.name) for one in _own(bureau)},
        "service": {one.code: say(one.name) for one in catalogue.services()},
        "language": {one.tag: one.own_name for one in catalogue.languages()},
        "status": {one.code: say(one.name) for one in catalogue.status_groups()},
        "unmet": {"1": gettext("Asked for, but nobody here")},
    }
    named |= {name: {code: str(BAND_WORDS[name, code]) for code in codes} for name, codes in BANDS.items()}
    return [exports.Codes(column=name, codes=named[name]) for name in COLUMNS if name in named]


@blueprint.get("/desk/<bureau>/log/table/counted.<kind>")
@may_come(LOG_TABLES)
def counted_table(bureau: str, kind: str) -> ResponseReturnValue:
    """What was counted on the days asked for, of one's own organisation or, at the front desk, of all."""
    if kind not in KINDS:
        raise NotFound
    code = request.args.get("organisation", "")
    scope, place = _scope(bureau, code), places.get_bureau(bureau)
    try:
        first, last = _span()
    except Invalid as refusal:
        return again(_page(bureau, refusal=refusal))
    groups = groups_between(place.id, first, last, scope=scope)
    entries = entries_between(place.id, first, last, scope=scope)

    def write(file: IO[bytes]) -> None:
        if kind == "csv":
            exports.write_csv(file, entries, groups=groups)
        else:
            exports.write_xlsx(file, entries, groups=groups, right_to_left=_right_to_left())

    return _written(write, kind, f"log-{code or bureau}-{first}-{last}.{kind}")


def _written(write: Callable[[IO[bytes]], None], kind: str, name: str) -> Response:
    """A file that is written on the disk, not in memory, and is gone when it was sent."""
    file = TemporaryFile()  # noqa: SIM115  (closed by the answer)
    write(file)
    file.seek(0)
    return send_file(file, mimetype=KINDS[kind], as_attachment=True, download_name=name)


def _attached(body: bytes, kind: str, name: str) -> Response:
    answer = Response(body, mimetype=KINDS[kind])
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _span() -> tuple[date, date]:
    """The days asked for."""
    found = []
    for name in ("first", "last"):
        try:
            found.append(date.fromisoformat(request.args.get(name, "").strip()))
        except ValueError as error:
            raise Invalid(field=name, reason="date") from error
    return min(found), max(found)


@blueprint.post("/desk/<bureau>/log/table/")
@may_come(LOG_TABLES)
def send_table(bureau: str) -> ResponseReturnValue:
    """Take a table to be looked through; nothing is stored yet."""
    file = request.files.get("table")
    if file is None or not file.filename:
        return again(_page(bureau, problem=gettext("Please choose a file.")))
    person = get_identity()
    try:
        sent = uploads.send_table(
            bureau, file.stream, scopes=_scopes(bureau), person_id=person.person_id, actor=person.actor, clock=utcnow
        )  # fmt: skip
    except Refused as refusal:
        return again(_page(bureau, problem=word(refusal)))
    return see("upload", bureau=bureau, token=sent.token)


@blueprint.get("/desk/<bureau>/log/table/sent/<token>/")
@may_come(LOG_TABLES)
def upload(bureau: str, token: str) -> ResponseReturnValue:
    """How far a table is: what is wrong in it, what it would count, what it counted."""
    found = _mine(bureau, token)
    if wanted_by_htmx():
        part = make_response(render_template("servicelog/_upload_progress.html", bureau=bureau, upload=found))
        if not found.at_work:
            part.headers["HX-Refresh"] = "true"  # the whole page changes when it is done
        return part
    refusal, problems = uploads.refusal_of(found), uploads.problems_of(found)
    return render_template(
        "servicelog/upload.html", bureau=bureau, upload=found, refusal=word(refusal) if refusal else "",
        faults=[_fault(one) for one in problems[:SHOWN]], where=[_months(one) for one in found.where],
    )  # fmt: skip


@blueprint.get("/desk/<bureau>/log/table/sent/<token>/wrong.csv")
@may_come(LOG_TABLES)
def upload_problems(bureau: str, token: str) -> Response:
    """Everything that is wrong in a table."""
    faults = [_fault(one) for one in uploads.problems_of(_mine(bureau, token))]
    heads = [gettext("Line"), gettext("Column"), gettext("What is wrong")]
    body = exports.problems_csv(((one.line, one.column, one.words) for one in faults), heads)
    return _attached(body, "csv", "wrong.csv")


@blueprint.post("/desk/<bureau>/log/table/sent/<token>/take")
@may_come(LOG_TABLES)
def take_table(bureau: str, token: str) -> ResponseReturnValue:
    """Count what the table says; a second click counts nothing."""
    person_id = get_identity().person_id
    uploads.take_table(bureau, token, scopes=_scopes(bureau), person_id=person_id, clock=utcnow)
    return see("upload", bureau=bureau, token=token)


@blueprint.post("/desk/<bureau>/log/table/sent/<token>/drop")
@may_come(LOG_TABLES)
def drop_table(bureau: str, token: str) -> ResponseReturnValue:
    """Forget the table."""
    with suppress(NotFound):  # it is forgotten already
        uploads.drop_table(bureau, token, person_id=get_identity().person_id, now=utcnow())
    return see("tables", bureau=bureau)


def _mine(bureau: str, token: str) -> Upload:
    return uploads.get_upload(bureau, token, person_id=get_identity().person_id, now=utcnow())


def _months(where: Where) -> tuple[Month, Month, int, int]:
    return Month.parse(where.month), Month.parse(where.counts_in), where.new, where.known


def _fault(problem: Problem) -> Fault:
    return Fault(line=problem.line, column=problem.column, words=_why(problem))


def _why(problem: Problem) -> str:
    """The reason; where a code is none of a short list, with the list."""
    if problem.refusal.params.get("reason") != "choice" or problem.column not in BANDS:
        return word(problem.refusal)
    codes, value = formats.listed(BANDS[problem.column], current_language()), problem.refusal.params["value"]
    return str(gettext("“%(value)s” is not one of the words: %(words)s.", value=value, words=codes))


def _right_to_left() -> bool:
    return LANGUAGES[current_language()].direction == "rtl"


def _is_front_desk(bureau: str) -> bool:
    return bureau in get_identity().receives


def _ties(person: Identity, bureau: str) -> list[Any]:
    return [tie for tie in person.members_at(bureau) if tie.coordinates]


def _scopes(bureau: str) -> tuple[Scope, ...]:
    """Whose entries the person brings in and takes away: everybody's at the front desk, else of what they coordinate."""
    if _is_front_desk(bureau):
        return (EVERY_ORGANISATION,)
    return tuple(scope_of(tie.organisation_id) for tie in _ties(get_identity(), bureau))


def _scope(bureau: str, code: str) -> Scope:
    """The scope of one organisation, or of all where none is named and the person may see all; NotFound otherwise."""
    if not code and _is_front_desk(bureau):
        return EVERY_ORGANISATION
    owner = next((one.id for one in _own(bureau) if one.code == code), None)
    if owner is None:
        raise NotFound
    return scope_of(owner)


def _own(bureau: str) -> list[Any]:
    """The partners, of now and of before, whose tables the person may see."""
    partners = [tie.organisation for tie in places.partnerships(places.get_bureau(bureau).id, active=None)]
    return [one for one in partners if any(scope.covers(one.id) for scope in _scopes(bureau))]
