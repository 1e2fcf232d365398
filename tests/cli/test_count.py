"""``hustings count`` as somebody at a terminal meets it, where Django is not installed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_turf import hustings, in_its_own_process
from tests.formats.test_count_file import LOT, MILL_LANE, ROOM

if TYPE_CHECKING:
    from pathlib import Path

MEGA = 1 << 20


@pytest.fixture
def room(tmp_path: Path) -> Path:
    path = tmp_path / "room.csv"
    path.write_text(MILL_LANE)
    return path


def test_a_caucus_that_needs_a_lot_ends_with_3_and_says_which(room: Path) -> None:
    done = in_its_own_process("count", "caucus", room, "--rules", "iowa-2020")

    assert done.returncode == 3, done.stderr
    assert (
        "A lot is needed (1):\n- «Mill Lane: one less, turn 1»: 1 of Birch, Cedar – loses one delegate."
        in done.stdout
    )
    assert "3.0000" not in done.stdout
    assert "Members × 6 / 200." in done.stdout
    assert "[IDP guide: half and more is rounded up]" in done.stdout


def test_with_its_lot_the_count_ends_and_replays(room: Path, tmp_path: Path) -> None:
    lots, count = tmp_path / "lots.json", tmp_path / "count.json"
    lots.write_text(json.dumps([LOT]))

    done = hustings(
        "count", "caucus", room, "--rules", "iowa-2020", "--lots", lots, "--check", "--json"
    )

    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    assert said["count"]["result"]["units"][0]["awarded"] == {"Ash": 3, "Birch": 2, "Cedar": 1}
    assert said["checks"]["wrong"] == []
    count.write_text(done.stdout)
    again = hustings("count", "replay", count)
    assert (again.returncode, again.stdout) == (
        0,
        "Counted again from this file: the same, byte for byte.\n",
    )
    count.write_text(done.stdout.replace('"Cedar":1}', '"Cedar":2}'))
    changed = hustings("count", "replay", count)
    assert changed.returncode == 1
    assert "NOT the same" in changed.stdout
    assert hustings("count", "replay", count, "--json").stdout != count.read_text()


def test_a_caucus_needs_its_rules_named(room: Path) -> None:
    done = hustings("count", "caucus", room)

    assert done.returncode == 2
    assert "Say by which --rules: iowa-2016, iowa-2020, nevada-2020" in done.stderr


def test_seats_delegates_and_members_have_rules_of_their_own(tmp_path: Path) -> None:
    seats = tmp_path / "seats.csv"
    seats.write_text("unit,candidate,votes,party\nA,x,3,P\nA,y,2,Q\nB,x,1,P\nB,z,4,Q\n")
    pools = tmp_path / "pools.json"
    pools.write_text(
        json.dumps({"unit": "at large", "votes": {"x": 625, "y": 375}, "delegates": 4})
    )
    ballot = tmp_path / "ballot.json"
    ballot.write_text(
        json.dumps({"sections": {"members": {"x": 5, "y": 4}}, "issued": 20, "spoilt": 1})
    )

    won, silent, members = (
        hustings("count", verb, path, "--check", *rules)
        for verb, path, *rules in (
            ("plurality", seats),
            ("delegates", pools),
            ("omov", ballot, "--rules", "one-member-one-vote"),
        )
    )

    assert won.returncode == 0, won.stderr
    assert "seats:\n  P: 1\n  Q: 1\n" in won.stdout
    assert "The judge finds nothing wrong with this count." in won.stdout
    assert silent.returncode == 3
    assert "1 of x, y – gets one of the remaining delegates" in silent.stdout
    assert members.returncode == 0
    assert "turnout:\n  valid votes: 45.00\n  valid and invalid votes: 50.00\n" in members.stdout


def test_what_is_odd_in_a_report_is_said_and_nothing_is_corrected(tmp_path: Path) -> None:
    sheet = tmp_path / "odd.csv"
    sheet.write_text(ROOM + "Mill Lane,Ash,30,36,4,,4,,,\nMill Lane,Birch,4,4,1,,,,,\n")

    done = hustings("count", "caucus", sheet, "--rules", "iowa-2020", "--check")

    assert done.returncode == 0
    assert re.findall(r"Mill Lane: (V\d+):", done.stdout) == ["V1", "V3", "V4", "V5"]
    assert "awarded:\n  Ash: 4\n" in done.stdout


BAD = {
    "negative": (ROOM + "Mill Lane,Ash,3,-3,,,4,,,\n").encode(),
    "more votes than attendance": (ROOM + "Mill Lane,Ash,30,30,,,4,20,,\n").encode(),
    "wrong encoding": (ROOM + "Großmühle,Ash,3,3,,,4,,,\n").encode("latin-1"),
    "duplicated unit": b'{"units": [{"unit": "a"}, {"unit": "a"}]}',
    "ten megabytes of noise": bytes(range(256)) * (10 * MEGA // 256),
    "ten megabytes of brackets": b"[" * (10 * MEGA),
    "ten megabytes of a number": b'{"units": ' + b"1" * (10 * MEGA) + b"}",
    "ten megabytes in one line": b"unit,group,final,delegates\n" + b"x" * (10 * MEGA),
    "not there": None,
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_one_sentence_with_its_file(what: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    raw = BAD[what]
    if raw is not None:
        path.write_bytes(raw)

    done = hustings("count", "caucus", path, "--rules", "iowa-2020", "--json")

    assert done.returncode == 2, done.stdout[:200]
    assert done.stdout == ""
    assert done.stderr.startswith("hustings: ")
    assert done.stderr.count("\n") == 1
    assert "bad.csv" in done.stderr
    assert len(done.stderr) < 600


def test_a_name_that_does_not_stand_is_refused(room: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Ash\nBirch\n")

    done = hustings("count", "caucus", room, "--rules", "iowa-2020", "--candidates", names)

    assert done.returncode == 2
    assert "room.csv, row 4, group: «group» names «Cedar», who is no candidate here" in done.stderr


def test_every_ruleset_is_listed_with_its_citations() -> None:
    done = hustings("count", "rules")
    listed = json.loads(hustings("count", "rules", "--json").stdout)["rulesets"]

    assert done.returncode == 0
    assert "Representation of the People Act 1983, schedule 1, rule 49" in done.stdout
    assert done.stdout.endswith(
        "10 rulesets. A ruleset of your own is a file: --rules FILE.toml.\n"
    )
    assert [one["name"] for one in listed] == [
        "dnc-proportional", "electoral-college-thirds", "iowa-2016", "iowa-2020", "irv-maine", "irv",
        "nevada-2020", "one-member-one-vote", "scottish-stv", "uk-parliament",
    ]  # fmt: skip


def test_a_reader_that_goes_away_hears_of_no_error() -> None:
    both = subprocess.run(
        [
            "/bin/sh", "-c", '"$0" -m hustings.cli.main count rules | head -c 10', sys.executable,
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (len(both.stdout), both.stderr) == (10, "")


def test_the_line_that_hands_in_a_lot_can_be_pasted(room: Path, tmp_path: Path) -> None:
    asked = hustings("count", "caucus", room, "--rules", "iowa-2020").stdout.splitlines()
    (line,) = [one for one in asked if one.startswith("[{")]
    assert json.loads(line) == [{**LOT, "chosen": ["?"]}]
    lots = tmp_path / "lots.json"

    lots.write_text(line.replace('"?"', '"Cedar"'), "utf-8")

    assert hustings("count", "caucus", room, "--rules", "iowa-2020", "--lots", lots).returncode == 0


def test_the_help_of_every_verb_says_how_it_ends() -> None:
    for verb in (
        [],
        ["caucus"],
        ["plurality"],
        ["omov"],
        ["delegates"],
        ["irv"],
        ["stv"],
        ["replay"],
    ):
        said = " ".join(hustings("count", *verb, "--help").stdout.split())
        assert "3 something is not decided" in said, verb


def test_a_room_without_a_viable_group_ends_with_3(tmp_path: Path) -> None:
    sheet = tmp_path / "small.csv"
    sheet.write_text(ROOM + "Mill Lane,Ash,30,5,,,4,,,\nMill Lane,Birch,10,5,,,,,,\n")

    done = hustings("count", "caucus", sheet, "--rules", "iowa-2016", "--check")

    assert done.returncode == 3
    assert "open: 4" in done.stdout
    assert "No group is viable at the end" in done.stdout


def test_what_is_wrong_with_rules_or_lots_is_said_of_their_own_file(
    room: Path, tmp_path: Path
) -> None:
    lots, rules = tmp_path / "lots.json", tmp_path / "ours.toml"
    for lot in ({**LOT, "among": ["Ash", "Cedar"]}, {**LOT, "step": "Low Road: one less, turn 1"}):
        lots.write_text(json.dumps([lot]))
        done = hustings("count", "caucus", room, "--rules", "iowa-2020", "--lots", lots)
        assert done.returncode == 2
        assert done.stderr.startswith(f"hustings: {lots}: The lot for «"), done.stderr
    rules.write_text('name = "ours"\nmethod = "caucus"\nviability = 4\n')

    done = hustings("count", "caucus", room, "--rules", rules)

    assert done.returncode == 2
    assert done.stderr.startswith(f"hustings: {rules}, rules"), done.stderr
    assert "room.csv" not in done.stderr


def test_a_lot_that_stands_in_a_report_is_wrong_in_the_file_of_the_report(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    lot = {**LOT, "step": "one less, turn 9"}
    said = {"unit": "Mill Lane", "delegates": 4, "first": {"Ash": 9}, "final": {"Ash": 9}}
    report.write_text(json.dumps({**said, "lots": [lot]}))

    done = hustings("count", "caucus", report, "--rules", "iowa-2020")

    assert done.returncode == 2
    assert done.stderr.startswith(f"hustings: {report}, Mill Lane: There is a lot for")


def test_the_count_file_is_utf_8_whatever_the_terminal_is(tmp_path: Path) -> None:
    seat, count = tmp_path / "seat.csv", tmp_path / "count.json"
    seat.write_text("unit,candidate,votes\nGroßmühle,Łucja,3\n", "utf-8")
    command = [sys.executable, "-m", "hustings.cli.main", "count"]

    done = subprocess.run(
        [*command, "plurality", seat, "--json"], capture_output=True, check=False,
        env=os.environ | {"PYTHONIOENCODING": "latin-1"},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "Łucja" in done.stdout.decode("utf-8")
    count.write_bytes(done.stdout)
    assert hustings("count", "replay", count).returncode == 0


def test_a_replay_says_what_differs(room: Path, tmp_path: Path) -> None:
    count = tmp_path / "count.json"
    raw = hustings("count", "caucus", room, "--rules", "iowa-2020", "--json").stdout
    for old, new, said in (
        ('"open":1', '"open":0', "NOT the same; what differs: count."),
        ('"lots":[]', '"lots": []', "NOT the same; only how it is written differs."),
    ):
        assert old in raw
        count.write_text(raw.replace(old, new, 1), "utf-8")
        assert said in hustings("count", "replay", count).stdout
