"""Invitations, signing in, passwords, roles: what is stored, what is mailed, what is refused."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session, scoped_session

from bureau.accounts import actions
from bureau.accounts.actions.passwords import hash_password
from bureau.accounts.domain import DeadLink, HeldElsewhere, OwnRole, TooManyTries, WrongCredentials, hash_of
from bureau.accounts.models import OneTimeLink, Person, Role, SignInSession, SignInTry
from bureau.accounts.queries import find_identity, find_sign_in, get_person
from bureau.kernel.audit import AuditEntry
from bureau.kernel.database import db
from bureau.kernel.errors import Forbidden, Invalid, NotFound
from bureau.kernel.outbox import OutboxMail
from bureau.organisations.models import Partnership
from bureau.web.identity import Membership
from tests.accounts.conftest import PASSWORD, Town
from tests.factories.accounts import identity_of, person
from tests.factories.organisations import a_bureau

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NEW = "three old green trains"


def invite(
    email: str = "new@example.org", role: str = "coordinator", scope: str | None = "open-gate", **more: object
) -> str:
    invited = actions.invite_person(email=email, role=role, scope=scope, **{"by": "test", "now": NOON, **more})
    return invited.link.rpartition("/")[2]


def sign_in(
    email: str = "lina@opengate.example", password: str = PASSWORD, *, address: str = "192.0.2.1", now: datetime = NOON
) -> str:
    return actions.sign_in(email=email, password=password, address=address, device="Firefox", now=now)


def accept(token: str, *, password: str = NEW, now: datetime = NOON) -> str:
    return actions.accept_invitation(token=token, name=" New  Person ", password=password, device="Firefox", now=now)


def stored(email: str) -> Person:
    return get_person(db.session.scalars(select(Person.id).where(Person.email == email)).one())


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def mails() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def reset_token() -> str:
    actions.request_password_reset(email="lina@opengate.example", address="192.0.2.1", now=NOON)
    found = re.search(r"/desk/password/(\S+)", mails()[-1].body)
    assert found is not None
    return found[1]


# Inviting


def test_an_invitation_opens_an_account_with_its_role_and_mails_a_link_in_the_persons_language(town: Town) -> None:
    token = invite("New@Example.org ", language="ar")

    account, (mail,) = stored("new@example.org"), mails()
    assert [(role.kind, role.organisation_id) for role in account.roles] == [("coordinator", town.ours.id)]
    assert (account.password_hash, account.language) == (None, "ar")
    assert (mail.to, mail.language) == ("new@example.org", "ar")
    assert f"http://localhost/desk/invitation/{token}" in mail.body


def test_only_the_hash_of_an_invitation_is_kept_and_the_audit_holds_no_secret(town: Town) -> None:
    token = invite()

    (link,), audit = db.session.scalars(select(OneTimeLink)).all(), db.session.scalars(select(AuditEntry)).all()
    assert link.token_hash == hash_of(token)
    assert token not in str([(entry.action, entry.before, entry.after) for entry in audit])


def test_inviting_somebody_again_adds_the_role_once(town: Town) -> None:
    for role, scope in (
        ("coordinator", "open-gate"),
        ("worker", "open-gate"),
        ("worker", "open-gate"),
        ("manager", "golden-river"),
    ):
        invite(role=role, scope=scope)

    assert sorted(role.kind for role in stored("new@example.org").roles) == ["coordinator", "manager", "worker"]


def test_a_fresh_invitation_ends_the_one_before(town: Town) -> None:
    first = invite()
    invite()

    with pytest.raises(DeadLink):
        accept(first)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "not an address"}, "email"), ({"role": "king"}, "role"), ({"scope": "no-such"}, "scope"),
        ({"scope": None}, "scope"), ({"role": "administrator"}, "scope"), ({"language": "tlh"}, "language"),
    ],
)  # fmt: skip
def test_an_invitation_that_makes_no_sense_is_refused_and_stores_nothing(
    town: Town, values: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        invite(**values)

    assert (refusal.value.field, count(Person), count(OutboxMail)) == (field, 0, 0)


@pytest.mark.parametrize(
    ("role", "scope"),
    [("manager", "blue-hill"), ("coordinator", "far-shore"), ("worker", "far-shore"), ("administrator", None)],
)
def test_a_manager_gives_no_role_outside_the_bureau(town: Town, role: str, scope: str | None) -> None:
    manager = identity_of(person(manages=[town.here]))

    with pytest.raises(Forbidden):
        invite(role=role, scope=scope, within="golden-river", by=manager)

    assert count(Role) == 1


@pytest.mark.parametrize(
    ("role", "scope"), [("manager", "golden-river"), ("coordinator", "open-gate"), ("worker", "pomegranate")]
)
def test_a_manager_gives_every_role_of_the_bureau(town: Town, role: str, scope: str) -> None:
    invite(role=role, scope=scope, within="golden-river", by=identity_of(person(manages=[town.here])))

    assert [held.kind for held in stored("new@example.org").roles] == [role]


def test_an_account_closed_elsewhere_is_not_opened_by_another_bureaus_manager(town: Town) -> None:
    person(email="closed@example.org", active=False, coordinates=[town.far])

    with pytest.raises(HeldElsewhere):
        invite("closed@example.org", within="golden-river", by=identity_of(person(manages=[town.here])))


def test_inviting_a_closed_account_opens_it_again(town: Town) -> None:
    person(email="closed@example.org", active=False, coordinates=[town.ours])

    invite("closed@example.org", within="golden-river", by=identity_of(person(manages=[town.here])))

    assert stored("closed@example.org").active


def test_an_invitation_can_be_sent_again_by_the_manager_of_the_place_only(town: Town) -> None:
    invited = actions.invite_person(email="new@example.org", role="worker", scope="open-gate", by="test", now=NOON)

    again = actions.invite_again(
        invited.person_id, bureau="golden-river", by=identity_of(person(manages=[town.here])), now=NOON
    )

    assert (again.is_new, again.link != invited.link, len(mails())) == (True, True, 2)
    with pytest.raises(NotFound):
        actions.invite_again(
            invited.person_id, bureau="blue-hill", by=identity_of(person(manages=[town.there])), now=NOON
        )


def test_the_link_of_an_account_that_is_also_awaited_elsewhere_is_not_shown_to_a_manager(town: Town) -> None:
    awaited = person(coordinates=[town.ours], manages=[town.there])

    again = actions.invite_again(
        awaited.id, bureau="golden-river", by=identity_of(person(manages=[town.here])), now=NOON
    )

    assert not again.is_new


# Accepting


def test_accepting_sets_name_and_password_and_signs_in(town: Town) -> None:
    opened = accept(invite())

    signed_in = find_sign_in(opened, now=NOON)
    assert signed_in is not None
    assert (signed_in.person.name, signed_in.device) == ("New Person", "Firefox")
    assert sign_in("new@example.org", NEW)


def test_an_invitation_works_once(town: Town) -> None:
    token = invite()
    accept(token)

    with pytest.raises(DeadLink):
        accept(token, password="another password of mine")


def test_an_invitation_expires(town: Town) -> None:
    token = invite()

    with pytest.raises(DeadLink):
        accept(token, now=NOON + timedelta(days=14))


def test_a_weak_password_does_not_use_the_invitation_up(town: Town) -> None:
    token = invite()
    with pytest.raises(Invalid):
        accept(token, password="short")

    assert accept(token)


def test_an_invitation_is_no_password_reset(town: Town) -> None:
    token = invite()

    with pytest.raises(DeadLink):
        actions.reset_password(token=token, password=NEW, now=NOON)


# Signing in and out


def test_signing_in_keeps_only_the_hash_of_the_token(lina: Person) -> None:
    token = sign_in(" Lina@OpenGate.example")

    (row,) = db.session.scalars(select(SignInSession)).all()
    assert (row.token_hash, row.person_id, row.expires_at) == (hash_of(token), lina.id, NOON + timedelta(days=14))


@pytest.mark.parametrize(
    ("email", "password"), [("lina@opengate.example", "wrong"), ("nobody@example.org", PASSWORD), ("", "")]
)
def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(lina: Person, email: str, password: str) -> None:
    with pytest.raises(WrongCredentials) as refusal:
        sign_in(email, password)

    assert (refusal.value.params, refusal.value.field) == ({}, None)


def test_an_account_without_password_or_closed_cannot_be_entered(town: Town) -> None:
    person(email="invited@example.org")
    person(email="closed@example.org", active=False, password_hash=hash_password(PASSWORD))

    for email in ("invited@example.org", "closed@example.org"):
        with pytest.raises(WrongCredentials):
            sign_in(email)


def test_after_five_failed_tries_even_the_right_password_waits(lina: Person) -> None:
    for number in range(5):
        with pytest.raises(WrongCredentials):
            sign_in(password="wrong", address=f"192.0.2.{number}")

    with pytest.raises(TooManyTries):
        sign_in(address="192.0.2.99")
    assert sign_in(now=NOON + timedelta(minutes=15))


def test_an_unknown_account_is_throttled_like_a_known_one(lina: Person) -> None:
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            sign_in("nobody@example.org")

    with pytest.raises(TooManyTries):
        sign_in("nobody@example.org", address="192.0.2.50")


def test_after_twenty_failed_tries_from_one_address_every_account_waits_there_only(lina: Person) -> None:
    for number in range(20):
        with pytest.raises(WrongCredentials):
            sign_in(f"somebody{number}@example.org")

    with pytest.raises(TooManyTries):
        sign_in()
    assert sign_in(address="192.0.2.2")


def test_the_right_password_forgets_the_accounts_failed_tries(lina: Person) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(WrongCredentials):
                sign_in(password="wrong")
        sign_in()

    assert count(SignInTry) == 0


def test_who_tried_from_where_cannot_be_read_in_the_table(lina: Person) -> None:
    with pytest.raises(WrongCredentials):
        sign_in(password="wrong")

    (row,) = db.session.scalars(select(SignInTry)).all()
    assert ("lina" in row.account, "192.0.2.1" in row.address, len(row.account)) == (False, False, 64)


def test_a_password_hashed_at_another_cost_is_hashed_anew_when_it_is_used(lina: Person) -> None:
    before = lina.password_hash = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    db.session.commit()

    sign_in()

    assert lina.password_hash != before
    assert sign_in()


def test_signing_out_ends_this_sign_in_only(lina: Person) -> None:
    here, elsewhere = sign_in(), sign_in()

    actions.sign_out(here, now=NOON)

    assert (find_sign_in(here, now=NOON), find_sign_in(elsewhere, now=NOON) is not None) == (None, True)


def test_signing_out_everywhere_ends_every_sign_in_of_this_person_only(lina: Person) -> None:
    person(email="other@example.org", password_hash=hash_password(PASSWORD))
    mine, other = [sign_in(), sign_in()], sign_in("other@example.org")

    actions.sign_out_everywhere(lina.id, now=NOON)

    assert [find_sign_in(token, now=NOON) for token in mine] == [None, None]
    assert find_sign_in(other, now=NOON) is not None


def test_signing_out_the_others_leaves_this_browser(lina: Person) -> None:
    here, elsewhere = sign_in(), sign_in()

    actions.sign_out_others(here, person_id=lina.id, now=NOON)

    assert (find_sign_in(here, now=NOON) is not None, find_sign_in(elsewhere, now=NOON)) == (True, None)


def test_a_sign_in_lasts_fourteen_days_from_the_last_visit(lina: Person) -> None:
    token = sign_in()
    visited = NOON + timedelta(days=10)

    actions.note_visit(token, now=visited)

    assert find_sign_in(token, now=visited + timedelta(days=13)) is not None
    assert find_sign_in(token, now=visited + timedelta(days=14)) is None


def test_what_no_longer_counts_is_deleted(lina: Person) -> None:
    sign_in()
    invite()
    with pytest.raises(WrongCredentials):
        sign_in(password="wrong")

    gone = actions.prune(now=NOON + timedelta(days=100))

    assert (gone, count(SignInSession), count(SignInTry), count(OneTimeLink)) == (3, 0, 0, 0)


# Passwords


def test_a_reset_sets_the_password_and_ends_every_sign_in(lina: Person) -> None:
    before, token = sign_in(), reset_token()

    actions.reset_password(token=token, password=NEW, now=NOON)

    assert find_sign_in(before, now=NOON) is None
    assert sign_in(password=NEW)
    with pytest.raises(WrongCredentials):
        sign_in(password=PASSWORD)


def test_a_reset_works_once_and_for_two_hours(lina: Person) -> None:
    used = reset_token()
    actions.reset_password(token=used, password=NEW, now=NOON)
    late = reset_token()

    for token, now in ((used, NOON), (late, NOON + timedelta(hours=2))):
        with pytest.raises(DeadLink):
            actions.reset_password(token=token, password="yet another sentence", now=now)


def test_a_reset_frees_an_account_that_strangers_locked(lina: Person) -> None:
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            sign_in(password="wrong")

    actions.reset_password(token=reset_token(), password=NEW, now=NOON)

    assert sign_in(password=NEW)


def test_asking_for_an_unknown_or_closed_account_mails_nobody(town: Town) -> None:
    person(email="closed@example.org", active=False)

    for email in ("nobody@example.org", "closed@example.org", "not an address"):
        actions.request_password_reset(email=email, address="192.0.2.1", now=NOON)

    assert mails() == []


def test_nobodys_mailbox_is_flooded_with_resets(lina: Person) -> None:
    for _ in range(10):
        actions.request_password_reset(email="lina@opengate.example", address="192.0.2.1", now=NOON)
    in_an_hour = len(mails())
    actions.request_password_reset(email="lina@opengate.example", address="192.0.2.1", now=NOON + timedelta(hours=1))

    assert (in_an_hour, len(mails())) == (3, 4)


def test_changing_the_password_keeps_this_browser_and_ends_the_others(lina: Person) -> None:
    here, elsewhere = sign_in(), sign_in()

    actions.change_password(lina.id, current=PASSWORD, password=NEW, token=here, address="192.0.2.1", now=NOON)

    assert (find_sign_in(here, now=NOON) is not None, find_sign_in(elsewhere, now=NOON)) == (True, None)
    assert mails()[-1].subject == "Your password was changed"
    assert sign_in(password=NEW)


def test_the_present_password_is_asked_for_and_cannot_be_guessed(lina: Person) -> None:
    here = sign_in()

    for _ in range(5):
        with pytest.raises(WrongCredentials):
            actions.change_password(lina.id, current="guess", password=NEW, token=here, address="192.0.2.1", now=NOON)
    with pytest.raises(TooManyTries):
        actions.change_password(lina.id, current=PASSWORD, password=NEW, token=here, address="192.0.2.1", now=NOON)


# Oneself and others


def test_a_name_is_cleaned_and_a_language_must_be_one_of_the_seven(lina: Person) -> None:
    actions.change_name(lina.id, name="  Lina \u202e Ivanova ", now=NOON)
    actions.choose_language(lina.id, language="fa", now=NOON)

    assert (lina.name, lina.language) == ("Lina Ivanova", "fa")
    for name in (" ", "x" * 121):
        with pytest.raises(Invalid):
            actions.change_name(lina.id, name=name, now=NOON)
    with pytest.raises(Invalid):
        actions.choose_language(lina.id, language="de", now=NOON)


def test_a_manager_takes_away_roles_of_the_own_bureau_only(town: Town, lina: Person) -> None:
    manager = person(manages=[town.here])
    far = person(coordinates=[town.far])

    actions.remove_role(get_person(lina.id).roles[0].id, bureau="golden-river", by=identity_of(manager), now=NOON)

    assert get_person(lina.id).roles == []
    with pytest.raises(NotFound):
        actions.remove_role(get_person(far.id).roles[0].id, bureau="golden-river", by=identity_of(manager), now=NOON)
    with pytest.raises(NotFound):
        actions.remove_role(999999, bureau="golden-river", by=identity_of(manager), now=NOON)


def test_a_manager_cannot_take_away_the_own_role_or_close_the_own_account(town: Town) -> None:
    manager = person(manages=[town.here])

    with pytest.raises(OwnRole):
        actions.remove_role(
            get_person(manager.id).roles[0].id, bureau="golden-river", by=identity_of(manager), now=NOON
        )
    with pytest.raises(OwnRole):
        actions.deactivate_person(manager.id, bureau="golden-river", by=identity_of(manager), now=NOON)


def test_closing_an_account_ends_its_sign_ins_at_once(town: Town, lina: Person) -> None:
    manager, token = person(manages=[town.here]), sign_in()

    actions.deactivate_person(lina.id, bureau="golden-river", by=identity_of(manager), now=NOON)

    assert find_sign_in(token, now=NOON) is None
    with pytest.raises(WrongCredentials):
        sign_in()


def test_an_account_that_serves_elsewhere_too_is_not_closed_from_here(town: Town) -> None:
    manager, shared = person(manages=[town.here]), person(coordinates=[town.ours, town.far])
    boss = person(administrator=True, coordinates=[town.ours])

    for someone in (shared, boss):
        with pytest.raises(HeldElsewhere):
            actions.deactivate_person(someone.id, bureau="golden-river", by=identity_of(manager), now=NOON)


# Who is signed in


def test_an_identity_knows_roles_organisations_and_bureaux_in_two_queries(
    town: Town, session: scoped_session[Session]
) -> None:
    boss = person(manages=[town.here], coordinates=[town.ours], works_for=[town.ours, town.far])
    boss.password_hash = hash_password(PASSWORD)
    session.commit()
    token = sign_in(boss.email)
    session.expunge_all()
    statements: list[str] = []
    watched = session.connection()

    def note(_c: object, _k: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(watched, "before_cursor_execute", note)
    found = find_identity(token, now=NOON)
    event.remove(watched, "before_cursor_execute", note)

    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1
    assert found is not None
    identity, _ = found
    assert (identity.administrator, identity.manages) == (False, {"golden-river"})
    assert [(tie.organisation, tie.bureaux, tie.coordinates) for tie in identity.memberships] == [
        ("far-shore", {"blue-hill"}, False),
        ("open-gate", {"golden-river"}, True),
    ]
    assert all(isinstance(tie, Membership) for tie in identity.memberships)


def test_a_partnership_that_ended_opens_no_bureau(town: Town, lina: Person, session: scoped_session[Session]) -> None:
    session.scalars(select(Partnership).where(Partnership.organisation_id == town.ours.id)).one().active = False
    session.commit()
    token = sign_in()

    found = find_identity(token, now=NOON)

    assert found is not None
    assert [tie.bureaux for tie in found[0].memberships] == [frozenset()]


def test_many_tries_at_once_cannot_outrun_the_count(installation: Flask) -> None:
    answers: list[str] = []
    together = threading.Barrier(12)

    def guess() -> None:
        together.wait()
        with installation.app_context():
            try:
                sign_in("lina@opengate.example", "guess")
            except (WrongCredentials, TooManyTries) as refusal:
                answers.append(refusal.code)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["too_many_tries"] * 7 + ["wrong_credentials"] * 5


def test_one_address_invited_by_several_at_once_becomes_one_account_with_one_role(installation: Flask) -> None:
    with installation.app_context():
        a_bureau()
        db.session.commit()
    together, links = threading.Barrier(4), []

    def ask() -> None:
        together.wait()
        with installation.app_context():
            links.append(invite(role="manager", scope="golden-river"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with installation.app_context():
        assert (len(links), count(Person), count(Role)) == (4, 1, 1)
