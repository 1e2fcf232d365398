"""Real files: recognised by layout, or called by their name and refused."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from hustings.core.errors import BadInput
from hustings.core.register import RowCleaner
from hustings.formats.register import all_layouts, layout_named, open_table, recognise

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("file", "layout", "encoding"),
    [
        ("register_uk/synthetic_e17/synthetic_register_xpress14.csv", "uk-xpress-14", "utf-8"),
        ("register_uk/synthetic_e17/synthetic_register_xpress13_cp1252.csv", "uk-xpress-13", "cp1252"),
        ("register_uk/synthetic_e17/synthetic_monthly_update.csv", "uk-xpress-update", "utf-8"),
        ("register_uk/synthetic_e17/synthetic_absent_voters.csv", "absent", "utf-8"),
        ("voters/wv_fake_statewide.txt", "us-wv", "utf-8"),
        ("voters/pseudopeople_us_register_half_a.csv", "synthetic-census", "utf-8"),
    ],
)  # fmt: skip
def test_a_register_is_recognised(test_data: Path, file: str, layout: str, encoding: str) -> None:
    table = open_table(test_data / file)
    found = recognise(table)

    assert found.layout is not None
    assert (found.layout.name, table.text.encoding) == (layout, encoding)


STATIONS = {
    "csv_importer__addresses.csv": "a council (addresses with stations)",
    "csv_importer__duplicate_uprns.csv": "a council (addresses with stations)",
    "csv_importer__postcode_mismatch.csv": "a council (addresses with stations)",
    "csv_importer__stations.csv": "a council (list of stations)",
    "csv_importer__uprn_missing.csv": "a council (addresses with stations)",
    "dcounts_importer__districts.csv": "Democracy Counts (districts)",
    "dcounts_importer__stations.csv": "Democracy Counts (stations)",
    "democracy-counts-utf-16le.csv": "Democracy Counts (stations)",
    "ems-dcounts-districts.csv": "Democracy Counts (districts)",
    "ems-dcounts-stations-small.csv": "Democracy Counts (stations)",
    "ems-dcounts-stations.csv": "Democracy Counts (stations)",
    "ems-fcs.json": "FCS",
    "ems-idox-eros.csv": "Idox Eros",
    "ems-other.csv": "a council (street index)",
    "ems-xpress-dc.csv": "Xpress (Democracy Club)",
    "ems-xpress-weblookup.CSV": "Xpress (web lookup)",
    "encoding-windows1252.tsv": "Xpress (Democracy Club)",
    "eoni_importer__eoni_export.csv": "the Electoral Office for Northern Ireland",
    "ext-csv-with-tsv-ext.tsv": "Idox Eros",
    "ext-tsv-with-csv-ext.csv": "Xpress (Democracy Club)",
    "halarose_importer__test.csv": "Halarose",
    "incomplete-file.CSV": "Xpress (Democracy Club)",
    "not-a-csv.csv": "Idox Eros",  # a ZIP with such an export inside
    "xpress_importer__test_democlub.csv": "Xpress (Democracy Club)",
    "xpress_importer__test_weblookup.csv": "Xpress (web lookup)",
}
NOTHING = {
    "ems-other.json": "a JSON file",
    "invalid.json": "not a table",
    "small-files-empty.csv": "empty",
    "small-files-empty2.csv": "empty",
    "small-files-nearly_empty.csv": "one line and no rows",
}


def test_every_awkward_file_has_its_sentence_here(test_data: Path) -> None:
    there = {file.name for file in (test_data / "register_uk/ems_fixtures").iterdir()}

    assert there == set(STATIONS) | set(NOTHING)


@pytest.mark.parametrize("name", sorted(STATIONS))
def test_a_polling_station_export_is_called_by_its_name(test_data: Path, name: str) -> None:
    with pytest.raises(BadInput) as refusal:
        recognise(open_table(test_data / "register_uk/ems_fixtures" / name))

    assert f"polling-station export of {STATIONS[name]}" in str(refusal.value)
    assert str(refusal.value).startswith(name)


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_what_is_nothing_is_refused_in_a_sentence(test_data: Path, name: str) -> None:
    with pytest.raises(BadInput, match=NOTHING[name]):
        open_table(test_data / "register_uk/ems_fixtures" / name)


def test_an_address_file_and_a_marked_register_are_told_apart(test_data: Path) -> None:
    folder = test_data / "register_uk/synthetic_e17"
    with pytest.raises(BadInput, match="hustings places import"):
        recognise(open_table(folder / "synthetic_properties_uprn_latlon.csv"))
    with pytest.raises(BadInput, match="marked register"):
        recognise(open_table(folder / "synthetic_marked_register_2017-06-08.csv"))


def test_the_north_carolina_header_is_known_in_both_years(test_data: Path, tmp_path: Path) -> None:
    header = (test_data / "voters/nc_ncvoter_2018_header.tsv").read_text().strip().split("\t")
    with (test_data / "voters/nc_layout_ncvoter.csv").open() as source:
        rows = list(csv.DictReader(source))
    cells = {"ncid": "EH1", "last_name": "DOE", "first_name": "JO", "midl_name": "Q", "middle_name": "Q",
             "name_sufx_cd": "JR", "name_suffix_lbl": "JR", "status_cd": "A", "zip_code": "27312",
             "res_street_address": "12   MAIN ST  ", "res_city_desc": "PITTSBORO", "party_cd": "UNA",
             "birth_year": "1980", "registr_dt": "01/02/2003", "precinct_abbrv": "EW"}  # fmt: skip
    for year, names in {"2018": header, "2020": [row["name_2020"] for row in rows]}.items():
        file = tmp_path / f"nc{year}.txt"
        file.write_text(
            "\t".join(names) + "\n" + "\t".join(cells.get(name, "") for name in names) + "\n"
        )
        table = open_table(file)
        found = recognise(table)
        assert found.layout is not None
        assert found.layout.name == "us-nc"
        entry = RowCleaner(found.layout, found.header, lambda *problem: pytest.fail(str(problem)))(
            2, table.sample[0]
        )
        assert entry is not None
        assert (entry.number, entry.surname, entry.forename) == ("EH1", "DOE JR", "JO Q")
        assert entry.address == "12 MAIN ST, PITTSBORO"
        assert (entry.district, entry.born_year, entry.postcode) == ("EW", "1980", "27312")


def test_a_file_without_a_header_is_known_by_its_shape(tmp_path: Path) -> None:
    layout = layout_named("us-nv")
    sample = {"VoterID": "101", "First_Name": "JO", "Last_Name": "DOE", "Birth_Date": "01/02/1980",
              "Registration_Date": "03/04/2010", "Zip": "89501", "County_Status": "Active",
              "Address_1": "1 MAIN ST", "City": "RENO"}  # fmt: skip
    row = ",".join(sample.get(name, "") for name in layout.header)
    file = tmp_path / "VoterList.csv"
    file.write_text(f"{row}\n{row.replace('101', '102')}\n")

    found = recognise(open_table(file))

    assert found.layout is not None
    assert (found.layout.name, found.has_header) == ("us-nv", False)


def test_every_layout_of_the_fifteen_states_is_there_and_says_its_source() -> None:
    names = {layout.name for layout in all_layouts()}
    states = "nc oh fl wa co ia nv ny mi ga pa wi ca nh sd"

    assert {f"us-{state}" for state in states.split()} <= names
    assert all(layout.source for layout in all_layouts())


def test_every_layout_recognises_its_own_header(tmp_path: Path) -> None:
    for layout in all_layouts():
        names = list(dict.fromkeys(layout.header or [*layout.columns, *sorted(layout.used)]))
        file = tmp_path / f"{layout.name}.csv"
        file.write_text(",".join(names) + "\n" + ",".join("1" for _ in names) + "\n")
        found = recognise(open_table(file))
        assert found.layout is not None, layout.name
        assert found.layout.name == layout.name


def test_an_unknown_table_is_left_to_be_mapped_by_hand(test_data: Path) -> None:
    found = recognise(open_table(test_data / "voters/birdie_pseudo_vf_5000.csv"))

    assert found.layout is None
    assert [guess.meaning for guess in found.guesses] == ["surname", "postcode", "", ""]


def test_a_named_layout_that_does_not_fit_says_which_column_is_missing(test_data: Path) -> None:
    table = open_table(test_data / "register_uk/synthetic_e17/synthetic_absent_voters.csv")

    with pytest.raises(BadInput, match="no column Address1, Elector DOB"):
        recognise(table, layout_named("uk-xpress-14"))
