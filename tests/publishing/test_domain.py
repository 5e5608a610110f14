"""What is to be published, and when."""

from datetime import UTC, datetime

import pytest

from bureau.publishing.domain import ABOVE, Changes, Head, Release, mounts_of, part_of, what_follows

NOON = datetime(2026, 12, 9, 12, tzinfo=UTC)
MARKS = {"golden-river": "1/1", "blue-hill": "2/1"}


def head(**changes: object) -> Head:
    """A part as it was published today by the program of today."""
    known = {"programmes": "1/1", "several": True, "version": "now", "day": "2026-12-09", "zone": "UTC", **changes}
    return Head(tree="x/000001", **known)


def release(held: dict[str, str] | None = None, **parts: Head) -> Release:
    """The release of these parts and of what is above them."""
    named = {code.replace("_", "-"): part for code, part in parts.items()}
    return Release(number="000001", at=NOON, parts={**named, ABOVE: head()}, held=held or {})


def due(published: Release | None, *, now: datetime = NOON, version: str = "now", **marks: str) -> tuple[str, ...]:
    """What is to be published of the two bureaux."""
    return what_follows(published, {**MARKS, **marks}, version=version, now=now)


SOFIA, TOKYO = head(zone="Europe/Sofia"), head(zone="Asia/Tokyo", programmes="2/1")


def test_nothing_follows_while_nothing_changes() -> None:
    assert due(release(golden_river=SOFIA, blue_hill=TOKYO)) == ()


@pytest.mark.parametrize(
    ("hour", "expected"), [(14, ()), (15, (ABOVE, "blue-hill")), (22, (ABOVE, "blue-hill", "golden-river"))]
)
def test_each_bureau_is_published_at_its_own_midnight(hour: int, expected: tuple[str, ...]) -> None:
    assert due(release(golden_river=SOFIA, blue_hill=TOKYO), now=NOON.replace(hour=hour, minute=1)) == expected


def test_a_new_programme_makes_its_own_bureau_due() -> None:
    assert due(release(golden_river=SOFIA, blue_hill=TOKYO), **{"golden-river": "3/2"}) == (ABOVE, "golden-river")


def test_another_version_of_the_program_makes_all_due() -> None:
    assert due(release(golden_river=SOFIA, blue_hill=TOKYO), version="next") == (ABOVE, "blue-hill", "golden-river")


def test_what_failed_is_due_again() -> None:
    failed = head(programmes="2/1", failed={"en/blue-hill/index.html": "no"})

    assert due(release(golden_river=SOFIA, blue_hill=failed)) == (ABOVE, "blue-hill")


def test_a_bureau_that_is_no_more_is_due_to_go() -> None:
    gone = release(golden_river=SOFIA, blue_hill=TOKYO, red_sand=head())

    assert due(gone) == (ABOVE, "red-sand")


def test_what_is_held_waits_for_its_own_next_programme() -> None:
    held = release({"golden-river": "1/1"}, golden_river=head(version="old"), blue_hill=head(version="old"))

    assert due(held) == (ABOVE, "blue-hill")
    assert due(held, **{"golden-river": "3/2"}) == (ABOVE, "blue-hill", "golden-river")


def test_a_second_bureau_makes_the_first_due_unless_it_is_held() -> None:
    alone = head(several=False)

    assert due(release(golden_river=alone)) == (ABOVE, "blue-hill", "golden-river")
    assert due(release({"golden-river": "1/1"}, golden_river=alone)) == (ABOVE, "blue-hill")


def test_with_nothing_published_everything_is_due() -> None:
    assert due(None) == (ABOVE, "blue-hill", "golden-river")


def test_a_file_belongs_to_the_bureau_in_whose_folder_it_lies() -> None:
    paths = ["en/golden-river/index.html", "golden-river/door.pdf", "en/golden-river/need/x/index.html"]

    assert mounts_of(paths, "golden-river") == ("en/golden-river", "golden-river")
    assert [part_of(path, MARKS) for path in ("en/golden-river/x", "en/index.html")] == ["golden-river", ABOVE]
    with pytest.raises(ValueError, match=r"lies in no folder called golden-river"):
        mounts_of(["en/index.html"], "golden-river")


def test_the_changes_of_all_parts_are_added_up() -> None:
    changes = {"golden-river": Changes(written=2, kept=3), ABOVE: Changes(kept=1, removed=4)}

    assert Release(number="1", at=NOON, parts={}, changes=changes).total == Changes(written=2, kept=4, removed=4)
