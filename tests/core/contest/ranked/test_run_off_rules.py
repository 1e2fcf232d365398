"""Each parameter of a run-off by an example that a person can count, where RCTab's own sets do not reach."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from hustings.core.contest.lot import Lot, Lots
from hustings.core.contest.ranked.ballots import WRITE_INS
from hustings.core.contest.ranked.irv import count_irv
from hustings.core.errors import BadInput


def contest(*ballots: str, names: str = "ABCD", **more: Any) -> dict[str, Any]:
    """``3 A>B`` is three ballots; ``.`` a blank rank, ``A=B`` an overvote, ``?`` one of which nobody knows the marks."""
    rows = []
    for each in ballots:
        count, _, ranking = each.partition(" ")
        ranks: list[Any] = []
        for mark in ranking.split(">") if ranking else []:
            called = [WRITE_INS if one == "W" else one for one in mark.split("=")]
            several = [] if mark == "?" else called
            ranks.append(
                ""
                if mark == "."
                else called[0]
                if called[0] != "?" and len(called) == 1
                else several
            )
        rows.append([int(count), ranks])
    return {"candidates": list(names), "ballots": rows} | more


def rounds(given: dict[str, Any], lots: list[Lot] | None = None, **rules: Any) -> list[Any]:
    return list(count_irv(given, rules, Lots(lots or [])).result["rounds"])


def elected(given: dict[str, Any], lots: list[Lot] | None = None, **rules: Any) -> list[str]:
    count = count_irv(given, rules, Lots(lots or []))
    assert count.tie is None, count.tie
    return list(count.result["elected"])


def test_an_overvote_with_one_candidate_left_counts_by_the_mildest_rule() -> None:
    given = contest("4 A", "3 B", "2 C=B>A", "1 C")
    ended = rounds(given, overvoteRule="exhaustImmediately")
    assert ended[0]["inactive"]["overvotes"] == 2
    skipped = rounds(given, overvoteRule="alwaysSkipToNextRank")
    assert skipped[0]["tally"] == {"A": 6, "B": 3, "C": 1, "D": 0}
    late = contest("4 A", "3 B", "2 D>C=B", "3 C", names="ABCD")
    mild = rounds(
        late, overvoteRule="exhaustIfMultipleContinuing", tiebreakMode="useCandidateOrder"
    )
    assert mild[1]["inactive"]["overvotes"] == 2
    later = contest("4 A", "3 B", "3 C>D=B", "1 D", names="ABCD")
    mild = rounds(
        later, overvoteRule="exhaustIfMultipleContinuing", tiebreakMode="useCandidateOrder"
    )
    assert mild[2]["tally"] == {"A": 4, "B": 6}


def test_an_overvote_whose_marks_nobody_knows_needs_another_rule() -> None:
    with pytest.raises(BadInput, match="every overvote must name who was marked"):
        rounds(contest("1 ?>A"), overvoteRule="exhaustIfMultipleContinuing")
    assert (
        rounds(contest("3 ?>A", "1 B"), overvoteRule="alwaysSkipToNextRank")[0]["tally"]["A"] == 3
    )


@pytest.mark.parametrize(
    ("allowed", "skipped"), [(0, 3), (1, 2), (2, 0), ("unlimited", 0), ("", 0)]
)
def test_more_blank_ranks_than_allowed_end_a_ballot(allowed: Any, skipped: int) -> None:
    given = contest("9 B", "1 .>A", "2 .>.>A", names="ABCD")
    first = rounds(given, maxSkippedRanksAllowed=allowed)[0]
    assert first["inactive"]["skipped"] == skipped
    assert first["tally"]["A"] == 3 - skipped


def test_a_gap_counts_from_the_rank_before_also_over_an_overvote() -> None:
    given = contest("9 B", "1 C>.>A", "2 C=D>.>A", names="ABCD")
    rules = {"maxSkippedRanksAllowed": 1, "overvoteRule": "alwaysSkipToNextRank"}
    assert rounds(given, **rules)[0]["tally"] == {"A": 2, "B": 9, "C": 1, "D": 0}


def test_a_repeated_candidate_ends_a_ballot_only_where_the_rule_says_so() -> None:
    given = contest("3 C>C>A", "4 A", "5 B", "1 ?>D>?>A", names="ABCD")
    rules = {"overvoteRule": "alwaysSkipToNextRank", "tiebreakMode": "useCandidateOrder"}
    assert rounds(given, **rules)[-1]["tally"] == {"A": 8, "B": 5}
    last = rounds(given, exhaustOnDuplicateCandidate=True, **rules)[-1]
    assert last["inactive"]["repeated"] == 3
    assert last["tally"] == {"A": 5, "B": 5}
    within = contest("3 A=B>A", "1 B", names="AB")
    ended = rounds(within, exhaustOnDuplicateCandidate=True, overvoteRule="alwaysSkipToNextRank")
    assert ended[0]["inactive"]["repeated"] == 3


def test_ranks_beyond_the_last_one_allowed_are_not_read_and_told_of() -> None:
    given = contest("6 A", "5 B", "3 C>D>B", "1 D>C>.", names="ABCD")
    count = count_irv(given, {"maxRankingsAllowed": 2}, Lots())
    assert count.result["elected"] == ["A"]
    assert count.flags == (
        "3 ballots rank further down than the 2 ranks that are counted; those ranks were not read.",
    )
    assert elected(given, maxRankingsAllowed="max") == ["B"]
    assert elected(given, maxRankingsAllowed=3) == ["B"]
    assert count_irv(given, {}, Lots()).flags == ()


def test_a_blank_rank_may_stand_for_somebody_written_in() -> None:
    given = contest("3 .>A", "2 A", "4 B", names="AB")
    plain = rounds(given)
    assert plain[0]["tally"] == {"A": 5, "B": 4}
    as_write_in = rounds(given, treatBlankAsUndeclaredWriteIn=True)
    assert as_write_in[0]["tally"] == {"A": 2, "B": 4, WRITE_INS: 3}
    assert as_write_in[0]["eliminated"] == [WRITE_INS]
    assert as_write_in[1]["elected"] == ["A"]


def test_write_ins_never_win_not_even_with_nobody_else_left() -> None:
    given = contest("9 W", "1 A", names="A")
    assert elected(given) == ["A"]
    assert rounds(contest("9 W>A", "1 A", names="A"))[1]["tally"] == {"A": 10}
    never = contest("1 B>W", "3 A", names="AB")
    assert elected(never, winnerElectionMode="bottomsUp", numberOfWinners=3) == ["A", "B"]


def test_who_is_excluded_gets_nothing_and_passes_everything_on() -> None:
    given = contest("5 A>B", "2 B", "4 C", names="ABC")
    given["candidates"] = [{"name": "A", "excluded": True}, "B", "C"]
    first = rounds(given)[0]
    assert first["tally"] == {"B": 7, "C": 4}
    assert first["elected"] == ["B"]


def test_the_threshold_is_more_than_half_of_what_still_counts() -> None:
    given = contest("4 A", "3 B", "2 C", "1 D>A", names="ABCD")
    assert [round_["threshold"] for round_ in rounds(given)] == [6, 6, 5]
    fixed = rounds(given, doesFirstRoundDetermineThreshold=True)
    assert [round_["threshold"] for round_ in fixed] == [6, 6, 6]
    assert fixed[-1]["elected"] == ["A"]
    exactly = contest("5 A", "3 B", "2 C", names="ABC")
    assert rounds(exactly)[0]["elected"] == []
    assert rounds(contest("6 A", "5 B", names="AB"))[0]["elected"] == ["A"]


def test_with_a_fixed_threshold_the_first_of_the_last_two_wins_or_a_lot_decides() -> None:
    given = contest("2 A", "2 B", "5 C>D", "6 D>A", "6 D>B", names="ABCD")
    count = count_irv(
        contest("3 A", "3 B", "1 C", names="ABC"),
        {"doesFirstRoundDetermineThreshold": True},
        Lots(),
    )
    assert count.tie is not None
    assert count.tie.step == "round 2: election"
    assert elected(given, doesFirstRoundDetermineThreshold=True) == ["D"]


def test_all_below_the_least_number_of_votes_go_together() -> None:
    given = contest("6 A", "5 B", "2 C>B", "1 D>B", names="ABCD")
    first, second = rounds(given, minimumVoteThreshold=3)
    assert first["eliminated"] == ["C", "D"]
    assert second["elected"] == ["B"]
    assert rounds(given, minimumVoteThreshold=2)[0]["eliminated"] == ["D"]
    assert rounds(given, minimumVoteThreshold=20)[0]["threshold"] == 20


def test_where_all_are_below_it_nobody_is_elected_and_a_note_says_so() -> None:
    count = count_irv(contest("2 A", "2 B", names="AB"), {"minimumVoteThreshold": 3}, Lots())
    assert count.result["elected"] == []
    assert count.tie is None
    assert count.flags == (
        "round 1: nobody is left who reaches what the rules ask for; 0 of 1 seats are filled.",
    )


def test_two_with_just_the_least_number_of_votes_are_equal_for_the_seat() -> None:
    count = count_irv(contest("3 A", "3 B", names="AB"), {"minimumVoteThreshold": 3}, Lots())
    assert count.tie is not None
    assert count.tie.step == "round 1: election"
    assert count.tie.fate == "is elected"


def test_with_a_fixed_threshold_the_first_of_two_wins_also_below_the_least_number() -> None:
    rules = {"minimumVoteThreshold": 4, "doesFirstRoundDetermineThreshold": True}
    assert elected(contest("3 A", "2 B", names="AB"), **rules) == ["A"]


def test_the_least_number_is_of_whole_votes_also_where_votes_are_shared() -> None:
    given = contest("8 A>B", "3 B", "2 C", "2 D", "1 E", "1 F", names="ABCDEF")
    rules = {
        "numberOfWinners": 2,
        "winnerElectionMode": "multiWinnerAllowMultipleWinnersPerRound",
        "minimumVoteThreshold": 2,
    }
    done = rounds(given, tiebreakMode="useCandidateOrder", **rules)
    assert [round_["eliminated"] for round_ in done][:3] == [[], ["E", "F"], ["D"]]
    assert rounds(given, **rules | {"minimumVoteThreshold": 7})[0]["threshold"] == 7


def test_a_batch_has_fewer_votes_together_than_the_next_one() -> None:
    given = contest("9 A", "8 B", "4 C", "2 D", "1 E", names="ABCDE")
    assert rounds(given, batchElimination=True)[0]["eliminated"] == ["C", "D", "E"]
    assert rounds(given)[0]["eliminated"] == ["E"]
    equal = contest("9 A", "7 B", "4 C", "2 D", "1 E", names="ABCDE")
    assert rounds(equal, batchElimination=True)[0]["eliminated"] == ["D", "E"]
    one = contest("9 A", "8 B", "7 C", "1 D", names="ABCD")
    assert rounds(one, batchElimination=True)[0]["eliminated"] == ["D"]
    said = [
        count_irv(each, {"batchElimination": True}, Lots()).transcript.steps[0].sentence
        for each in (given, one)
    ]
    assert said[0].startswith("13 votes elect. Together they have fewer votes than the next one")
    assert said[1] == "13 votes elect. Eliminated: D."


def test_until_two_are_left_no_batch_leaves_only_the_winner() -> None:
    given = contest("9 A", "2 B", "1 C", names="ABC")
    rules = {"continueUntilTwoCandidatesRemain": True, "batchElimination": True}
    done = rounds(given, **rules)
    assert [round_["eliminated"] for round_ in done] == [[], ["C"], []]
    assert done[-1]["tally"] == {"A": 9, "B": 2}
    assert elected(given, **rules) == ["A"]
    wide = contest("20 A", "19 B", "4 C", "2 D", "1 E", names="ABCDE")
    assert rounds(wide, **rules)[0]["eliminated"] == ["C", "D", "E"]


def test_a_count_may_stop_after_a_round() -> None:
    given = contest("4 A", "3 B", "2 C>B", names="ABC")
    assert len(rounds(given)) == 2
    stopped = count_irv(given, {"stopTabulationEarlyAfterRound": 1}, Lots())
    assert stopped.result["elected"] == []
    assert [round_["eliminated"] for round_ in stopped.result["rounds"]] == [["C"]]
    assert elected(given, stopTabulationEarlyAfterRound=2) == ["B"]


def test_equal_ones_are_looked_up_in_the_rounds_before_the_latest_first() -> None:
    close = contest("6 A", "4 B", "3 C", "1 D>C", names="ABCD")
    done = rounds(close, tiebreakMode="previousRoundCountsThenRandom")
    assert done[1]["tally"] == {"A": 6, "B": 4, "C": 4}
    assert done[1]["eliminated"] == ["C"]
    assert done[1]["eliminated"] != count_irv(close, {}, Lots()).result["rounds"][1]["eliminated"]


def test_the_latest_round_is_asked_before_the_first_one() -> None:
    given = contest("9 E>B", "2 C", "6 B", "5 A", "2 D>A", "1 C>B", names="ABCDE")
    count = count_irv(given, {"tiebreakMode": "previousRoundCountsThenRandom"}, Lots())
    done = count.result["rounds"]
    assert (done[0]["tally"]["A"], done[0]["tally"]["B"]) == (5, 6)
    assert (done[1]["tally"]["A"], done[1]["tally"]["B"]) == (7, 6)
    assert done[2]["tally"] == {"A": 7, "B": 7, "E": 9}
    assert done[2]["eliminated"] == ["B"]
    said = count.transcript.steps[2].sentence
    assert said == "12 votes elect. A, B are equal; round 2 leaves B. Eliminated: B."


def test_a_round_that_tells_nobody_apart_is_not_spoken_of() -> None:
    given = contest("5 A", "3 B", "3 C", "1 D", names="ABCD")
    count = count_irv(given, {"tiebreakMode": "previousRoundCountsThenAsk"}, Lots())
    assert count.tie is not None
    assert count.tie.rule == "RCTab, tiebreakMode previousRoundCountsThenAsk"
    assert "leaves" not in count.transcript.steps[-1].sentence
    cited = count_irv(given, {"citation": {"tie": "a law, 3"}}, Lots())
    assert cited.tie is not None
    assert cited.tie.rule == "a law, 3"


def test_write_ins_without_a_vote_stand_last_in_every_order() -> None:
    given = contest("2 A>W", "2 C", names="ABC")
    done = rounds(given, tiebreakMode="useCandidateOrder")
    assert [round_["eliminated"] for round_ in done] == [[WRITE_INS], ["B"], []]
    handed_in = {"tiebreakMode": "generatePermutation", "candidateOrder": ["C", "B", "A"]}
    assert rounds(given, **handed_in)[-1]["elected"] == ["C"]


def test_the_numbers_of_each_step_add_up_to_the_ballots() -> None:
    given = contest("7 A>B", "1 B", "2 C", "1 D", "1 ", names="ABCD")
    rules = {"numberOfWinners": 2, "winnerElectionMode": "multiWinnerAllowMultipleWinnersPerRound"}
    count = count_irv(given, rules, Lots())
    assert count.tie is None
    assert count.result["rounds"][-1]["residual surplus"] != 0
    for step in count.transcript.steps:
        assert sum(Fraction(number) for _, number in step.numbers) == 11


def test_of_two_that_are_equal_at_last_the_one_ahead_before_wins() -> None:
    given = contest("4 A", "3 B", "1 C>B", names="ABC")
    done = rounds(given, tiebreakMode="previousRoundCountsThenAsk")
    assert done[1]["tally"] == {"A": 4, "B": 4}
    assert done[1]["elected"] == ["A"]


def test_an_order_decides_from_its_front_who_wins_and_from_its_end_who_goes() -> None:
    given = contest("2 A", "2 B", "2 C", names="ABC")
    own = rounds(given, tiebreakMode="useCandidateOrder")
    assert [round_["eliminated"] for round_ in own] == [["C"], []]
    assert own[-1]["elected"] == ["A"]
    handed_in = {"tiebreakMode": "generatePermutation", "candidateOrder": ["C", "A", "B"]}
    done = rounds(given, **handed_in)
    assert [round_["eliminated"] for round_ in done] == [["B"], []]
    assert done[-1]["elected"] == ["C"]
    unknown = count_irv(given, {"tiebreakMode": "generatePermutation"}, Lots())
    assert unknown.tie is not None
    with pytest.raises(BadInput, match="«D» is missing or unknown"):
        rounds(given, tiebreakMode="useCandidateOrder", candidateOrder=["A", "B", "C", "D"])


def test_a_lot_that_no_tie_asked_for_is_told_of() -> None:
    lot = Lot("round 9: elimination", ("A", "B"), ("A",))
    count = count_irv(contest("2 A", "1 B", names="AB"), {}, Lots([lot]))
    assert count.flags == ("The lot for «round 9: elimination» was asked for by no tie.",)


@pytest.mark.parametrize("name", ["exhausted", "residual surplus"])
def test_nobody_may_be_called_as_the_ballots_of_nobody_are(name: str) -> None:
    given = {"candidates": ["A", "B", name], "ballots": [[3, ["A"]], [1, [name]]]}
    with pytest.raises(BadInput, match=f"«{name}» is what the votes of nobody are called"):
        count_irv(given, {}, Lots())


def test_one_winner_a_round_takes_the_highest_first() -> None:
    given = contest("8 A>D", "6 B>D", "3 C", "2 D", names="ABCD")
    rules = {"numberOfWinners": 3, "winnerElectionMode": "multiWinnerAllowOnlyOneWinnerPerRound"}
    done = rounds(given, **rules)
    assert [round_["elected"] for round_ in done][:2] == [["A"], ["B"]]
    together = rounds(
        given, **rules | {"winnerElectionMode": "multiWinnerAllowMultipleWinnersPerRound"}
    )
    assert together[0]["elected"] == ["A", "B"]
    equal = contest("6 A", "6 B", "1 C", names="ABC")
    two = rules | {"numberOfWinners": 2}
    count = count_irv(equal, two, Lots())
    assert count.tie is not None
    assert count.tie.step == "round 1: election"
    assert elected(equal, [Lot(count.tie.step, ("A", "B"), ("B",))], **two) == ["B", "A"]


def test_a_surplus_is_cut_off_to_the_places_that_the_rules_say() -> None:
    given = contest("7 A>B", "1 B", "2 C", "1 D", names="ABCD")
    rules = {"numberOfWinners": 2, "winnerElectionMode": "multiWinnerAllowMultipleWinnersPerRound"}
    four = rounds(given, **rules)
    # 11 ballots, threshold 4, surplus 3 of 7: 0.4285 of each ballot, 7 × 0.4285 = 2.9995
    assert four[0]["threshold"] == 4
    assert four[1]["tally"]["B"] == "7999/2000"
    assert four[1]["tally"]["A"] == 4
    assert four[1]["residual surplus"] == "1/2000"
    one = rounds(given, decimalPlacesForVoteArithmetic=1, **rules)
    assert one[1]["tally"]["B"] == "19/5"
    assert rounds(given, hareQuota=True, **rules)[0]["threshold"] == 6
    fine = rounds(given, nonIntegerWinningThreshold=True, **rules)[0]["threshold"]
    assert fine == "36667/10000"


def test_one_pass_after_another_elects_each_time_without_those_before() -> None:
    given = contest("5 A>B", "4 B", "2 C", names="ABC")
    rules = {"winnerElectionMode": "multiPassIrv", "numberOfWinners": 2}
    count = count_irv(given, rules, Lots())
    assert count.result["elected"] == ["A", "B"]
    assert [(r["pass"], r["round"]) for r in count.result["rounds"]] == [(1, 1), (1, 2), (2, 1)]
    assert count.result["rounds"][-1]["tally"] == {"B": 9, "C": 2}
    assert elected(given, **rules | {"numberOfWinners": 3}) == ["A", "B", "C"]
    tied = count_irv(contest("3 A", "1 B", "1 C", names="ABC"), rules, Lots())
    assert tied.tie is not None
    assert tied.tie.step == "pass 2, round 1: election"
    assert tied.result["elected"] == ["A"]


def test_passes_end_with_the_candidates() -> None:
    given = contest("5 A>B", "4 B", names="AB")
    rules = {"winnerElectionMode": "multiPassIrv", "numberOfWinners": 5}
    count = count_irv(given, rules, Lots())
    assert count.result["elected"] == ["A", "B"]
    assert [round_["pass"] for round_ in count.result["rounds"]] == [1, 2, 3]
    assert count.flags == (
        "pass 3, round 1: nobody is left who reaches what the rules ask for; 0 of 1 seats are filled.",
    )


def test_a_share_that_is_met_exactly_is_reached() -> None:
    rules = {
        "winnerElectionMode": "bottomsUpUsingPercentageThreshold",
        "multiSeatBottomsUpPercentageThreshold": "25",
    }
    given = contest("5 A", "2 B", "1 C>B", names="ABC")
    assert elected(given, **rules) == ["A", "B"]
    assert rounds(given, **rules)[0]["eliminated"] == ["C"]
    exactly = rounds(contest("6 A", "2 B", names="AB"), **rules)
    assert [round_["elected"] for round_ in exactly] == [["A", "B"]]
    none = count_irv(
        contest("1 A", "1 B", "1 C", names="ABC"),
        rules | {"multiSeatBottomsUpPercentageThreshold": "40", "cutoffElimination": True},
        Lots(),
    )
    assert none.result["elected"] == []
    assert none.flags == ("Nobody reaches the percentage; nobody is elected.",)


@pytest.mark.parametrize(
    ("rules", "field", "sentence"),
    [
        ({"colour": "red"}, "colour", "«colour» is no rule of an instant run-off"),
        ({"winnerElectionMode": "most"}, "winnerElectionMode", "«most» is none of singleWinner"),
        ({"numberOfWinners": "x"}, "numberOfWinners", "«x» is no whole number from 0 to 10000."),
        ({"numberOfWinners": 0}, "numberOfWinners", "Nobody would be elected"),
        ({"numberOfWinners": True}, "numberOfWinners", "«True» is no whole number"),
        ({"maxSkippedRanksAllowed": -1}, "maxSkippedRanksAllowed", "or unlimited."),
        ({"batchElimination": "yes"}, "batchElimination", "«yes» is neither true nor false."),
        ({"candidateOrder": "A"}, "candidateOrder", "is a list of names."),
        ({"candidateOrder": ["A", "A"]}, "candidateOrder", "names somebody twice."),
        ({"decimalPlacesForVoteArithmetic": 21}, "decimalPlacesForVoteArithmetic", "from 1 to 20."),
        ({"citation": "a law"}, "citation", "texts by what they are about."),
        (
            {"winnerElectionMode": "bottomsUpUsingPercentageThreshold", "numberOfWinners": 2},
            "numberOfWinners",
            "numberOfWinners must be 0.",
        ),
        (
            {"winnerElectionMode": "bottomsUpUsingPercentageThreshold"},
            "multiSeatBottomsUpPercentageThreshold",
            "A percentage is needed",
        ),
        (
            {"multiSeatBottomsUpPercentageThreshold": "1o"},
            "multiSeatBottomsUpPercentageThreshold",
            "«1o» is no percentage",
        ),
        (
            {"multiSeatBottomsUpPercentageThreshold": 0},
            "multiSeatBottomsUpPercentageThreshold",
            "0 % is not above 0",
        ),
        ({"cutoffElimination": True}, "cutoffElimination", "A cut-off needs"),
        ({"hareQuota": True}, "hareQuota", "need a multiWinner mode."),
        (
            {"winnerElectionMode": "multiWinnerAllowOnlyOneWinnerPerRound"},
            "winnerElectionMode",
            "One winner is elected with singleWinnerMajority.",
        ),
        (
            {"winnerElectionMode": "bottomsUp", "numberOfWinners": 2, "batchElimination": True},
            "batchElimination",
            "Batches are eliminated only",
        ),
        (
            {"winnerElectionMode": "multiPassIrv", "continueUntilTwoCandidatesRemain": True},
            "continueUntilTwoCandidatesRemain",
            "This needs singleWinnerMajority.",
        ),
        (
            {"winnerElectionMode": "bottomsUp", "doesFirstRoundDetermineThreshold": True},
            "doesFirstRoundDetermineThreshold",
            "With several winners the first round always",
        ),
    ],
)
def test_rules_that_cannot_be_meant_are_refused(
    rules: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(BadInput) as refused:
        count_irv(contest("1 A", names="AB"), rules, Lots())
    assert refused.value.where == f"rules, {field}"
    assert sentence in refused.value.message


@pytest.mark.parametrize(
    ("given", "where", "sentence"),
    [
        ({}, "candidates", "There is no list of candidates."),
        ({"candidates": []}, "candidates", "There is no list of candidates."),
        ({"candidates": [3]}, "candidates, row 1", "A candidate is a name"),
        ({"candidates": [" "]}, "candidates, row 1", "A candidate has no name."),
        ({"candidates": ["A", "A"]}, "candidates, row 2", "«A» stands twice"),
        ({"candidates": [{"name": "A", "excluded": 1}]}, "candidates, row 1, excluded", "true or"),
        ({"candidates": [{"name": "A", "aliases": "a"}]}, "candidates, row 1, aliases", "list of"),
        (
            {"candidates": [{"name": "A", "aliases": ["x"]}, {"name": "B", "aliases": ["x"]}]},
            "candidates, row 2, aliases",
            "The alias «x» is that of two candidates.",
        ),
        ({"candidates": [WRITE_INS, "A"]}, "candidates", "must be the last"),
        ({"candidates": ["A"], "seats": 0}, "seats", "0 is no number of seats"),
        ({"candidates": ["A"], "ballots": 3}, "ballots", "There is no list of ballots."),
        ({"candidates": ["A"], "ballots": [[1]]}, "ballots, row 1", "A ballot is a number and"),
        ({"candidates": ["A"], "ballots": [[-1, []]]}, "ballots, row 1, count", "-1 is no number"),
        ({"candidates": ["A"], "ballots": [[1.5, []]]}, "ballots, row 1, count", "1.5 is no"),
        ({"candidates": ["A"], "ballots": [[True, []]]}, "ballots, row 1, count", "True is no"),
        ({"candidates": ["A"], "ballots": [[1, ["Z"]]]}, "ballots, row 1, rank 1", "«Z» is not"),
        ({"candidates": ["A"], "ballots": [[1, [3]]]}, "ballots, row 1, rank 1", "«3» is not"),
        (
            {"candidates": ["A"], "ballots": [[1, [["A"]]]]},
            "ballots, row 1, rank 1",
            "is not among",
        ),
    ],
)
def test_ballots_that_cannot_be_meant_are_refused(
    given: dict[str, Any], where: str, sentence: str
) -> None:
    with pytest.raises(BadInput) as refused:
        count_irv(given, {}, Lots())
    assert refused.value.where == where
    assert sentence in refused.value.message


def test_the_steps_say_what_happened_and_where_it_is_written() -> None:
    given = contest("4 A", "3 B", "2 C>B", names="ABC")
    rules = {"citation": {"election": "a law, 1", "elimination": "a law, 2", "round": "a law, 3"}}
    text = count_irv(given, rules, Lots()).transcript.as_text()
    assert text == (
        "1. Round 1: 5 votes elect. Eliminated: C.\n"
        "     A           4\n"
        "     B           3\n"
        "     C           2\n"
        "     in no pile  0\n"
        "     [a law, 2]\n"
        "2. Round 2: 5 votes elect. Elected: B.\n"
        "     B           5\n"
        "     A           4\n"
        "     in no pile  0\n"
        "     [a law, 1]"
    )


def test_as_many_are_elected_as_the_ballots_have_seats_or_nobody_is() -> None:
    given = contest("4 A", "3 B", "2 C>B", names="ABC") | {"seats": 2}
    with pytest.raises(BadInput, match=r"The rules elect 1, but the ballots .* seats for 2") as no:
        count_irv(given, {"numberOfWinners": 1}, Lots())
    assert no.value.where == "rules, numberOfWinners"
    several = {"winnerElectionMode": "bottomsUp", "numberOfWinners": 2}
    assert len(count_irv(given, several, Lots()).result["elected"]) == 2
    by_share = {
        "winnerElectionMode": "bottomsUpUsingPercentageThreshold",
        "multiSeatBottomsUpPercentageThreshold": "15",
    }
    assert count_irv(given, by_share | {"numberOfWinners": 0}, Lots()).result["elected"]
    assert count_irv(given | {"seats": 1}, {"numberOfWinners": 1}, Lots()).result["elected"] == [
        "B"
    ]
