"""Whatever the file, an import says one clear sentence, and the campaign is as it was: at the desk and the command line."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from hustings.apps.audit.actors import command
from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import publishing
from hustings.apps.jobs import uploads
from hustings.apps.jobs.disk import DiskFull
from hustings.apps.jobs.models import Job
from hustings.apps.places import command as places
from hustings.apps.places.actions import import_places
from hustings.apps.places.models import Door, PostcodePoint, TownMap
from hustings.apps.register import command as register
from tests.apps.cast import alice, alice_signed_in, campaign
from tests.apps.contests.cast import a_caucus, a_unit
from tests.apps.killing import killed_at
from tests.apps.register.files import HEADER
from tests.bad_input.files import BAD, write

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from hustings.apps.campaigns.models import Campaign

__all__ = ["alice", "alice_signed_in", "campaign"]
ENDINGS = (".osm.pbf", ".osm.gz", ".csv")
ME = command("tests")


def all_of_it(here: Campaign) -> list[Any]:
    with tenant(here.pk), connection.cursor() as cursor:
        held = []
        for table in ("places_door", "places_postcodepoint", "places_townmap", "places_building",
                      "register_registerentry", "people_person", "people_household"):  # fmt: skip
            cursor.execute(f"select md5(string_agg(t::text, '' order by id)) from {table} t")  # noqa: S608
            held.append(cursor.fetchone())
        return held


@pytest.mark.parametrize("kind", sorted(BAD))
@pytest.mark.parametrize("ending", ENDINGS)
def test_bad_places_at_the_command_line(
    ending: str, kind: str, campaign: Campaign, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = write(tmp_path, kind, ending)
    before = all_of_it(campaign)

    code = places.main(["import", str(bad), "--campaign", campaign.slug])

    said = capsys.readouterr().err
    assert code == 2
    assert said.startswith("hustings: ")
    assert said.count("\n") == 1, said
    assert bad.name in said
    assert all_of_it(campaign) == before


@pytest.mark.parametrize("kind", sorted(set(BAD) - {"an open quote", "another table"}))
def test_a_bad_register_at_the_command_line(
    kind: str, campaign: Campaign, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = write(tmp_path, kind, ".csv")
    before = all_of_it(campaign)

    code = register.main(["import", str(bad), "--campaign", campaign.slug])

    said = capsys.readouterr().err
    assert code == 2
    assert said.count("\n") == 1, said
    assert all_of_it(campaign) == before


@pytest.mark.parametrize("kind", sorted(BAD))
@pytest.mark.parametrize("ending", ENDINGS)
def test_bad_places_in_the_browser(
    ending: str, kind: str, campaign: Campaign, alice_signed_in: Client
) -> None:
    before, waiting = all_of_it(campaign), set(uploads.folder().iterdir())
    address = reverse("places:upload", kwargs={"slug": campaign.slug})

    answer = alice_signed_in.post(
        address, {"file": SimpleUploadedFile(f"bad{ending}", BAD[kind])}, follow=True
    )

    page = answer.content.decode()
    with tenant(campaign.pk):
        job = Job.objects.first()
    assert answer.status_code in {200, 422}
    assert job is None or job.state == "failed"
    if job is None:
        assert "empty" in page
    else:
        assert f"bad{ending}" in job.error
        assert "Something went wrong" not in job.error
        assert str(uploads.folder()) not in job.error
        assert job.error.split(":")[0] in page
    assert all_of_it(campaign) == before
    for left in set(uploads.folder().iterdir()) - waiting:
        left.unlink()


@pytest.mark.parametrize("kind", sorted(set(BAD) - {"an open quote"}))
def test_a_bad_register_in_the_browser(
    kind: str, campaign: Campaign, alice_signed_in: Client
) -> None:
    """
    A register, contacts and absent voters come in by one door, since nobody says which a file is.

    A table that nobody knows waits to be mapped by hand.
    """
    name = "register"
    before = all_of_it(campaign)
    address = reverse("register:upload", kwargs={"slug": campaign.slug})

    answer = alice_signed_in.post(
        address, {"file": SimpleUploadedFile(f"{name}.csv", BAD[kind])}, follow=True
    )

    page = re.sub(r"<[^>]+>", " ", answer.content.decode())
    assert answer.status_code in {200, 422}
    assert "Something went wrong" not in page
    assert answer.status_code == 422 or kind == "another table" or f"{name}.csv" in page
    assert all_of_it(campaign) == before


@pytest.mark.parametrize("kind", ["empty", "json", "noise", "words", "a page", "wrong encoding"])
def test_a_bad_boundary_is_one_sentence(
    kind: str, campaign: Campaign, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = write(tmp_path, kind, ".geojson")
    (tmp_path / "points.csv").write_text("postcode,lon,lat\nAB1 2CD,0.5,51.5\n")

    code = places.main(
        [
            "import",
            str(tmp_path / "points.csv"),
            "--campaign",
            campaign.slug,
            "--boundary",
            str(bad),
        ]
    )

    said = capsys.readouterr().err
    assert (code, said.count("\n")) == (2, 1), said
    assert "bad.geojson: This" in said
    with tenant(campaign.pk):
        assert not PostcodePoint.objects.exists()


@pytest.mark.parametrize("area", ['{"type": ' * 3000, '{"features": [3], "type": "FeatureCollection"}', "nan,nan\n1,2\n3,4", "{" * 9,
                                  '{"type":"Polygon","coordinates":[[[1e999,2],[3,4],[5,6]]]}'])  # fmt: skip
def test_a_bad_area_is_said_beside_its_field(
    area: str, campaign: Campaign, alice_signed_in: Client
) -> None:
    answer = alice_signed_in.post(
        reverse("outings:new", kwargs={"slug": campaign.slug}),
        {"name": "June", "kind": "canvass", "area": area, "support": [], "streets": ""},
    )

    assert answer.status_code == 422


def test_a_polling_station_export_is_called_that_also_as_places(
    campaign: Campaign, test_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = 0
    for file in sorted((test_data / "register_uk/ems_fixtures").rglob("*.csv")):
        code = places.main(["import", str(file), "--campaign", campaign.slug])
        said = capsys.readouterr().err
        assert (code, said.count("\n")) == (2, 1), f"{file.name}: {said}"
        named += "polling-station export" in said
    assert named >= 5


MEASURE = """
import re, sys
from pathlib import Path
from hustings.core.errors import BadInput
from hustings.formats import addresses_csv, osm_addresses
from hustings.formats.osm import read_streets
from hustings.formats.register.table import open_table
read = {"addresses": lambda p: list(addresses_csv.read_addresses(p)), "map": read_streets,
        "addresses of a map": lambda p: list(osm_addresses.read_addresses(p)),
        "table": lambda p: sum(1 for _ in open_table(p).rows())}[sys.argv[1]]
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
before = peak()
try:
    read(Path(sys.argv[2]))
except BadInput:
    pass
print((peak() - before) // 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("reader", "ending"),
    [
        ("addresses", ".csv"),
        ("table", ".csv"),
        ("map", ".osm.gz"),
        ("addresses of a map", ".osm.gz"),
        ("map", ".osm"),
    ],
)
@pytest.mark.parametrize("what", ["one line of 200 MB", "a bomb"])
def test_no_file_makes_a_reader_large(reader: str, ending: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / f"large{ending}"
    if what == "a bomb":
        path.write_bytes(BAD["a gzip bomb" if ending == ".osm.gz" else "a zip bomb"])
    else:
        with path.open("wb") as file:
            file.write(b"postcode,lon,lat\n" if ending == ".csv" else b"<osm>")
            for _ in range(200):
                file.write(b"x" * (1 << 20))

    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, reader, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr[-600:]
    assert int(ran.stdout) < 150


FORMULA = '=HYPERLINK("http://evil.example")'


def test_no_export_runs_what_a_file_brought_in(
    campaign: Campaign, alice_signed_in: Client, tmp_path: Path
) -> None:
    """Streets, names, districts and labels that begin like formulas, in every CSV there is."""
    import csv

    from tests.apps.isolation_matrix import ROUTES

    rows = "".join(
        f'{FORMULA[0]}WA{n},{n},0,,,"{FORMULA.replace(chr(34), chr(34) * 2)}",@SUM(A1),E17 4JG,'
        f'"{n} +Albert Lane",-Walthamstow,,,,\r\n'
        for n in (1, 2)
    )
    (tmp_path / "r.csv").write_text(HEADER + "\r\n" + rows + "short,row\r\n")
    assert register.main(["import", str(tmp_path / "r.csv"), "--campaign", campaign.slug]) == 0
    with tenant(campaign.pk):
        Door.objects.update(street=FORMULA, district=FORMULA, lon=-0.5, lat=51.5, precision=5)
        batch = Door.objects.raw("select id from register_importbatch")[0].pk
        contest = a_caucus(campaign)
        a_unit(contest, FORMULA, area=FORMULA)
        publishing.publish(contest, by=ME)
    out = tmp_path / "DOORS.csv"
    assert places.main(["export", "--campaign", campaign.slug, "--out", str(out)]) == 0
    texts = {"DOORS.csv at the command line": out.read_text()}
    for name, arguments in (
        ("places:doors", {}),
        ("register:problems", {"batch_id": batch}),
        *(("results:csv", {"by": by}) for by in ("walk", "day", "phone")),
        ("live:csv", {"contest_id": contest.pk}),
        ("count:csv", {"contest_id": contest.pk}),
        ("contests:season-csv", {}),
    ):
        answer = alice_signed_in.get(reverse(name, kwargs={"slug": campaign.slug, **arguments}))
        if answer.status_code == 404:
            continue
        assert "text/csv" in answer["Content-Type"], name
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        texts[name + str(arguments.get("by", ""))] = body.decode("utf-8-sig")
    assert {name for name in ROUTES if "csv" in name} <= {
        "results:csv",
        "live:csv",
        "count:csv",
        "contests:season-csv",
    }, "One more export to look at."

    for name, text in texts.items():
        cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
        assert cells, name
        running = [
            cell for cell in cells
            if cell.lstrip().startswith(("=", "+", "@", "\t", "\r")) or (cell.startswith("-") and not _number(cell))
        ]  # fmt: skip
        assert running == [], name


def test_doors_west_of_greenwich_come_out_as_they_are_taken_in(
    campaign: Campaign, alice_signed_in: Client, tmp_path: Path
) -> None:
    from hustings.formats.doors_csv import read_doors

    with tenant(campaign.pk):
        Door.objects.create(
            campaign=campaign,
            address_key="1",
            street="=A1",
            number="1",
            lon=-0.25,
            lat=51.5,
            precision=5,
        )
    assert (
        places.main(["export", "--campaign", campaign.slug, "--out", str(tmp_path / "a.csv")]) == 0
    )
    answer = alice_signed_in.get(reverse("places:doors", kwargs={"slug": campaign.slug}))
    (tmp_path / "b.csv").write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]

    for name in ("a.csv", "b.csv"):
        assert list(read_doors(tmp_path / name).doors.lon) == [-0.25]


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@pytest.fixture
def town(tmp_path: Path) -> dict[str, Path]:
    """A map of a village, and its postcodes."""
    made = subprocess.run(
        [sys.executable, "-m", "hustings.cli.main", "town", "60", "--out", str(tmp_path / "doors.csv"),
         "--streets", str(tmp_path / "town.osm.pbf")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    (tmp_path / "codes.csv").write_text("postcode,lon,lat\nAB1 2CD,0.5,51.5\nAB1 2CE,0.6,51.5\n")
    return {"map": tmp_path / "town.osm.pbf", "postcodes": tmp_path / "codes.csv"}


def take(here: Campaign, path: Path) -> None:
    with tenant(here.pk):
        import_places(here, path, by=ME, progress=lambda share, note="": None)


@pytest.mark.trust(11, 62)
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["map", "postcodes"])
def test_places_killed_at_any_statement_are_as_before_and_the_next_run_is_whole(
    what: str, town: dict[str, Path], tmp_path: Path
) -> None:
    reference, victim = create_campaign("reference"), create_campaign("victim")
    for here in (reference, victim):
        with tenant(here.pk):
            Door.objects.bulk_create(
                Door(
                    campaign=here,
                    address_key=f"{n}",
                    number=str(n),
                    street="Mill Lane",
                    postcode="AB1 2CD",
                )
                for n in range(5)
            )
    take(reference, town[what])
    before = all_of_it(victim)

    at = 1
    while killed_at(at, lambda: take(victim, town[what])):
        assert all_of_it(victim) == before, f"Killed before statement {at}, something was left."
        at += 1

    def meaning(here: Campaign) -> list[Any]:
        with tenant(here.pk):
            return [
                list(
                    Door.objects.order_by("number").values_list("number", "lon", "lat", "precision")
                ),
                list(
                    PostcodePoint.objects.order_by("postcode").values_list("postcode", "lon", "lat")
                ),
                list(TownMap.objects.values_list("digest", "street_count")),
            ]

    assert at > 8
    assert meaning(victim) == meaning(reference)
    assert all_of_it(victim) != before


@pytest.mark.parametrize("what", ["map", "postcodes"])
def test_a_full_disk_while_places_come_in_is_one_sentence_and_nothing_is_left(
    what: str, town: dict[str, Path], campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = all_of_it(campaign)

    def full(*arguments: object) -> int:
        raise psycopg.errors.DiskFull("could not extend file: No space left on device")

    monkeypatch.setattr("hustings.apps.places.actions.place_doors", full)
    with pytest.raises(DiskFull, match="The disk is full: nothing was brought in"):
        take(campaign, town[what])

    assert all_of_it(campaign) == before


def test_a_folder_of_tiles_without_room_is_one_sentence_and_no_half_map_is_left(
    town: dict[str, Path], campaign: Campaign, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    from hustings.formats import osm_tiles

    if not osm_tiles.can_make_tiles():
        pytest.skip("tippecanoe is not on this system")
    before = all_of_it(campaign)

    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "move", full)
    with pytest.raises(DiskFull):
        take(campaign, town["map"])

    assert all_of_it(campaign) == before


def test_the_json_of_the_command_line_is_whole_or_not_there(
    campaign: Campaign, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "noise", ".csv")

    code = places.main(["import", str(tmp_path / "bad.csv"), "--campaign", campaign.slug, "--json"])

    assert (code, capsys.readouterr().out) == (2, "")
    (tmp_path / "good.csv").write_text("postcode,lon,lat\nAB1 2CD,0.5,51.5\n")
    assert (
        places.main(["import", str(tmp_path / "good.csv"), "--campaign", campaign.slug, "--json"])
        == 0
    )
    assert json.loads(capsys.readouterr().out)["postcodes"] == 1
