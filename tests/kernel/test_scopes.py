"""A statement that touches an organisation's things without saying whose is refused; with a scope it sees no other's."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import (
    ClauseElement,
    Select,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    text,
    true,
    union,
    update,
)
from sqlalchemy.orm import Session, aliased, joinedload, scoped_session, selectinload

from bureau.kernel.database import EVERY_ORGANISATION, Base, OrganisationOwned, Scope, Unscoped, db, lines
from bureau.organisations.models import Organisation, Worker, WorkerService
from tests.factories.organisations import a_worker, an_organisation

Make = Callable[[], Any]
other = aliased(Worker)

BINDABLE: dict[str, Make] = {
    "the class": lambda: select(Worker.label),
    "a count": lambda: select(func.count()).select_from(Worker),
    "a join": lambda: select(Worker.label).select_from(Organisation).join(Worker, true()),
    "a join without its columns": lambda: select(WorkerService.worker_id).join(
        Worker, Worker.id == WorkerService.worker_id
    ),
    "an implicit join": lambda: select(Organisation.code).where(Worker.organisation_id == Organisation.id),
    "exists": lambda: select(Organisation.code).where(exists().where(Worker.organisation_id == Organisation.id)),
    "exists of a class": lambda: select(Organisation.code).where(
        exists(1).select_from(Worker).where(Worker.organisation_id == Organisation.id)
    ),
    "a subquery in IN": lambda: select(Organisation.code).where(Organisation.id.in_(select(Worker.organisation_id))),
    "a scalar subquery": lambda: select(select(func.count(Worker.id)).scalar_subquery()),
    "a subquery": lambda: select(select(Worker.label).subquery().c.label),
    "a common table": lambda: select(select(Worker.label).cte().c.label),
    "a union": lambda: union(select(Worker.label), select(Worker.label)),
    "an alias": lambda: select(other.label),
    "an alias of a subquery": lambda: select(aliased(Worker, select(Worker).subquery()).label),
    "a joined alias": lambda: select(Organisation.code).join(other, other.organisation_id == Organisation.id),
}
OUT_OF_REACH: dict[str, Make] = {
    "the table": lambda: select(Worker.__table__.c.label),
    "a joined table": lambda: select(Organisation.code).join(Worker.__table__, true()),
    "an alias of the table": lambda: select(Worker.__table__.alias().c.label),
    "words of SQL": lambda: text("SELECT label FROM worker"),
    "words of SQL as a column": lambda: select(Organisation.code, literal_column("(SELECT max(label) FROM worker)")),
    "the class from words of SQL": lambda: select(Worker).from_statement(text("SELECT * FROM worker")),
}


@pytest.fixture
def ours(session: scoped_session[Session]) -> Scope:
    """The scope of one of two organisations, each with a worker."""
    mine, theirs = an_organisation("mine"), an_organisation("theirs")
    a_worker(mine, "Mine"), a_worker(theirs, "Theirs")
    session.commit()
    scope = Scope(mine.id)
    session.expunge_all()
    return scope


def rows(statement: ClauseElement, scope: Scope | None = None) -> list[Any]:
    options = scope.options() if scope is not None else {}
    return list(db.session.execute(statement, execution_options=options).unique().all())


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize("make", [*BINDABLE.values(), *OUT_OF_REACH.values()], ids=[*BINDABLE, *OUT_OF_REACH])
def test_a_query_on_an_organisations_things_without_a_scope_is_refused(make: Make) -> None:
    with pytest.raises(Unscoped):
        rows(make())


@pytest.mark.parametrize("make", BINDABLE.values(), ids=BINDABLE)
def test_a_scoped_query_sees_its_own_organisation_and_no_other(ours: Scope, make: Make) -> None:
    everything, own = rows(make(), EVERY_ORGANISATION), rows(make(), ours)

    assert "Theirs" not in str(own)
    assert "theirs" not in str(own)
    assert own != everything


@pytest.mark.parametrize("make", BINDABLE.values(), ids=BINDABLE)
@pytest.mark.usefixtures("ours")
def test_the_scope_of_an_organisation_without_anything_finds_nothing(make: Make) -> None:
    found = rows(make(), Scope(an_organisation("nobody").id))

    assert found in ([], [(0,)])


@pytest.mark.parametrize("make", OUT_OF_REACH.values(), ids=OUT_OF_REACH)
def test_what_no_scope_can_be_bound_to_is_refused_under_one(ours: Scope, make: Make) -> None:
    with pytest.raises(Unscoped):
        rows(make(), ours)


@pytest.mark.parametrize("make", OUT_OF_REACH.values(), ids=OUT_OF_REACH)
@pytest.mark.usefixtures("ours")
def test_the_bureau_itself_may_ask_in_any_way(make: Make) -> None:
    found = rows(make(), EVERY_ORGANISATION)

    assert len(found) >= 1


def test_one_statement_serves_one_scope_after_another(ours: Scope) -> None:
    statement = select(Worker.label)
    theirs = Scope(an_organisation("theirs").id)

    found = [rows(statement, scope) for scope in (ours, theirs, ours, EVERY_ORGANISATION)]

    assert found == [[("Mine",)], [("Theirs",)], [("Mine",)], [("Mine",), ("Theirs",)]]


def test_a_statement_known_from_before_is_refused_all_the_same_without_a_scope(ours: Scope) -> None:
    rows(select(Worker.label).where(Worker.id > 0), ours)

    with pytest.raises(Unscoped):
        rows(select(Worker.label).where(Worker.id > 1))


def test_words_of_sql_are_told_apart_by_what_they_say(ours: Scope) -> None:
    rows(select(Organisation.code, literal_column("(SELECT max(code) FROM organisation)")))

    with pytest.raises(Unscoped):
        rows(select(Organisation.code, literal_column("(SELECT max(label) FROM worker)")))


@pytest.mark.parametrize(
    "make",
    [
        lambda: update(Worker).values(label="changed"),
        lambda: delete(Worker),
        lambda: update(Organisation).where(Organisation.id == Worker.organisation_id).values(email="x@example.org"),
        lambda: insert(WorkerService).from_select(["worker_id", "service_id"], select(Worker.id, Worker.id + 100)),
    ],
    ids=["update", "delete", "update beside", "insert from select"],
)
@pytest.mark.usefixtures("ours")
def test_a_change_without_a_scope_is_refused(session: scoped_session[Session], make: Make) -> None:
    with pytest.raises(Unscoped):
        session.execute(make())


def test_an_update_under_a_scope_changes_no_other_organisations_rows(
    session: scoped_session[Session], ours: Scope
) -> None:
    session.execute(update(Worker).values(label="changed"), execution_options=ours.options())

    assert sorted(rows(select(Worker.label), EVERY_ORGANISATION)) == [("Theirs",), ("changed",)]


def test_a_row_got_by_its_key_is_refused_without_a_scope(session: scoped_session[Session], ours: Scope) -> None:
    (found,) = rows(select(Worker.id), ours)

    with pytest.raises(Unscoped):
        session.get(Worker, found.id)


@pytest.mark.parametrize("loaded_before", [False, True])
def test_another_organisations_row_cannot_be_got_by_its_key(
    session: scoped_session[Session], ours: Scope, loaded_before: bool
) -> None:
    ids = {row.label: row.id for row in rows(select(Worker.id, Worker.label), EVERY_ORGANISATION)}
    held = rows(select(Worker), EVERY_ORGANISATION) if loaded_before else []

    mine = session.get(Worker, ids["Mine"], execution_options=ours.options())
    theirs = session.get(Worker, ids["Theirs"], execution_options=ours.options())

    assert (mine is not None, theirs, len(held)) == (True, None, 2 if loaded_before else 0)


def test_a_row_loaded_before_is_still_refused_without_a_scope(session: scoped_session[Session], ours: Scope) -> None:
    (held,) = rows(select(Worker), ours)

    with pytest.raises(Unscoped):
        session.get(Worker, held[0].id)


@pytest.mark.parametrize("load", [joinedload, selectinload])
def test_eager_loading_cannot_reach_an_organisations_things_without_a_scope(
    session: scoped_session[Session], load: Any
) -> None:
    ties = [tie for mapper in Base.registry.mappers for tie in mapper.relationships if _leads_to_owned(tie)]

    for tie in ties:
        with pytest.raises(Unscoped):
            session.execute(select(tie.parent.class_).options(load(getattr(tie.parent.class_, tie.key))))


def test_no_relationship_to_an_organisations_things_loads_by_itself() -> None:
    eager = [str(tie) for mapper in Base.registry.mappers for tie in mapper.relationships if tie.lazy != "raise"]

    assert eager == []


def test_new_rows_are_stored_without_a_scope(session: scoped_session[Session], ours: Scope) -> None:
    a_worker(an_organisation("mine"), "New")
    session.flush()

    assert sorted(rows(select(Worker.label), ours)) == [("Mine",), ("New",)]


def test_tables_that_belong_to_nobody_need_no_scope(ours: Scope) -> None:
    found: Select[Any] = select(Organisation.code).order_by(Organisation.code)

    assert rows(found) == [("mine",), ("theirs",)]


def _leads_to_owned(tie: Any) -> bool:
    return issubclass(tie.mapper.class_, OrganisationOwned)


def test_columns_asked_without_the_mapper_are_those_of_every_organisation_or_of_none(
    session: scoped_session[Session],
) -> None:
    of_workers = select(Worker.label)
    of_all = of_workers.execution_options(**EVERY_ORGANISATION.options())
    of_one = of_workers.execution_options(**Scope(1).options())

    allowed = [lines(one, {}).all() for one in (select(Organisation.code), of_all)]

    assert allowed == [[], []]
    for refused in (of_workers, of_one):
        with pytest.raises(Unscoped):
            lines(refused, {})
