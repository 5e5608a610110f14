"""Eight processes, five hundred free slots, two and a half thousand tries; ``make audit`` runs it at its full size."""

from flask import Flask

from tests.load.race import QUARTER, run


def test_no_slot_is_booked_twice_and_every_loser_is_told(installation: Flask) -> None:
    assert list(run(installation, QUARTER)) == []
