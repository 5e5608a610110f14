"""Passwords, tries, how long a sign-in lasts, where one may be led."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau.accounts.domain import (
    IDLE,
    LONGEST,
    TRIES_PER_ACCOUNT,
    TRIES_PER_ADDRESS,
    TRIES_WINDOW,
    TooManyTries,
    Try,
    check_password,
    check_tries,
    hash_of,
    inner_address,
    is_alive,
    network_of,
    role_lies_in,
    session_expires,
)
from bureau.kernel.errors import Invalid

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def failed(number: int, *, minutes: int = 1, account: bool = True, address: bool = True) -> list[Try]:
    at = NOON - timedelta(minutes=minutes)
    return [Try(at=at, same_account=account, same_address=address) for _ in range(number)]


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("elevenchars", "password_short"),
        ("x" * 257, "too_long"),
        ("lina@opengate.example", "password_email"),
        ("Lina@OpenGate.example", "password_email"),
        ("password1234", "password_common"),
        ("Password-2026", "password_common"),
        ("qwertyqwerty12", "password_common"),
        ("123456789012", "password_common"),
        ("aaaaaaaaaaaaaa", "password_common"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password: str, reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_password(password, email="lina@opengate.example")

    assert (refusal.value.field, refusal.value.params["reason"]) == ("password", reason)


@pytest.mark.parametrize(
    "password", ["four small yellow boats", "нашата река е златна", "مفتاح الباب الأزرق", "tr0ub4dor&3xyz"]
)
def test_a_sentence_in_any_script_is_a_password(password: str) -> None:
    check_password(password, email="lina@opengate.example")


def test_a_password_made_of_ones_own_name_is_refused_like_the_address() -> None:
    with pytest.raises(Invalid):
        check_password("lina.ivanova", email="lina.ivanova@opengate.example")


@pytest.mark.parametrize(
    "tries",
    [
        [],
        failed(TRIES_PER_ACCOUNT - 1),
        failed(TRIES_PER_ACCOUNT, minutes=15),
        failed(TRIES_PER_ADDRESS - 1, account=False),
        failed(TRIES_PER_ACCOUNT - 1, address=False) + failed(TRIES_PER_ADDRESS - 5, account=False),
    ],
    ids=["none", "one short", "long ago", "address one short", "both one short"],
)
def test_few_or_old_tries_do_not_stop_anybody(tries: list[Try]) -> None:
    check_tries(tries, now=NOON)


@pytest.mark.parametrize(
    ("tries", "minutes"),
    [
        (failed(TRIES_PER_ACCOUNT, minutes=1), 14),
        (failed(TRIES_PER_ACCOUNT, minutes=14, address=False), 1),
        (failed(TRIES_PER_ADDRESS, minutes=5, account=False), 10),
        (failed(1, minutes=14) + failed(4, minutes=2), 1),
        (failed(TRIES_PER_ACCOUNT * 4, minutes=3), 12),
    ],
)
def test_too_many_tries_are_refused_with_the_minutes_to_wait(tries: list[Try], minutes: int) -> None:
    with pytest.raises(TooManyTries) as refusal:
        check_tries(tries, now=NOON)

    assert refusal.value.params == {"minutes": minutes}


@given(st.lists(st.tuples(st.integers(0, 2000), st.booleans(), st.booleans()), max_size=60))
def test_whoever_waits_as_told_may_try_again(drawn: list[tuple[int, bool, bool]]) -> None:
    tries = [
        Try(at=NOON - timedelta(seconds=age), same_account=account, same_address=address)
        for age, account, address in drawn
    ]

    check_tries(tries, now=NOON + TRIES_WINDOW)


def test_a_sign_in_slides_with_each_visit_but_ends_after_its_longest_time() -> None:
    fresh = session_expires(created_at=NOON, now=NOON)
    later = session_expires(created_at=NOON, now=NOON + timedelta(days=10))
    late = session_expires(created_at=NOON, now=NOON + timedelta(days=55))

    assert (fresh, later, late) == (NOON + IDLE, NOON + timedelta(days=24), NOON + LONGEST)


@pytest.mark.parametrize(
    ("seconds", "active", "alive"), [(1, True, True), (0, True, False), (-1, True, False), (1, False, False)]
)
def test_a_sign_in_is_alive_until_it_expires_while_the_account_is_open(seconds: int, active: bool, alive: bool) -> None:
    assert is_alive(expires_at=NOON + timedelta(seconds=seconds), active=active, now=NOON) is alive


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_one_customers_network_counts_as_one_address(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize("value", ["/desk/", "/desk/golden-river/2026-12/?week=2"])
def test_one_is_led_on_within_the_staff_pages(value: str) -> None:
    assert inner_address(value) == value


@pytest.mark.parametrize(
    "value",
    [None, "", "https://evil.example/desk/", "//evil.example/desk/", "/\\evil.example", "/desk/\\evil.example",
     "javascript:alert(1)", "/en/golden-river/", "/desk/\nSet-Cookie: a=b", "desk/"],
)  # fmt: skip
def test_one_is_never_led_anywhere_else(value: str | None) -> None:
    assert inner_address(value) is None


def test_what_is_kept_of_a_token_does_not_show_it() -> None:
    assert ("secret" in hash_of("secret"), hash_of("secret") == hash_of("secret"), len(hash_of("x"))) == (
        False,
        True,
        64,
    )


@pytest.mark.parametrize(
    ("kind", "bureau", "partners", "lies"),
    [
        ("manager", "here", [], True), ("manager", "there", [], False), ("administrator", None, [], False),
        ("coordinator", None, ["here", "there"], True), ("worker", None, ["there"], False),
    ],
)  # fmt: skip
def test_a_role_lies_in_the_bureau_it_serves(kind: str, bureau: str | None, partners: list[str], lies: bool) -> None:
    assert role_lies_in(kind, bureau=bureau, organisation_bureaux=partners, where="here") is lies
