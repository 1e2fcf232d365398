"""``hustings register``: the command line's JSON, its refusals and its undo."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.register.command import main
from hustings.apps.register.models import RegisterEntry
from tests.apps.register.files import everything, line, register_file

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_file_is_imported_into_a_campaign_that_is_made_for_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = register_file(tmp_path, line(1), line(2), line(2, "Twice"))

    said = told(capsys, "import", str(path), "--campaign", "newtown", "--create-campaign")

    assert (said["rows"], said["added"], said["changed"], said["removed"], said["unchanged"]) == (
        3, 2, 0, 0, 0
    )  # fmt: skip
    assert said["problems"] == {"number_twice": 1}
    assert said["examples"] == [{"kind": "number_twice", "row": 4, "cell": "WA1-2"}]
    assert said["layout"] == "uk-xpress-14"

    undone = told(capsys, "undo", str(said["batch"]), "--campaign", "newtown")
    assert undone["taken_away"] == 2
    with tenant(Campaign.objects.get(slug="newtown").pk):
        assert all(rows == [] for rows in everything().values())


def test_a_dry_run_says_the_same_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = register_file(tmp_path, line(1), line(2))
    import_it = ("import", str(path), "--campaign", "newtown", "--create-campaign")

    dry = told(capsys, *import_it, "--dry-run")

    assert dry["dry_run"] is True
    assert dry["batch"] is None
    assert not Campaign.objects.filter(slug="newtown").exists()
    real = told(capsys, *import_it)
    for key in ("rows", "added", "changed", "removed", "unchanged", "households", "problems"):
        assert dry[key] == real[key]


def test_a_campaign_that_is_not_there_is_not_made_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = register_file(tmp_path, line(1))

    assert main(["import", str(path), "--campaign", "nowhere"]) == 2
    assert "There is no campaign «nowhere» here" in capsys.readouterr().err
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xff\xd8\xff\xe0 picture", "a JPEG picture"),
        (b"one,two\n1,2\n", "The columns of this file are not known"),
        (b"x" * 2_000_000, "longer than a million characters"),
        (b"PRO_UPRN,PREM_ID,PREM_NAME\n1,2,3\n", "polling-station export of the Electoral Office"),
    ],
)
def test_bad_input_is_one_sentence_exit_2_and_nothing_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, sentence: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)

    code = main(["import", str(path), "--campaign", "newtown", "--create-campaign"])

    said = capsys.readouterr().err
    assert code == 2
    assert sentence in said
    assert said.count("\n") == 1
    assert not Campaign.objects.exists()


def test_a_truncated_register_keeps_the_whole_rows_and_tells_the_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = register_file(tmp_path, line(1), line(2), line(3))
    path.write_bytes(path.read_bytes()[:-30])

    said = told(capsys, "import", str(path), "--campaign", "newtown", "--create-campaign")

    assert (said["added"], said["problems"]) == (2, {"row_width": 1})


def test_a_layout_that_does_not_exist_lists_those_that_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = register_file(tmp_path, line(1))

    assert main(["import", str(path), "--campaign", "n", "--layout", "xlsx"]) == 2
    assert "uk-xpress-14" in capsys.readouterr().err
    assert main(["layouts"]) == 0
    assert "us-nc\tregister\tNorth Carolina" in capsys.readouterr().out


def test_people_read_numbers_and_the_way_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = register_file(tmp_path, *(line(n) for n in range(1, 1201)))

    assert main(["import", str(path), "--campaign", "newtown", "--create-campaign"]) == 0

    said = capsys.readouterr().out
    assert "1,200 rows read: 1,200 added" in said
    assert "hustings register undo" in said
    with tenant(Campaign.objects.get().pk):
        assert RegisterEntry.objects.count() == 1200
