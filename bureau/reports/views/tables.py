"""Tables that insiders put together: an organisation of its own log, the manager of the whole bureau's, in fives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.catalogue import queries as catalogue
from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import NotFound
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.domain.cells import UNKNOWN
from bureau.reports.domain.crossing import MONTH, NEED, SPLITS, Asked, Crossed, TableImpossible, ensure_possible
from bureau.reports.domain.plan import CONSULTATIONS
from bureau.reports.exports.insiders import Line, Sheet, table_csv, table_xlsx
from bureau.reports.queries.crossing import own_table, told_months, whole_table
from bureau.reports.queries.figures import BANDS
from bureau.reports.site.names import COMMON, DIMENSIONS, MEASURES, labels_in
from bureau.web import formats
from bureau.web.furniture import say
from bureau.web.going import again
from bureau.web.guard import STAFF, may_come
from bureau.web.identity import get_identity, scope_of
from bureau.web.languages import LANGUAGES, current_language
from bureau.web.wording import word

from .blueprint import blueprint

OFFERED = 36
"""So many months back a table may begin."""
KINDS: Mapping[str, tuple[str, Callable[[Sheet], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", table_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table_xlsx),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose log a person asks: the whole bureau's where ``organisation`` is empty, else that of one they belong to."""

    organisation: str
    organisation_id: int | None
    name: str


@blueprint.get("/desk/<bureau>/reports/tables", endpoint="report_tables")
@may_come(STAFF)
def tables(bureau: str) -> ResponseReturnValue:
    """Choose a table, and read it."""
    whose, months = _whose(bureau), _months(bureau)
    asked, table, refusal = _asked(months), None, ""
    try:
        table = _table(bureau, whose, asked) if months else None
    except TableImpossible as error:
        refusal = word(error)
    page = render_template(
        "reports/desk/tables.html", bureau=bureau, whose=whose, every=_every(bureau), asked=asked, table=table,
        months=months, measures={one: str(MEASURES[one]) for one in SPLITS}, splits=_splits(), legend=legend(whose),
        name=partial(_name, _names()), series=queries.get_series(places.get_bureau(bureau).id),
        query=_query(whose, asked), refusal=refusal,
    )  # fmt: skip
    return again(page) if refusal else page


@blueprint.get("/desk/<bureau>/reports/tables/file.<kind>")
@may_come(STAFF)
def report_table_file(bureau: str, kind: str) -> Response:
    """The same for a spreadsheet; the file says in its name and in its head that it is not for publication."""
    if kind not in KINDS:
        raise NotFound
    whose, months = _whose(bureau), _months(bureau)
    if not months:
        raise NotFound
    asked = _asked(months)
    content_type, write = KINDS[kind]
    sheet = _sheet(whose, _table(bureau, whose, asked))
    parts = (bureau, whose.organisation or "all", asked.measure, asked.rows, asked.columns, asked.first, asked.last)
    name = "-".join(("NOT-FOR-PUBLICATION", *(str(one).lower() for one in parts if one)))
    answer = Response(write(sheet), content_type=content_type)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{kind}")
    return answer


def _every(bureau: str) -> list[Whose]:
    """Everybody whose log the person may ask."""
    person = get_identity()
    names = {one.code: one.name for one in places.organisations()}
    whole = [Whose(organisation="", organisation_id=None, name=gettext("The whole bureau"))]
    own = [
        Whose(organisation=tie.organisation, organisation_id=tie.organisation_id, name=say(names[tie.organisation]))
        for tie in person.members_at(bureau)
    ]
    return [*(whole if person.manages_bureau(bureau) else []), *own]


def _whose(bureau: str) -> Whose:
    """The one that is asked for, else the first; NotFound where it is not the person's."""
    every, code = _every(bureau), request.args.get("organisation")
    found = next((one for one in every if code in (None, one.organisation)), None)
    if found is None:
        raise NotFound
    return found


def _months(bureau: str) -> list[Month]:
    """The months that may be asked for, the latest first: of the whole bureau only those whose rounded report is public."""
    place = places.get_bureau(bureau)
    if _whose(bureau).organisation_id is None:
        return sorted(told_months(place.id), reverse=True)[:OFFERED]
    today = Month.of(local_date(utcnow(), place.timezone))
    return [today.shifted(-back) for back in range(OFFERED)]


def _asked(months: list[Month]) -> Asked:
    """What the address asks for; consultations by need in the latest month where it says nothing."""
    args, latest = request.args, str(months[0]) if months else "2000-01"
    first, last = Month.parse(args.get("first", latest)), Month.parse(args.get("last", latest))
    return Asked(
        measure=args.get("measure", CONSULTATIONS), rows=args.get("rows", NEED), columns=args.get("columns", ""),
        first=min(first, last), last=max(first, last),
    )  # fmt: skip


def _table(bureau: str, whose: Whose, asked: Asked) -> Crossed:
    ensure_possible(asked)
    bureau_id = places.get_bureau(bureau).id
    if whose.organisation_id is None:
        return whole_table(bureau_id, asked, now=utcnow())
    return own_table(bureau_id, asked, scope=scope_of(whose.organisation_id), now=utcnow())


def _query(whose: Whose, asked: Asked) -> dict[str, Any]:
    """The table in an address."""
    return {
        "organisation": whose.organisation, "measure": asked.measure, "rows": asked.rows, "columns": asked.columns,
        "first": asked.first, "last": asked.last,
    }  # fmt: skip


def _splits() -> dict[str, str]:
    """What a table may be told apart by, in the reader's language."""
    return {MONTH: gettext("Month"), NEED: gettext("Need"), **{name: str(word) for name, word in DIMENSIONS.items()}}


def _names() -> dict[tuple[str, str], str]:
    """What every code is called, by what it tells apart."""
    language = current_language()
    found = {(NEED, one.code): say(one.name) for one in catalogue.categories()}
    found |= {("SERVICE", one.code): say(one.name) for one in catalogue.services()}
    found |= {("LANGUAGE", tag): say(one.name) for tag, one in catalogue.languages_by_tag().items()}
    found |= {("ORGANISATION", one.code): say(one.name) for one in places.organisations()}
    found |= {("STATUS", one.code): say(one.name) for one in catalogue.status_groups()}
    found |= {key: words[language] for key, words in labels_in([language]).items() if key[0]}
    return found | {(name, UNKNOWN): str(COMMON[UNKNOWN]) for name in ("STATUS", *BANDS)}


def _name(names: Mapping[tuple[str, str], str], split: str, code: str) -> str:
    if split == MONTH:
        return formats.capital(formats.month_name(Month.parse(code), current_language()))
    return names.get((split, code), code)


def _sheet(whose: Whose, table: Crossed) -> Sheet:
    """The table as it is written into a file."""
    asked, names, splits = table.asked, _names(), _splits()
    by = " × ".join(splits[one] for one in (asked.rows, asked.columns) if one)
    span = formats.listed(
        dict.fromkeys(_name({}, MONTH, str(one)) for one in (asked.first, asked.last)), current_language()
    )
    columns = table.columns if asked.columns else ()
    together = gettext("Together")
    lines: list[Line] = [
        (_name(names, asked.rows, row), *(table.number(row, column) for column in columns), table.number(row, None))
        for row in table.rows
    ]
    last: Line = (together, *(table.number(None, column) for column in columns), table.number(None, None))
    return Sheet(
        mark=gettext("Not for publication"), title=formats.dotted((str(MEASURES[asked.measure]), by, span, whose.name)),
        note=legend(whose), head=(splits[asked.rows], *(_name(names, asked.columns, one) for one in columns), together),
        lines=(*lines, last), right_to_left=LANGUAGES[current_language()].direction == "rtl",
    )  # fmt: skip


def legend(whose: Whose) -> str:
    """How exact the numbers are."""
    if whose.organisation_id is None:
        return str(
            gettext(
                "Numbers of people are told in fives, so that nobody can be counted out. Every such table is made of the same log in fives, so all of them add up and agree. A number can be off by a few, and 0 can mean a few. Sessions are counted exactly."
            )
        )
    own = gettext("These are your own entries, exactly as your log has them. Small numbers can point at people.")
    return str(own)
