"""The plan of a year, what is counted for it, and a release's two text forms."""

import csv
import io
import json

import pytest

from bureau.reports.domain.bundle import bundle_of, release_from
from bureau.reports.domain.cells import COLUMNS, HIDDEN, TOTAL, UNKNOWN, Cell, Coordinates
from bureau.reports.domain.dimensions import Code, flat, over_the_year
from bureau.reports.domain.periods import children_of, ending_with, months_of, parent_of
from bureau.reports.domain.plan import CONSULTATIONS, ShownTable, default_plan
from bureau.reports.domain.release import Release
from bureau.reports.domain.tabulating import record, settled, tabulate
from tests.reports.made import dimensions

JANUARY = ShownTable(id="t", measure=CONSULTATIONS, dimensions=("SERVICE", "LANGUAGE"), period="2026-01")


def asked(month: str = "2026-01", number: int = 1, **codes: str | None) -> object:
    """A consultation about housing in Arabic at the first partner, unless told otherwise."""
    usual = {"organisation": "org-01", "service": "housing", "language": "ar", "status": "applicant", "sex": "f"}
    return record(month, CONSULTATIONS, number, **{**usual, **codes})


# Periods and plan


def test_months_make_quarters_and_quarters_the_year() -> None:
    assert (parent_of("2026-05"), parent_of("2026-Q2"), parent_of("2026")) == ("2026-Q2", "2026", None)
    assert children_of("2026-Q4") == ("2026-10", "2026-11", "2026-12")
    assert len(months_of("2026")) == 12
    assert (ending_with("2026-05"), ending_with("2026-06"), ending_with("2026-12")) == (
        ("2026-05",), ("2026-06", "2026-Q2"), ("2026-12", "2026-Q4", "2026"),
    )  # fmt: skip


def test_a_quarter_is_public_only_if_the_series_has_all_its_months() -> None:
    plan = default_plan(2026, "rounding")

    began_in_february = {table.period for table in plan.tables_of("2026-03", since="2026-02")}
    began_in_january = {table.period for table in plan.tables_of("2026-03", since="2026-01")}

    assert (began_in_february, began_in_january) == ({"2026-03"}, {"2026-03", "2026-Q1"})


def test_rounded_quarters_are_sums_of_months_and_hidden_months_have_one_way_tables_only() -> None:
    rounding = default_plan(2026, "rounding").tables_of("2026-03", since="2026-01")
    suppression = default_plan(2026, "suppression").tables_of("2026-03", since="2026-01")

    assert all(table.derived for table in rounding if table.period == "2026-Q1" and table.counts_people)
    months = [table for table in suppression if table.period == "2026-03" and table.counts_people]
    assert {len(table.dimensions) for table in months} == {1}
    assert not any(table.derived for table in suppression)


def test_a_plan_names_every_table_that_it_lets_appear() -> None:
    for method in ("rounding", "suppression"):
        plan = default_plan(2026, method)

        appearing = {
            (table.id, "TIME_PERIOD", "MEASURE", *table.dimensions) for table in plan.tables_of("2026-12", "2026-01")
        }

        assert appearing <= plan.allowed()
        assert not any(name == "consultations-sex" for name, *_ in plan.without("consultations-sex").allowed())


def test_two_things_never_share_a_code() -> None:
    with pytest.raises(ValueError, match="twice in SERVICE"):
        flat("SERVICE", [Code("housing", TOTAL), Code("housing", "housing")])


# Counting


def test_every_total_of_a_table_is_counted_and_empty_cells_are_zero() -> None:
    found = tabulate([asked(), asked(service="info"), asked("2026-02")], [JANUARY], dimensions())

    at = Coordinates("2026-01", CONSULTATIONS)
    assert found[at] == 2
    assert found[at.at(service="housing", language="ar")] == 1
    assert found[at.at(service="category-reception")] == 1
    assert found[at.at(service="category-legal", language="fr")] == 0
    assert len(found) == 35 * 8


def test_what_was_not_asked_is_a_code_of_its_own() -> None:
    by_sex = ShownTable(id="t", measure=CONSULTATIONS, dimensions=("SEX",), period="2026-01")

    found = tabulate([asked(sex=None)], [by_sex], dimensions())

    assert found[Coordinates("2026-01", CONSULTATIONS, sex=UNKNOWN)] == 1


def test_a_late_correction_is_set_against_the_likest_entry_and_never_makes_a_number_negative() -> None:
    log = [asked(), asked("2026-02", 2, sex="m"), asked("2026-02", service="info"), asked("2026-02", -1)]

    found = settled(log)

    assert [(one.at.time_period, one.at.service, one.at.sex, one.number) for one in found] == [
        ("2026-01", "housing", "f", 1), ("2026-02", "housing", "m", 1), ("2026-02", "info", "f", 1),
    ]  # fmt: skip


def test_a_correction_that_finds_nothing_waits_for_a_later_month() -> None:
    log = [asked(), asked("2026-02", -1), asked("2026-03", 2)]

    assert [(one.at.time_period, one.number) for one in settled(log)] == [("2026-01", 1), ("2026-03", 1)]


def test_codes_of_earlier_months_stay_in_the_year_under_their_heading() -> None:
    before = {
        "SERVICE": flat(
            "SERVICE", [Code("work", TOTAL), Code("law", TOTAL), Code("rights", "work"), Code("old", "law")]
        )
    }
    now = {
        "SERVICE": flat("SERVICE", [Code("work", TOTAL), Code("law", TOTAL), Code("rights", "law"), Code("new", "law")])
    }

    found = over_the_year(now, [before])["SERVICE"]

    assert found.parents == {TOTAL: None, "work": TOTAL, "law": TOTAL, "rights": "work", "new": "law", "old": "law"}


# Text forms


def a_release() -> Release:
    """A month with a value, a range and hidden cells, and a fact."""
    names = dimensions(2) | {"LANGUAGE": flat("LANGUAGE", [Code("ar", TOTAL, {"en": "Arabic", "bg": "арабски, „ар“"})])}
    people = ShownTable(id="by-language", measure=CONSULTATIONS, dimensions=("LANGUAGE",), period="2026-01")
    held = ShownTable(id="held", measure="sessions-held", dimensions=(), period="2026-01", counts_people=False)
    at = Coordinates("2026-01", CONSULTATIONS)
    cells = {at: Cell(None, 5, 9), at.at(language="ar"): HIDDEN, Coordinates("2026-01", "sessions-held"): Cell(3)}
    return Release(
        id="2026-01",
        order=1,
        method="suppression",
        tables=(people, held),
        dimensions=names,
        cells=cells,
        zeros="public",
    )


def test_a_release_comes_back_from_its_document_and_from_its_bundle() -> None:
    release = a_release()

    document = json.loads(json.dumps(release.to_json()))

    assert Release.from_json(document) == release
    assert release_from(bundle_of(release)) == release
    assert bundle_of(release_from(bundle_of(release))) == bundle_of(release)


def test_a_bundle_says_value_range_and_hidden_in_sdmx_and_keeps_facts_apart() -> None:
    files = bundle_of(a_release(), {"title": "January"})

    rows = list(csv.DictReader(io.StringIO(files["cells.csv"].decode())))
    facts = list(csv.DictReader(io.StringIO(files["facts.csv"].decode())))
    package = json.loads(files["datapackage.json"])

    assert [[row[name] for name in ("OBS_VALUE", "OBS_STATUS", "CONF_STATUS", "OBS_LO", "OBS_HI")] for row in rows] == [
        ["", "A", "F", "5", "9"], ["", "Q", "N", "", ""],
    ]  # fmt: skip
    assert [(row["TABLE_ID"], row["OBS_VALUE"]) for row in facts] == [("held", "3")]
    assert (package["title"], package["sdc"]["max_dev"], package["sdc"]["require"]["min_width"]) == ("January", 0, 5)


def test_a_data_package_describes_every_column_of_every_file() -> None:
    files = bundle_of(a_release())

    package = json.loads(files["datapackage.json"])

    for resource in package["resources"]:
        header = files[resource["path"]].decode().splitlines()[0].split(",")
        assert [one["name"] for one in resource["schema"]["fields"]] == header
    assert {resource["path"] for resource in package["resources"]} == files.keys() - {"datapackage.json"}
    assert set(COLUMNS) <= set(files["cells.csv"].decode().splitlines()[0].split(","))
