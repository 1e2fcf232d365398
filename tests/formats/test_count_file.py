"""The count file, result sheets and files of lots: what they hold, and what cannot be meant in them."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hustings.cli.count import rules_for
from hustings.core.contest.drawing.beacon import QUICKNET, drawn_by_beacon
from hustings.core.contest.drawing.commit_reveal import commitment, reveal
from hustings.core.contest.drawing.context import context_of
from hustings.core.contest.lot import Lot, LotRefused
from hustings.core.errors import BadInput
from hustings.formats.ballots_file import read_ballots
from hustings.formats.contest import own_ruleset, own_rulesets, read_ruleset
from hustings.formats.contest.beacon_signature import LIBRARY
from hustings.formats.contest.contest_files import read_contest
from hustings.formats.contest.json_text import read_json
from hustings.formats.count_file import Checks, Counted, count_all, parts_that_differ, replay
from hustings.formats.lots_file import read_lots
from hustings.formats.result_sheet import read_sheet
from tests.formats.test_beacon_signature import NUMBER, SIGNATURE, stand_in

if TYPE_CHECKING:
    from hustings.core.contest.tie import Tie

ROOM = "unit,group,first,final,awarded,sde,delegates,attendance,state_delegates,county_delegates\n"
MILL_LANE = ROOM + (
    "Mill Lane,Ash,100,100,3,0.2353,6,200,4,51\n"
    "Mill Lane,Birch,50,50,2,0.1569,,,,\n"
    "Mill Lane,Cedar,50,50,1,0.0784,6,200,,\n"
)
LOT = {"step": "Mill Lane: one less, turn 1", "among": ["Birch", "Cedar"], "chosen": ["Cedar"]}

WITNESSED = {
    "device": "coin",
    "called_by": "Birch",
    "order": ["Birch", "Cedar"],
    "witnesses": ["Olive"],
    "photo": "0" * 64,
}


def units(text: str, method: str = "caucus", *candidates: str) -> list[dict[str, Any]]:
    return read_sheet(text.encode(), "sheet.csv", method, candidates).units


def test_a_sheet_of_a_caucus_is_the_input_of_its_count() -> None:
    assert units(MILL_LANE) == [
        {
            "unit": "Mill Lane",
            "first": {"Ash": 100, "Birch": 50, "Cedar": 50},
            "final": {"Ash": 100, "Birch": 50, "Cedar": 50},
            "awarded": {"Ash": 3, "Birch": 2, "Cedar": 1},
            "sde": {"Ash": "0.2353", "Birch": "0.1569", "Cedar": "0.0784"},
            "delegates": 6,
            "attendance": 200,
            "rate": {"state_delegates": 4, "county_delegates": 51},
        }
    ]


def test_sheets_of_the_other_methods() -> None:
    assert units("unit;candidate;votes;party;electorate\nA;x;3;P;9\nA;y;2;Q;\n", "plurality") == [
        {"unit": "A", "votes": {"x": 3, "y": 2}, "parties": {"x": "P", "y": "Q"}, "electorate": 9}
    ]
    assert units("unit,candidate,votes,delegates,pool\nA,x,700.47,9,at-large\n", "delegates") == [
        {"unit": "A", "votes": {"x": "700.47"}, "delegates": 9, "pool": "at-large"}
    ]
    assert units("unit,section,candidate,votes\nA,members,x,3\nA,unions,x,4\n", "omov") == [
        {"unit": "A", "sections": {"members": {"x": 3}, "unions": {"x": 4}}}
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (ROOM + "Mill Lane,Ash,-3,3,,,4,,,\n", "sheet.csv, row 2, first: «-3» is negative"),
        (ROOM + "Mill Lane,Ash,3,3.5,,,4,,,\n", "sheet.csv, row 2, final: «3.5» is no whole number"),
        (ROOM + "Mill Lane,Ash,3,9999999999,,,4,,,\n", "sheet.csv, row 2, final: «9999999999» is more"),
        (ROOM + "Mill Lane,Ash,3,3,,,4,,,\nMill Lane,Ash,3,3,,,4,,,\n", "sheet.csv, row 3, first: «Ash» comes twice"),
        (ROOM + "Mill Lane,Ash,3,3,,,4,,,\nMill Lane,Elm,3,3,,,5,,,\n", "row 3, delegates: This row says 5, an earlier one of «Mill Lane» 4"),
        (ROOM + ",Ash,3,3,,,4,,,\n", "sheet.csv, row 2, unit: A name of 1"),
        (ROOM + "Mill Lane,Ash,3\n", "sheet.csv, row 2: There are 3 fields"),
        (ROOM + "Mill Lane,Ash,3,3,,,4,,,\nMill Lane,Elm,5,,,,4,,,\n", "sheet.csv, row 3, final: This is empty, but another group of «Mill Lane» has its number; write 0"),
        (ROOM, "sheet.csv: There is no result in this file"),
        ("unit,group\n", "sheet.csv, row 1: The columns final, delegates are missing"),
        ("unit,group,final,delegates,unit\na,b,1,2,c\n", "«unit» comes twice"),
        ("", "sheet.csv: This is not a CSV file"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_meant_names_row_and_field(text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        units(text)

    assert sentence in str(refused.value)


@pytest.mark.parametrize("method", ["plurality", "delegates"])
def test_a_number_that_was_left_out_is_not_nobody(method: str) -> None:
    with pytest.raises(BadInput, match="row 3, votes: This is empty; write 0"):
        units("unit,candidate,votes,delegates\nA,x,3,4\nA,y,,4\n", method)


def test_a_name_that_is_no_candidate_is_refused_with_row_and_field() -> None:
    with pytest.raises(BadInput, match=r"^sheet.csv, row 4, group: «group» names «Cedar»"):
        units(MILL_LANE, "caucus", "Ash", "Birch")


def test_a_count_is_counted_again_from_its_file_byte_for_byte() -> None:
    said = {"units": units(MILL_LANE)}
    lots = [Lot(LOT["step"], tuple(LOT["among"]), tuple(LOT["chosen"]), "physical", WITNESSED)]

    counted = count_all("caucus", rules_for("caucus", "iowa-2020"), said, lots, checked=True)

    assert counted.count.tie is None
    assert counted.checks is not None
    assert counted.checks.wrong == ()
    assert counted.checks.findings == ()
    raw = counted.text().encode()
    again, same = replay(raw, "count.json")
    assert same
    assert again.text().encode() == raw
    assert replay(raw.replace(b'"Cedar":1', b'"Cedar":2', 1), "count.json")[1] is False
    assert replay(raw + b"\n", "count.json")[1] is False


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"format": "hustings count 9"}, "its «format» must be «hustings count 1»"),
        ({"method": "lottery"}, "There is no method «lottery»"),
        ({"method": "plurality"}, "The rules «iowa-2020» are for caucus, not for plurality"),
        ({"rules": []}, "values by name"),
        ({"lots": 4}, "«lots» must be a list"),
        ({"input": {"units": [{"unit": "a"}]}}, "count.json, a: «attendance» is missing"),
        ({"winner": "me"}, "«winner» means nothing here"),
        ({"count": None}, "values by name"),
    ],
)
def test_a_file_that_is_no_count_is_one_sentence(change: dict[str, Any], sentence: str) -> None:
    counted = count_all("caucus", rules_for("caucus", "iowa-2020"), {"units": units(MILL_LANE)})
    file = {**json.loads(counted.text()), **change}

    with pytest.raises(BadInput) as refused:
        replay(json.dumps(file).encode(), "count.json")

    assert sentence in str(refused.value)
    assert str(refused.value).startswith("count.json")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b'{"a": 1, "a": 2}', "«a» comes twice in one object"),
        (b'{"a": NaN}', "«NaN» is no number"),
        (b'{"a": 1', "This is no JSON"),
        ('{"a": "ä"}'.encode("latin-1"), "not in UTF-8"),
        (b'{"a": "\\ud800"}', "not in UTF-8"),
        (b'{"a": ' + b"1" * 5_000 + b"}", "no contest has"),
        (b"[" * 200_000, "no contest has"),
    ],
)
def test_json_that_cannot_be_meant_is_one_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as refused:
        read_json(raw, "a.json")

    assert str(refused.value).startswith("a.json")


def test_a_number_with_a_point_stays_what_was_written() -> None:
    assert read_json(b'{"a": 0.10}', "a.json") == {"a": "0.10"}


def test_the_same_file_and_the_same_unit_count_once(tmp_path: Path) -> None:
    one, two, three = tmp_path / "one.csv", tmp_path / "two.csv", tmp_path / "three.json"
    one.write_text(MILL_LANE)
    two.write_text(MILL_LANE)
    three.write_text(json.dumps({"units": [{"unit": "Mill Lane"}]}))

    with pytest.raises(
        BadInput, match=r"two\.csv: This is «.*one\.csv» again; each file counts once"
    ):
        read_contest([str(one), str(two)], "caucus")
    with pytest.raises(BadInput, match="This is this file again"):
        read_contest([str(one), str(one)], "caucus")
    with pytest.raises(
        BadInput,
        match=r"three\.json, unit 1: The unit «Mill Lane» comes twice; it stands in .*one\.csv, row 2",
    ):
        read_contest([str(one), str(three)], "caucus")


@pytest.mark.parametrize(
    ("beside", "sentence"),
    [
        ({"lots": [LOT]}, "«lots» beside «units» are not read; hand them in with --lots"),
        ({"candidate": ["Ash"]}, "«candidate» means nothing here"),
    ],
)
def test_what_stands_beside_the_units_is_not_passed_over(
    beside: dict[str, Any], sentence: str, tmp_path: Path
) -> None:
    night, other = tmp_path / "night.json", tmp_path / "other.json"
    night.write_text(json.dumps({"units": [{"unit": "A", "votes": {"Ash": 3}}], **beside}))
    other.write_text(json.dumps({"contest": "Tonight", "units": [{"unit": "B", "votes": {}}]}))

    for paths in ([night], [other, night]):
        files = read_contest([str(path) for path in paths], "plurality")
        with pytest.raises(BadInput, match=sentence):
            count_all("plurality", rules_for("plurality", None), files.said)


def test_what_the_count_refuses_is_said_with_the_row(tmp_path: Path) -> None:
    sheet = tmp_path / "one.csv"
    sheet.write_text(ROOM + "High Street,Ash,3,3,,,4,,,\nMill Lane,Ash,30,30,,,4,20,,\n")
    files = read_contest([str(sheet)], "caucus")

    with pytest.raises(BadInput) as refused:
        count_all("caucus", rules_for("caucus", "iowa-2020"), files.said)

    placed = str(files.placed(refused.value))
    assert placed.endswith(
        "one.csv, row 3, Mill Lane: «first» has 30 people, but only 20 attended."
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (4, "A file of lots is a list"),
        ([4], "lot 1: A lot must say"),
        ([{**LOT, "coin": "heads"}], "«coin» means nothing here"),
        ([{**LOT, "among": "Birch"}], "«among» must be a list of names"),
        ([{**LOT, "how": "guessed"}], "«how» must be one of"),
        ([{**LOT, "record": 4}], "«record» must be values"),
        ([{**LOT, "step": ""}], "«step» must name"),
    ],
)
def test_a_file_of_lots_that_cannot_be_meant(said: Any, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "lots.json"
    path.write_text(json.dumps(said))

    with pytest.raises(BadInput, match=sentence):
        read_lots(str(path))


def test_lots_are_read_as_a_list_or_under_their_name(tmp_path: Path) -> None:
    path = tmp_path / "lots.json"
    for said in ([LOT], {"lots": [LOT]}):
        path.write_text(json.dumps(said))
        assert read_lots(str(path)) == (Lot(LOT["step"], ("Birch", "Cedar"), ("Cedar",)),)


def test_a_ruleset_is_ours_by_name_or_a_file(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('name = "own"\nmethod = "plurality"\n')

    assert read_ruleset(str(own)) == {"name": "own", "method": "plurality"}
    assert read_ruleset("uk-parliament") is own_ruleset("uk-parliament")
    for text, sentence in (("name = ", "This is no TOML"), ("a = 1", "«name» is missing")):
        own.write_text(text)
        with pytest.raises(BadInput, match=sentence):
            read_ruleset(str(own))
    with pytest.raises(BadInput, match="There are no rules «moon»"):
        read_ruleset("moon")
    with pytest.raises(BadInput, match="cannot be opened"):
        read_ruleset(str(tmp_path / "none.toml"))


def test_every_ruleset_says_where_each_of_its_rules_stands() -> None:
    assert len(own_rulesets()) == 10
    for name, rules in own_rulesets().items():
        assert rules["name"] == name
        assert rules["citation"]
        assert all(text and not text.endswith(".") for text in rules["citation"].values())
        for source in rules["source"]:
            assert source["title"]
            assert source["where"]
            assert ("read_on" in source) != ("read" in source), "read on a day, or how it is known"


def test_a_list_of_candidates_is_one_list_for_all_files(tmp_path: Path) -> None:
    def written(unit: str, *names: str) -> str:
        path = tmp_path / f"{unit}.json"
        said = {"units": [{"unit": unit, "votes": {"A": 3, "B": 2}}], "candidates": list(names)}
        path.write_text(json.dumps(said))
        return str(path)

    first, same, other = written("X", "A", "B"), written("Y", "A", "B"), written("Z", "A", "C")

    assert read_contest([first, same], "plurality").said["candidates"] == ["A", "B"]
    with pytest.raises(
        BadInput, match=r"Z\.json: The candidates here are not those of «.*X\.json»"
    ):
        read_contest([first, other], "plurality")
    assert read_contest([first, other], "plurality", ("A", "B", "C")).said["candidates"] == [
        "A",
        "B",
        "C",
    ]


def test_ballots_with_a_number_with_a_point_count_again_to_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "ward.json"
    path.write_text(
        '{"candidates":[{"name":"A","share":0.10},"B"],"ballots":[[3,["A"]],[2,["B"]]],"rules":{"note":1e2}}'
    )
    given, _ = read_ballots(path)
    text = count_all("irv", rules_for("irv", "irv"), given).text()

    assert json.loads(text)["input"]["candidates"][0] == {"name": "A", "share": "0.10"}
    assert replay(text.encode(), "count.json")[1]


@pytest.mark.parametrize(
    "value", ["12:30:00", "2026-11-26", "2026-11-26T12:30:00Z", "0.10", "nan", "inf"]
)
def test_a_ruleset_of_ones_own_may_hold_any_value_and_counts_again(
    value: str, tmp_path: Path
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f'name = "own"\nmethod = "omov"\n[[source]]\nread = {value}\n')
    said = {"unit": "X", "sections": {"all": {"A": 3, "B": 2}}}

    assert replay(count_all("omov", read_ruleset(str(path)), said).text().encode(), "c.json")[1]


@pytest.mark.parametrize(
    "value",
    ["1" * 5000, f"0x{'f' * 5000}", str(2**63), "[" * 5000],
    ids=("digits", "hexadecimal", "64 bits", "nested"),
)
def test_a_number_or_a_nesting_that_no_ruleset_has_is_one_sentence(
    value: str, tmp_path: Path
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f'name = "own"\nmethod = "omov"\nx = {value}\n')

    with pytest.raises(BadInput, match=r"own\.toml: This TOML holds a number"):
        read_ruleset(str(path))


def _seat(*lots: Lot) -> Counted:
    said = {"unit": "Mill Lane", "votes": {"Ash": 5, "Birch": 5}}
    return count_all("plurality", rules_for("plurality", None), said, lots, checked=True)


def _the_tie() -> Tie:
    tie = _seat().count.tie
    assert tie is not None
    return tie


def test_a_lot_that_its_record_does_not_give_is_wrong() -> None:
    tie = _the_tie()
    context = context_of("Mill Lane", tie)
    nonces = {"Alice": b"a" * 16, "Charlie": b"c" * 20}
    lot = reveal(
        "Mill Lane", tie, {side: commitment(nonce, context) for side, nonce in nonces.items()}, nonces
    )  # fmt: skip
    (other,) = set(tie.among) - set(lot.chosen)

    right, bent = _seat(lot).checks, _seat(replace(lot, chosen=(other,))).checks

    assert right == Checks((), ())
    assert bent is not None
    assert bent.wrong == (f"The lot for «{tie.step}» fell on {lot.chosen[0]}, not on {other}.",)


def test_a_beacon_that_could_not_be_verified_is_said_and_a_wrong_one_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = QUICKNET.moment_of(NUMBER) - 60
    lot = drawn_by_beacon("Mill Lane", _the_tie(), QUICKNET, NUMBER, SIGNATURE, logged_at=before)

    monkeypatch.setitem(sys.modules, LIBRARY, None)
    without = _seat(lot).checks
    refusing = stand_in([])
    refusing.GT.pairing_check = lambda *_: False
    monkeypatch.setitem(sys.modules, LIBRARY, refusing)
    wrong = _seat(lot).checks

    assert without is not None
    assert without.wrong == ()
    assert [(unit, code) for unit, code, _ in without.findings] == [("", "lot")]
    assert "was not verified here" in without.findings[0][2]
    assert wrong is not None
    assert wrong.wrong == ("The signature of the lot for «the most votes» is not the beacon's.",)


def test_a_lot_that_does_not_follow_decides_no_count_and_no_replay() -> None:
    lot = Lot("the most votes", ("Ash", "Birch"), ("Ash",), "commit-reveal", {})
    said = {"unit": "Mill Lane", "votes": {"Ash": 5, "Birch": 5}}

    with pytest.raises(LotRefused, match="does not hold: its record is not complete"):
        count_all("plurality", rules_for("plurality", None), said, [lot])
    stripped = replace(_seat(lot), checks=None).text().encode()
    with pytest.raises(BadInput, match="does not hold"):
        replay(stripped, "count.json")


def test_a_record_of_a_beacon_without_its_context_is_a_sentence() -> None:
    drawn = drawn_by_beacon(
        "Mill Lane",
        _the_tie(),
        QUICKNET,
        NUMBER,
        SIGNATURE,
        logged_at=QUICKNET.moment_of(NUMBER) - 60,
    )
    short = {name: value for name, value in drawn.record.items() if name != "context"}

    checks = _seat(replace(drawn, record=short)).checks

    assert checks is not None
    assert checks.wrong == ("The lot for «the most votes» was drawn for something else.",)


def test_what_a_lot_by_hand_does_not_say_is_a_finding() -> None:
    coin = {name: value for name, value in WITNESSED.items() if name != "witnesses"}

    checks = _seat(Lot("the most votes", ("Ash", "Birch"), ("Ash",), "physical", coin)).checks

    assert checks == Checks(
        (), (("", "lot", "The lot for «the most votes» does not say its witnesses."),)
    )


def test_a_lot_that_stands_in_a_report_is_looked_at_too() -> None:
    (unit,) = units(MILL_LANE)
    lot = {**LOT, "step": "one less, turn 1", "how": "beacon", "record": {}}

    counted = count_all(
        "caucus", rules_for("caucus", "iowa-2020"), {"units": [{**unit, "lots": [lot]}]}, checked=True
    )  # fmt: skip

    assert counted.checks is not None
    assert counted.checks.wrong == (
        "The lot for «one less, turn 1» does not hold: its record is not complete.",
    )


def test_the_parts_in_which_a_count_file_differs_are_named() -> None:
    raw = _seat(Lot("the most votes", ("Ash", "Birch"), ("Ash",))).text().encode()

    for old, new, parts in (
        (b'"elected":"Ash"', b'"elected":"Birch"', ("count",)),
        (b'"how":"handed in",', b"", ("lots",)),
        (b'"wrong":[]', b'"wrong":["All."]', ("checks",)),
        (b'"Ash":5', b'"Ash": 5', ()),
    ):
        changed = raw.replace(old, new, 1)
        again, same = replay(changed, "count.json")
        assert not same
        assert parts_that_differ(again, changed) == parts


def test_half_a_rate_and_a_column_that_is_nearly_one_are_refused() -> None:
    half = "unit,group,first,final,delegates,state_delegates\nX,A,3,3,1,4\n"
    with pytest.raises(BadInput, match="row 2: «county_delegates» of «X» is missing; a rate needs"):
        units(half)
    slip = "unit,group,first,final,delegates,attendence\nX,A,3,3,1,4\n"
    with pytest.raises(BadInput, match="row 1: The column «attendence» would not be read; call it"):
        units(slip)
    other = "unit,group,first,final,delegates,county,note\nX,A,3,3,1,Polk,ok\n"
    assert "county" not in units(other)[0]


def test_one_unit_with_its_candidates_may_come_beside_others(tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    for path in (one, two):
        said = {"unit": path.stem, "votes": {"A": 3, "B": 2}, "candidates": ["A", "B"]}
        path.write_text(json.dumps(said))
    files = read_contest([str(one), str(two)], "plurality")

    found = count_all("plurality", rules_for("plurality", None), files.said)

    assert found.count.result["totals"]["seats"] == {"A": 2}
