"""``hustings count irv`` and ``stv`` as somebody at a terminal meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from hustings.cli.count import main
from hustings.core.errors import BadInput
from tests.formats.test_count_file import WITNESSED

if TYPE_CHECKING:
    from pathlib import Path

TIED = """\
=Memph:[Memphis]
=Nash:[Nashville]
=Knox:[Knoxville]
42:Memph>Nash
30:Nash>Knox
30:Knox>Nash
"""

COUNCIL = """\
4 2
# Six voters
3 1 2 0
2 2 1 0
1 3 4 0
0
"Ann"
"Ben"
"Cat"
"Dan"
"A council"
"""


def counted(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def tied(tmp_path: Path) -> Path:
    file = tmp_path / "capital.abif"
    file.write_text(TIED, "utf-8")
    return file


def test_a_count_that_needs_a_lot_says_which_and_exits_with_3(
    tied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert counted("irv", tied) == 3
    said = capsys.readouterr().out
    assert (
        "A lot is needed (round 1: elimination): 1 of Nashville, Knoxville – is eliminated." in said
    )
    assert "Elected so far: nobody." in said


@pytest.mark.parametrize(("out", "wins"), [("Knoxville", "Nashville"), ("Nashville", "Knoxville")])
def test_a_lot_on_record_lets_the_count_go_on(
    tied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str, wins: str
) -> None:
    lots = tmp_path / "lots.json"
    among = ["Nashville", "Knoxville"]
    lot = {
        "step": "round 1: elimination",
        "among": among,
        "chosen": [out],
        "how": "physical",
        "record": WITNESSED,
    }
    lots.write_text(json.dumps([lot]), "utf-8")
    assert counted("irv", tied, "--lots", lots, "--check", "--json") == 0
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert said["count"]["result"]["elected"] == [wins]
    assert said["checks"] == {"wrong": [], "findings": []}
    assert said["count"]["tie"] is None


def test_a_council_is_counted_by_the_scottish_order_unless_rules_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "council.blt"
    file.write_text(COUNCIL, "utf-8")
    assert counted("stv", file, "--check") == 0
    said = capsys.readouterr().out
    assert said.startswith("Rules: scottish-stv.\n1. Stage 1: The quota is 3. Elected: Ann.")
    assert "SSI 2007/42, Schedule 1, rules 46 and 47" in said
    assert said.endswith("Elected: Ann, Ben.\nThe judge finds nothing wrong with this count.\n")


def test_maine_counts_on_until_two_are_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "state.abif"
    file.write_text("6:A>B\n2:B>C\n1:C>B\n", "utf-8")
    assert counted("irv", file, "--rules", "irv-maine", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["count"]["result"]["elected"] == ["A"]
    assert said["count"]["result"]["rounds"][-1]["tally"] == {"A": 6, "B": 3}


def test_rules_may_come_from_a_file_of_ones_own(
    tmp_path: Path, tied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "ours.toml"
    rules.write_text('name = "ours"\nmethod = "irv"\ntiebreakMode = "useCandidateOrder"\n', "utf-8")
    assert counted("irv", tied, "--rules", rules, "--json") == 0
    assert json.loads(capsys.readouterr().out)["count"]["result"]["elected"] == ["Nashville"]


def test_the_rules_of_the_file_itself_hold_where_none_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "contest.json"
    data = {
        "candidates": [{"name": "A"}, {"name": "B"}],
        "rules": {"tiebreakMode": "useCandidateOrder"},
        "ballots": [[1, ["A"]], [1, ["B"]]],
    }
    file.write_text(json.dumps(data), "utf-8")
    assert counted("irv", file, "--json") == 0
    assert json.loads(capsys.readouterr().out)["count"]["result"]["elected"] == ["A"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--rules", "scottish-stv"], "The rules «scottish-stv» are for stv, not for irv."),
        (["--rules", "nowhere"], "There are no rules «nowhere»; there are"),
        (["--rules", "none.toml"], "none.toml: This file cannot be opened (No such file"),
        (["--rules", "bad.toml"], "bad.toml, rules, numberOfWinners: 2 winners need another"),
        (["--rules", "odd.toml"], "odd.toml: This is no TOML:"),
        (["--rules", "bare.toml"], "bare.toml: «method» is missing: it must be text."),
        (["--lots", "lots.json"], "lots.json, lot 1: "),
        (["--lots", "none.json"], "none.json: This file cannot be opened"),
        (["--lots", "odd.toml"], "odd.toml, row 1, letter 1: This is no JSON"),
        (["--lots", "how.json"], "how.json, lot 1: «how» must be one of physical,"),
        (
            ["--lots", "among.json"],
            "among.json: The lot for «round 1: elimination» was drawn among A, B, but",
        ),
    ],
)
def test_bad_rules_and_lots_are_refused_in_one_sentence(
    tied: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    step = "round 1: elimination"
    for name, content in {
        "bad.toml": 'name = "bad"\nmethod = "irv"\nnumberOfWinners = 2\n',
        "odd.toml": "method =",
        "bare.toml": 'name = "bare"\nnumberOfWinners = 1\n',
        "lots.json": json.dumps([{"step": step, "among": ["A", "B"], "chosen": "A"}]),
        "how.json": json.dumps([{"step": step, "among": ["A"], "chosen": ["A"], "how": "dice"}]),
        "among.json": json.dumps([{"step": step, "among": ["A", "B"], "chosen": ["A"]}]),
    }.items():
        (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(BadInput) as refused:
        counted("irv", tied.name, *arguments)
    assert str(refused.value).removeprefix(f"{tied.name}: ").startswith(sentence)
    assert "\n" not in str(refused.value) or "TOML" in sentence


def test_the_count_file_of_rankings_counts_again_to_the_same_bytes(
    tied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lots = tmp_path / "lots.json"
    among = ["Nashville", "Knoxville"]
    lot = {"step": "round 1: elimination", "among": among, "chosen": ["Knoxville"]}
    lots.write_text(json.dumps([lot]), "utf-8")
    assert counted("irv", tied, "--lots", lots, "--check", "--json") == 0
    file = tmp_path / "count.json"
    file.write_text(capsys.readouterr().out, "utf-8")
    assert counted("replay", file) == 0
    file.write_text(file.read_text("utf-8").replace("[30,", "[31,", 1), "utf-8")
    assert counted("replay", file) == 1
