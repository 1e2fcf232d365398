"""A file of units: 1,681 precincts at once, names that find nobody, the same file twice, and what cannot be read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import queries, roster
from hustings.apps.contests.models import Unit, UnitAlias, UnitFile, UnitFileRow
from hustings.core.errors import BadInput
from tests.apps.cast import SETUP
from tests.apps.contests.cast import a_caucus, a_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.models import Contest

DATA = Path(os.environ.get("HUSTINGS_TEST_DATA", "")) / "caucus"
IOWA = DATA / "ia2016_precinct_delegates.csv"
COLUMNS = ["-", "area", "name", "delegates"]
needs_data = pytest.mark.skipif(not IOWA.is_file(), reason="HUSTINGS_TEST_DATA is not there")


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    """Tonight's caucus, behind the campaign's wall."""
    with tenant(campaign.pk):
        yield a_caucus(campaign)


def read(contest: Contest, text: str, name: str = "roster.csv", **more: list[str]) -> UnitFile:
    return roster.read(contest, text.encode(), name, by=SETUP, **more)  # type: ignore[arg-type]  # columns only


@needs_data
def test_all_precincts_of_a_state_come_in_with_their_delegates_and_never_twice(
    contest: Contest,
) -> None:
    told: list[float] = []
    file = roster.read(
        contest, IOWA.read_bytes(), IOWA.name, columns=COLUMNS, by=SETUP,
        progress=lambda share, note: told.append(share),
    )  # fmt: skip

    assert not Unit.objects.exists()
    assert roster.bring_in(file, by=SETUP) == {"made": 1681, "changed": 0, "named": 0}

    units = Unit.objects.filter(contest=contest)
    assert sum(unit.delegates or 0 for unit in units) == 11_065
    assert units.values("area").distinct().count() == 99
    assert told == sorted(told)
    assert len(told) > 5
    with pytest.raises(BadInput, match=r"brought in on .*Nothing was done again"):
        roster.read(contest, IOWA.read_bytes(), "again.csv", columns=COLUMNS, by=SETUP)


@needs_data
def test_the_list_of_a_whole_state_asks_the_database_as_often_as_a_short_one(
    contest: Contest, alice_signed_in: Client
) -> None:
    file = roster.read(contest, IOWA.read_bytes(), IOWA.name, columns=COLUMNS, by=SETUP)
    roster.bring_in(file, by=SETUP)

    with CaptureQueriesContext(connection) as asked:
        page = queries.units(contest, q="", page="3")

    assert len(asked) == 2
    assert (len(page.rows), page.number, page.of, page.last) == (50, 3, 1681, 34)
    address = reverse("contests:units", args=[contest.campaign.slug, contest.pk])
    assert b"1,681 units" in alice_signed_in.get(address).content


def test_a_second_file_is_matched_by_code_by_name_and_by_what_was_settled_before(
    contest: Contest,
) -> None:
    mill, road = a_unit(contest, "Ward 1"), a_unit(contest, "Ward 2")
    hall = a_unit(contest, "Hall", area="Polk")
    text = (
        "county,precinct,eligible\nMill,WARD-01,410\nMill,Methodist Church,90\nPolk,Polk-Hall,70\n"
    )
    file = read(contest, text)

    assert roster.impact(file)["name"] == 2
    open_rows = queries.open_rows(file, "").rows
    assert [one.row.name for one in open_rows] == ["Methodist Church"]
    assert {unit.name for unit in open_rows[0].may_be} == {"Ward 1", "Ward 2"}
    with pytest.raises(BadInput, match="1 row has no unit yet"):
        roster.bring_in(file, by=SETUP)
    assert not Unit.objects.filter(eligible=410).exists()

    roster.settle(open_rows[0].row, "hand", road, by=SETUP)
    assert roster.bring_in(file, by=SETUP) == {"made": 0, "changed": 3, "named": 1}

    eligible = {unit.pk: unit.eligible for unit in Unit.objects.all()}
    assert eligible == {mill.pk: 410, road.pk: 90, hall.pk: 70}
    assert UnitAlias.objects.get().unit == road
    again = read(contest, text.replace("90", "95"), "second.csv")
    assert roster.impact(again)["alias"] == 1
    assert roster.impact(again)[""] == 0


def test_a_row_may_be_a_unit_of_its_own_or_be_left_out(contest: Contest) -> None:
    a_unit(contest, "Ward 1")
    file = read(contest, "precinct,delegates\nSatellite Glasgow,3\nTotal,99\n")
    first, second = (one.row for one in queries.open_rows(file, "").rows)

    roster.settle(first, "new", by=SETUP)
    roster.settle(second, "left_out", by=SETUP)
    roster.bring_in(file, by=SETUP)

    assert set(Unit.objects.values_list("name", "delegates")) == {("Ward 1", 7), ("Satellite Glasgow", 3)}  # fmt: skip


def test_no_two_rows_are_of_one_unit(contest: Contest) -> None:
    ward = a_unit(contest, "Ward 1")
    file = read(contest, "precinct\nOld Hall\nNew Hall\n")
    first, second = (one.row for one in queries.open_rows(file, "").rows)
    roster.settle(first, "hand", ward, by=SETUP)

    with pytest.raises(BadInput, match="Row 2 is of «Ward 1» already"):
        roster.settle(second, "hand", ward, by=SETUP)
    with pytest.raises(BadInput, match="same unit as row 2"):
        read(contest, f"code,county,precinct\n{ward.code},,Hall\n,Mill,WARD 01\n", "twice.csv")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "roster.csv: The file is empty"),
        (b"precinct,delegates\n", "no row below"),
        (b"a,b\n1,2\n", "row 1: The first row names no column"),
        (b"precinct,delegates\nHall,-3\n", "row 2, delegates: It must not be negative: -3."),
        (b"precinct,delegates\nHall,3\nMill,many\n", "row 3, delegates: It must be a whole number"),
        (b"precinct,delegates\nHall,3\n,4\n", "row 3, name: The name is missing"),
        (b"precinct,delegates\nHall,3\nHall,4\n", "row 3, name: «Hall» stands in row 2 already"),
        (
            b"county,precinct\nPolk,Altoona 1\nPolk,ALTOONA-01\n",
            "row 3, name: «ALTOONA-01» stands in row 2 already",
        ),
        (b"code,precinct\nA,Hall\nA,Mill\n", "row 3, code"),
        (b"precinct,delegates\nHall,3,4,5\n", "row 2: There are 4 cells"),
        (b"precinct,rate\nHall,0.07\n", "row 2, state_rate: It must be written exactly"),
        (b"precinct,lat\nHall,91\n", "row 2, lat"),
        ("precinct\nM\u00fchle\n".encode("latin-1"), "row 2: This is not UTF-8"),
        (b"precinct\nHall\x00\n", "no CSV"),
        (b"precinct\n" + b"x" * 201, "row 2, name: This is longer"),
        (os.urandom(16) * 625_000, "roster.csv: The file has 10,000,000 bytes"),
        (b'precinct\n"Hall\n', "cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_said_with_file_row_and_field_and_nothing_is_kept(
    contest: Contest, raw: bytes, says: str
) -> None:
    with pytest.raises(BadInput) as refused:
        roster.read(contest, raw, "roster.csv", by=SETUP)

    assert says in str(refused.value)
    assert not UnitFile.objects.exists()
    assert not UnitFileRow.objects.exists()


@pytest.mark.parametrize(
    "asked",
    ["Doña Ana", "dona ana", "DOÑA", "ana 01", "ana-1", "Do\u0301na", "w07000041", "W07000041"],
)
def test_a_unit_is_found_however_its_name_is_typed(contest: Contest, asked: str) -> None:
    unit = a_unit(contest, "Doña Ana 01")
    Unit.objects.filter(pk=unit.pk).update(code="W07000041")
    a_unit(contest, "Ynys Môn")

    assert queries.units_called(contest, asked) == [unit]
    assert queries.units(contest, q=asked, page="").rows == [unit]
    assert queries.units_called(contest, "Doña Polk") == []


def test_a_row_finds_a_unit_with_which_it_shares_a_word_with_accents(contest: Contest) -> None:
    mon = a_unit(contest, "Ynys Môn")
    a_unit(contest, "Station Road")
    file = read(contest, "constituency\nMôn (Anglesey)\n")

    [row] = queries.open_rows(file, "").rows

    assert row.may_be == [mon]


def test_a_row_that_was_made_a_unit_of_its_own_by_hand_can_be_thought_about_again(
    contest: Contest, alice_signed_in: Client
) -> None:
    first = read(contest, "precinct\nWard 1\nWard 2\n")
    assert queries.settled_rows(first) == []
    roster.bring_in(first, by=SETUP)
    file = read(contest, "precinct\nWard 1\nOld Hall\n", "second.csv")
    [one] = queries.open_rows(file, "").rows
    roster.settle(one.row, "new", by=SETUP)

    assert [row.name for row in queries.settled_rows(file)] == ["Old Hall"]

    address = [contest.campaign.slug, contest.pk, file.pk]
    page = alice_signed_in.get(reverse("contests:file", args=address)).content.decode()
    assert "a unit of its own" in page
    alice_signed_in.post(reverse("contests:file-row", args=[*address, one.row.pk]))
    assert [one.row.name for one in queries.open_rows(file, "").rows] == ["Old Hall"]


def test_a_file_that_was_put_aside_may_be_sent_again(contest: Contest) -> None:
    first = read(contest, "precinct\nHall\n")
    with pytest.raises(BadInput, match=r"waits here already as «roster\.csv»"):
        read(contest, "precinct\nHall\n", "other.csv")

    roster.drop(first, by=SETUP)

    assert read(contest, "precinct\nHall\n").waits


def test_two_files_that_were_read_while_there_was_no_unit_make_each_unit_once(
    contest: Contest,
) -> None:
    first = read(contest, "precinct,delegates\nHall 1,3\nMill,4\n")
    second = read(contest, "precinct,delegates\nDepot,2\nHALL 01,5\n", "second.csv")
    other = read(contest, "precinct,delegates\nSchool,6\n", "other.csv")
    roster.bring_in(first, by=SETUP)

    with pytest.raises(BadInput, match=r"There is a unit with the code «hall 1» already") as refused:  # fmt: skip
        roster.bring_in(second, by=SETUP)

    assert "second.csv, row 3, name" in str(refused.value)
    assert Unit.objects.count() == 2
    roster.bring_in(other, by=SETUP)
    roster.drop(second, by=SETUP)
    again = read(contest, "precinct,delegates\nDepot,2\nHALL 01,5\n", "second.csv")
    assert roster.impact(again)["name"] == 1
    roster.settle(queries.open_rows(again, "").rows[0].row, "new", by=SETUP)
    roster.bring_in(again, by=SETUP)
    assert sorted(Unit.objects.values_list("name", "delegates")) == [("Depot", 2), ("Hall 1", 5), ("Mill", 4), ("School", 6)]  # fmt: skip


def test_alice_sends_a_file_sees_what_it_would_do_and_brings_it_in(
    contest: Contest, alice_signed_in: Client
) -> None:
    slug = contest.campaign.slug
    address = reverse("contests:roster", args=[slug, contest.pk])
    sent = SimpleUploadedFile("mill.csv", b"precinct,delegates\nHall,3\nMill,4\n")

    answer = alice_signed_in.post(address, {"file": sent, "columns": ""}, follow=True)
    assert answer.status_code == 200
    file = UnitFile.objects.get()
    page = alice_signed_in.get(reverse("contests:file", args=[slug, contest.pk, file.pk]))
    assert b"what bringing it in would do" in page.content
    assert not Unit.objects.exists()

    do = reverse("contests:file-verb", args=[slug, contest.pk, file.pk])
    assert b"2 new units" in alice_signed_in.post(do, {"do": "bring-in"}, follow=True).content
    assert Unit.objects.count() == 2
    again = SimpleUploadedFile("mill.csv", b"precinct,delegates\nHall,3\nMill,4\n")
    assert (
        "Nothing was done again" in alice_signed_in.post(address, {"file": again}).content.decode()
    )


def test_a_file_that_cannot_be_read_says_so_on_the_page_and_changes_nothing(
    contest: Contest, alice_signed_in: Client
) -> None:
    address = reverse("contests:roster", args=[contest.campaign.slug, contest.pk])
    bad = SimpleUploadedFile("mill.csv", b"precinct,delegates\nHall,three\n")

    answer = alice_signed_in.post(address, {"file": bad}, follow=True)

    assert "mill.csv, row 2, delegates" in answer.content.decode()
    assert not UnitFile.objects.exists()
