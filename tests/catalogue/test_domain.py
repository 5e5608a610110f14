"""How codes and tags are written, and what a service needs."""

import pytest

from bureau.catalogue.domain import (
    NeutralNameMissing,
    clean_code,
    clean_tag,
    ensure_known,
    ensure_neutral_name,
    needs_of,
)
from bureau.kernel.errors import Invalid


@pytest.mark.parametrize("code", ["a", "legal-asylum", "desk-1", " open-gate "])
def test_codes_are_small_letters_digits_and_hyphens(code: str) -> None:
    assert clean_code(code) == code.strip()


@pytest.mark.parametrize("code", ["", "Legal", "a_b", "-a", "a--b", "къща", "a" * 41, "a/b"])
def test_other_codes_are_refused_at_their_field(code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clean_code(code)

    assert refusal.value.field == "code"


@pytest.mark.parametrize("tag", ["ar", "fa-AF", "kmr", "zh-Hant-TW"])
def test_language_tags_name_language_script_and_region(tag: str) -> None:
    assert clean_tag(tag) == tag


@pytest.mark.parametrize("tag", ["", "arabic", "fa_AF", "AR", "fa-af"])
def test_other_tags_are_refused(tag: str) -> None:
    with pytest.raises(Invalid):
        clean_tag(tag)


def test_an_unknown_code_is_named() -> None:
    with pytest.raises(Invalid) as refusal:
        ensure_known(["info", "magic"], ["info"], field="services")

    assert refusal.value.params["value"] == "magic"


def test_a_restricted_service_needs_a_neutral_name() -> None:
    ensure_neutral_name("normal", {}, source="bg")
    ensure_neutral_name("restricted", {"bg": "Разговор"}, source="bg")
    with pytest.raises(NeutralNameMissing):
        ensure_neutral_name("restricted", {"en": "Talk"}, source="bg")


def test_what_a_room_must_have_comes_from_the_service() -> None:
    assert needs_of("group", needs_private_room=True) == ("group",)
    assert needs_of("individual", needs_private_room=True) == ("private",)
    assert needs_of("off_site", needs_private_room=False) == ()
