"""Declaring by a table: taken away, filled in, tried, and taken over whole or not at all."""

from dataclasses import dataclass
from datetime import date

from flask import Response, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext, pgettext

from bureau.kernel.errors import NotFound, Refused
from bureau.rotation import exports
from bureau.rotation.domain.draft import Cells, at, cells_now, changes
from bureau.rotation.domain.offer_table import Problem, ReadTable, read_table
from bureau.rotation.domain.offers import OfferPage, WorkerChoice
from bureau.rotation.domain.refusals import UnknownLevel
from bureau.rotation.domain.rounds import Block
from bureau.rotation.forms.offers import written_in
from bureau.web import formats
from bureau.web.going import again, see
from bureau.web.guard import COORDINATOR, may_come
from bureau.web.languages import LANGUAGES, current_language, writing_in
from bureau.web.tables import Limits, lines_of
from bureau.web.wording import word

from .blueprint import blueprint
from .offers import keep, offer_page

LEVEL_NAMES = {
    "preferred": lazy_gettext("Preferred"),
    "possible": lazy_gettext("Possible"),
    "undesired": lazy_gettext("Rather not"),
    "": lazy_gettext("Not possible"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that the table would change."""

    worker: WorkerChoice
    block: Block
    was: str
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong in one field, in the reader's words."""

    line: int
    column: str
    words: str


@blueprint.get("/desk/<bureau>/<month>/offers/<organisation>/table")
@may_come(COORDINATOR)
def upload_offer(bureau: str, month: str, organisation: str) -> str:
    """The table to take away, and where to bring it back."""
    return _render(offer_page(bureau, month, organisation))


@blueprint.get("/desk/<bureau>/<month>/offers/<organisation>/table.<kind>")
@may_come(COORDINATOR)
def offer_file(bureau: str, month: str, organisation: str, kind: str) -> Response:
    """The month’s blocks and workers with what is written now."""
    if kind not in ("csv", "xlsx"):
        raise NotFound
    table = _table(offer_page(bureau, month, organisation))
    body, media = (
        (exports.offer_csv(table), exports.CSV) if kind == "csv" else (exports.offer_xlsx(table), exports.XLSX)
    )
    answer = Response(body, mimetype=media)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{organisation}-{month}.{kind}")
    return answer


@blueprint.post("/desk/<bureau>/<month>/offers/<organisation>/table")
@may_come(COORDINATOR)
def try_table(bureau: str, month: str, organisation: str) -> ResponseReturnValue:
    """What the table would change, and all that is wrong in it; nothing is stored yet."""
    page, file = offer_page(bureau, month, organisation), request.files.get("table")
    if file is None or not file.filename:
        return again(_render(page, problem=gettext("Please choose a file.")))
    try:
        lines = list(lines_of(file.stream, Limits()))
    except Refused as error:
        return again(_render(page, problem=word(error)))
    read = read_table(lines, page.workers, page.blocks, _levels())
    return again(_render(page, read=read)) if read.problems else _render(page, read=read)


@blueprint.post("/desk/<bureau>/<month>/offers/<organisation>/table/take")
@may_come(COORDINATOR)
def take_table(bureau: str, month: str, organisation: str) -> ResponseReturnValue:
    """The tried table onto the page; it can be undone there."""
    cells = written_in(request.form)
    keep(bureau, month, organisation, {}, sweep=lambda page: cells)
    flash(ngettext("%(num)d hour was filled in.", "%(num)d hours were filled in.", len(cells)), "ok")
    return see("declare", bureau=bureau, month=month, organisation=organisation)


def _render(page: OfferPage, *, read: ReadTable | None = None, problem: str = "") -> str:
    wanted = changes(read.cells, cells_now(page)) if read else {}
    return render_template(
        "rotation/upload_offer.html", bureau=page.round.bureau, page=page, round=page.round, problem=problem, read=read,
        wanted=wanted, changes=_changes(page, wanted), faults=[_fault(one) for one in read.problems] if read else [],
    )  # fmt: skip


def _changes(page: OfferPage, wanted: Cells) -> list[Change]:
    now = cells_now(page)
    return [
        Change(worker=worker, block=block, was=now[name], becomes=wanted[name])
        for worker in page.workers
        for block in page.blocks
        if (name := at(worker.id, block.code)) in wanted
    ]


def _fault(problem: Problem) -> Fault:
    return Fault(line=problem.line, column=_letter(problem.column), words=_why(problem.refusal))


def _why(refusal: Refused) -> str:
    if not isinstance(refusal, UnknownLevel):
        return word(refusal)
    words = formats.listed((str(name) for name in LEVEL_NAMES.values()), current_language())
    return str(gettext("“%(value)s” is not one of the words: %(words)s.", value=refusal.params["value"], words=words))


def _letter(column: int) -> str:
    """A column as spreadsheets name it."""
    before, place = divmod(column, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + place)


def _levels() -> dict[str, str]:
    """Every word for a level in every language of the interface, since a table goes from hand to hand."""
    words = {level: level for level in LEVEL_NAMES}
    for tag in LANGUAGES:
        with writing_in(tag):
            words |= {str(name).casefold(): level for level, name in LEVEL_NAMES.items()}
    return words


def _table(page: OfferPage) -> exports.OfferTable:
    """The page as a table, in the reader's language."""
    cells, language = cells_now(page), current_language()
    heads = [gettext("Date"), gettext("Weekday"), pgettext("hour", "From"), pgettext("hour", "To")]
    return exports.OfferTable(
        title=str(page.round.month),
        heads=[*heads, *(worker.label for worker in page.workers)],
        lines=[_line(block, page, cells, language) for block in page.blocks if block.key not in page.shut],
        levels=[str(name) for name in LEVEL_NAMES.values()],
        right_to_left=LANGUAGES[language].direction == "rtl",
    )


def _line(block: Block, page: OfferPage, cells: Cells, language: str) -> list[date | str]:
    levels = (cells[at(worker.id, block.code)] for worker in page.workers)
    words = [str(LEVEL_NAMES[level]) if level else "" for level in levels]
    hours = [formats.clock(block.starts), formats.clock(block.ends)]
    return [block.day, formats.weekday(block.day, language), *hours, *words]
