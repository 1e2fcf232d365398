"""The Order by examples that a person can count: quota, values, ties looked back at, last seats, void papers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from hustings.core.contest.lot import Lot, Lots
from hustings.core.contest.ranked.ballots import WRITE_INS
from hustings.core.contest.ranked.check_stv import check_stv
from hustings.core.contest.ranked.stv_scottish import LOST, NOBODY, count_stv
from hustings.core.errors import BadInput


def ward(*papers: str, seats: int, names: str = "ABCDE") -> dict[str, Any]:
    """``3 AB`` is three papers with A first and B second; ``.`` is a figure left out, ``=`` two with one figure."""
    ballots = []
    for each in papers:
        count, _, order = each.partition(" ")
        ranks: list[Any] = [
            "" if mark == "." else ["A", "B"] if mark == "=" else mark for mark in order
        ]
        ballots.append([int(count), ranks])
    return {"candidates": list(names), "ballots": ballots, "seats": seats}


def stages(given: dict[str, Any], *lots: Lot, **rules: Any) -> list[dict[str, Any]]:
    count = count_stv(given, rules, Lots(lots))
    assert check_stv(given, rules, Lots(lots), count) == []
    return list(count.result["stages"])


def acted(done: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(stage["action"], stage["candidate"]) for stage in done[1:]]


@pytest.mark.parametrize(
    ("papers", "seats", "quota"), [(5000, 4, 1001), (5000, 3, 1251), (14207, 4, 2842), (9, 2, 4)]
)
def test_the_quota_is_votes_by_seats_and_one_cut_off_plus_one(
    papers: int, seats: int, quota: int
) -> None:
    count = count_stv(ward(f"{papers} A", "0 B", seats=seats), {}, Lots())
    assert count.result["quota"] == quota


def test_each_paper_passes_on_its_share_of_the_surplus_to_five_places() -> None:
    given = ward("7 AB", "2 A", "4 B", "4 C", "1 D", seats=2)
    first, second, *_ = stages(given)
    # 18 papers, quota 7; 2 of 9 = 0.22222 each
    assert first["elected"] == ["A"]
    assert second["totals"] == {"A": 7, "B": "277777/50000", "C": 4, "D": 1, "E": 0}
    assert second[NOBODY] == "11111/25000"
    assert second[LOST] == "1/50000"
    assert second["transfers"] == {"B": "77777/50000", NOBODY: "11111/25000"}


def test_a_paper_that_came_at_a_value_goes_on_at_a_share_of_it() -> None:
    given = ward("12 ABC", "2 B", "5 C", "1 D", seats=3, names="ABCD")
    done = stages(given)
    # 20 papers, quota 6: A passes 6/12 of each to B, who has 8 and passes 2/8 of each: 0.5 × 0.25 = 0.125
    assert done[1]["totals"] == {"A": 6, "B": 8, "C": 5, "D": 1}
    assert done[2]["totals"] == {"A": 6, "B": 6, "C": "13/2", "D": 1}
    assert done[2][NOBODY] == "1/2"
    assert done[2]["elected"] == ["C"]


def test_the_largest_surplus_goes_first() -> None:
    given = ward("7 AD", "9 BD", "1 C", "1 D", "1 E", seats=3)
    assert acted(stages(given))[:2] == [("surplus", "B"), ("surplus", "A")]


def test_who_has_just_the_quota_has_no_surplus() -> None:
    given = ward("5 AB", "3 B", "1 C", seats=1, names="ABC")
    assert [stage["elected"] for stage in stages(given)] == [["A"]]
    two = ward("4 AB", "3 B", "2 C", "1 D", seats=2, names="ABCD")
    assert acted(stages(two)) == [("exclusion", "D"), ("exclusion", "C")]


def test_equal_surpluses_need_a_lot_and_it_names_the_one_that_goes_first() -> None:
    given = ward("7 AC", "7 BD", "3 C", "2 D", "1 E", seats=3)
    stopped = count_stv(given, {}, Lots())
    assert stopped.tie is not None
    assert stopped.tie.step == "stage 2: surplus"
    assert stopped.tie.fate == "has the surplus that is passed on first"
    assert "rule 49" in stopped.tie.rule
    lot = Lot("stage 2: surplus", ("A", "B"), ("B",))
    assert acted(stages(given, lot))[:2] == [("surplus", "B"), ("surplus", "A")]


def test_equal_surpluses_are_told_apart_by_the_latest_stage_at_which_they_differed() -> None:
    given = ward("5 B", "7 A", "8 XB", "3 C", "2 D", seats=4, names="BAXCD")
    done = stages(given)
    # 25 papers, quota 6: X passes 2 of 8 to B, who then has 7 as A had from the first
    assert done[1]["totals"] == {"B": 7, "A": 7, "X": 6, "C": 3, "D": 2}
    assert acted(done)[:3] == [("surplus", "X"), ("surplus", "A"), ("surplus", "B")]


def test_equal_last_ones_are_told_apart_by_the_latest_stage_at_which_they_differed() -> None:
    given = ward("9 A", "8 B", "4 C", "3 D", "1 ED", seats=1)
    done = stages(given)
    assert done[1]["totals"] == {"A": 9, "B": 8, "C": 4, "D": 4, "E": 0}
    assert acted(done)[1] == ("exclusion", "D")
    assert count_stv(given, {}, Lots()).transcript.steps[2].sentence == (
        "D is excluded. C, D are equal; stage 1 leaves D."
    )
    other = ward("9 A", "8 B", "3 C", "4 D", "1 EC", seats=1)
    assert acted(stages(other))[1] == ("exclusion", "C")


def test_those_still_equal_at_that_stage_are_looked_at_before_it() -> None:
    given = ward("9 A", "4 B", "4 C", "3 D", "1 ED", seats=1)
    stopped = count_stv(given, {}, Lots())
    # B, C and D have 4 at stage 2; at stage 1 D had 3 and is out; then B and C are equal at every stage.
    assert [stage["candidate"] for stage in stopped.result["stages"]][1:] == ["E", "D"]
    assert stopped.tie is not None
    assert stopped.tie.step == "stage 4: exclusion"
    assert stopped.tie.among == ("B", "C")
    assert "rule 51" in stopped.tie.rule
    assert stopped.result["elected"] == []


def test_the_last_seats_are_filled_without_another_transfer() -> None:
    given = ward("5 A", "3 B", "3 C", "1 D", seats=3, names="ABCD")
    done = stages(given)
    assert acted(done) == [("surplus", "A"), ("exclusion", "D")]
    assert done[-1]["elected"] == ["B", "C"]
    alone = stages(ward("3 A", "1 B", seats=5, names="ABC"))
    assert [stage["elected"] for stage in alone] == [["A", "B", "C"]]


def test_a_paper_counts_as_far_as_its_figures_are_in_order() -> None:
    given = ward("5 A", "2 .B", "1 =C", "2 B.C", "1 BBC", "2 C=D", "1 ", "3 DAB", seats=1)
    count = count_stv(given, {}, Lots())
    assert count.result["ballots"] == 17
    assert count.result["void"] == 4
    assert count.result["blank"] == 1
    first = count.result["stages"][0]["totals"]
    assert first == {"A": 5, "B": 3, "C": 2, "D": 3, "E": 0}
    moved = [stage["transfers"] for stage in count.result["stages"][1:]]
    assert moved[:2] == [{}, {NOBODY: 2}]


def test_a_paper_with_one_candidate_twice_ends_there() -> None:
    given = ward("5 A", "4 C", "1 BBC", "1 BC", seats=1, names="ABC")
    done = stages(given)
    assert acted(done) == [("exclusion", "B"), ("exclusion", "C")]
    assert done[1]["transfers"] == {"C": 1, NOBODY: 1}


def test_stages_that_tell_nobody_apart_are_not_spoken_of() -> None:
    given = ward("9 A", "4 B", "4 C", "3 D", "1 ED", seats=1)
    lot = Lot("stage 4: exclusion", ("B", "C"), ("C",))
    said = count_stv(given, {}, Lots([lot])).transcript.steps[3].sentence
    assert said == "C is excluded. B, C are equal at every stage; the lot (handed in) fell on C."


def test_a_withdrawn_candidate_is_passed_over_as_if_not_there() -> None:
    given = ward("3 AB", "2 B", "4 C", "1 A", seats=1, names="ABC")
    given["candidates"] = [{"name": "A", "excluded": True}, "B", "C"]
    count = count_stv(given, {}, Lots())
    assert count.result["valid"] == 9
    assert count.result["elected"] == ["B"]
    assert check_stv(given, {}, Lots(), count) == []


def test_fewer_places_cut_off_more() -> None:
    given = ward("7 AB", "2 A", "4 B", "4 C", "1 D", seats=2)
    assert stages(given, decimalPlacesForVoteArithmetic=2)[1]["totals"]["B"] == "277/50"
    assert stages(given, decimalPlacesForVoteArithmetic=0)[1]["totals"]["B"] == 4


@pytest.mark.parametrize(
    ("rules", "where", "sentence"),
    [
        ({"quota": "hare"}, "rules, quota", "«quota» is no rule of Scottish STV"),
        ({"seats": 0}, "rules, seats", "say no number of seats"),
        ({"seats": 10_001}, "rules, seats", "say no number of seats"),
        (
            {"decimalPlacesForVoteArithmetic": 21},
            "rules, decimalPlacesForVoteArithmetic",
            "21 is no",
        ),
        (
            {"decimalPlacesForVoteArithmetic": -1},
            "rules, decimalPlacesForVoteArithmetic",
            "-1 is no",
        ),
    ],
)
def test_rules_that_cannot_be_meant_are_refused(
    rules: dict[str, Any], where: str, sentence: str
) -> None:
    with pytest.raises(BadInput) as refused:
        count_stv(ward("1 A", seats=1), rules, Lots())
    assert refused.value.where == where
    assert sentence in refused.value.message


def test_the_most_places_and_the_most_seats_are_taken() -> None:
    given = ward("7 AB", "2 A", "4 B", "4 C", "1 D", seats=2)
    fine = stages(given, decimalPlacesForVoteArithmetic=20)[1]
    assert Fraction(fine["totals"]["B"]) == 4 + Fraction(7 * (2 * 10**20 // 9), 10**20)
    assert len(stages(given, seats=10_000)[0]["elected"]) == 5


def test_write_ins_and_a_file_without_seats_are_refused() -> None:
    with pytest.raises(BadInput, match="no undeclared write-ins"):
        count_stv({"candidates": ["A", WRITE_INS], "ballots": [], "seats": 1}, {}, Lots())
    with pytest.raises(BadInput, match="no number of seats"):
        count_stv({"candidates": ["A"], "ballots": []}, {}, Lots())
    assert (
        count_stv({"candidates": ["A"], "ballots": []}, {"seats": 1}, Lots()).result["quota"] == 1
    )


def test_the_steps_say_what_was_done_and_by_which_rule() -> None:
    given = ward("5 A", "3 B", "3 C", "1 D", seats=3, names="ABCD")
    count = count_stv(given, {"citation": {"exclusion": "our rule 7"}}, Lots())
    said = [(step.sentence, step.rule) for step in count.transcript.steps]
    assert said == [
        ("The quota is 4. Elected: A.", "SSI 2007/42, Schedule 1, rules 46 and 47"),
        ("The surplus of A is passed on.", "SSI 2007/42, Schedule 1, rule 48"),
        (
            "D is excluded. There are no more candidates left than seats "
            "(SSI 2007/42, Schedule 1, rule 52). Elected: B, C.",
            "our rule 7",
        ),
    ]
    full = count_stv(ward("4 A", "4 B", seats=2, names="AB"), {}, Lots())
    assert [step.sentence for step in full.transcript.steps] == ["The quota is 3. Elected: A, B."]


def test_where_every_candidate_has_withdrawn_it_is_said() -> None:
    gone = [{"name": name, "excluded": True} for name in "AB"]
    given = ward("3 AB", seats=1) | {"candidates": gone}

    count = count_stv(given, {}, Lots())

    assert count.result["elected"] == []
    assert count.flags == ("Every candidate has withdrawn, so nobody is elected.",)
    one = ward("3 AB", seats=1) | {"candidates": [gone[0], "B"]}
    assert count_stv(one, {}, Lots()).flags == ()


def test_nobody_may_be_called_as_the_votes_of_nobody_are() -> None:
    given = {"candidates": ["A", "non-transferable"], "seats": 1, "ballots": [[3, ["A"]]]}
    with pytest.raises(BadInput, match="«non-transferable» is what the votes of nobody are called"):
        count_stv(given, {}, Lots())
