"""RCTab's own contests, round by round under their own rules; what its seeds drew is handed in as lots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hustings.core.contest.lot import Lots
from hustings.core.contest.ranked.check import check_irv
from tests.core.contest.ranked.rctab import asked, counted, ours, theirs

if TYPE_CHECKING:
    from tests.core.conftest import Vectors

SINGLE = (
    "2013_minneapolis_mayor",
    "2013_minneapolis_mayor_scale",
    "2015_portland_mayor",
    "2015_portland_mayor_codes",
    "continue_tabulation_test",
    "continue_until_two_with_batch_elimination_test",
    "csv_missing_header_test",
    "duplicate_test",
    "generic_csv_test",
    "skip_to_next_test",
    "stop_tabulation_early_test",
    "test_set_0_skipped_first_choice",
    "test_set_2_overvote_skip_to_next",
    "test_set_3_skipped_choice_exhaust",
    "test_set_4_skipped_choice_next",
    "test_set_6_duplicate_exhaust",
    "test_set_7_duplicate_skip_to_next",
    "test_set_8_multi_cdf",
    "test_set_treat_blank_as_undeclared_write_in",
    "tiebreak_generate_permutation_test",
    "tiebreak_previous_round_counts_then_random_test",
    "uwi_cannot_win_test",
)

SEVERAL = (
    "2013_minneapolis_park",
    "2013_minneapolis_park_bottoms_up",
    "2013_minneapolis_park_hare",
    "2013_minneapolis_park_sequential",
    "more_winners_than_candidates",
    "multi_seat_bottoms_up_with_cutoff_eliminate",
    "multi_seat_bottoms_up_with_dynamic_threshold",
    "multi_seat_bottoms_up_with_static_threshold",
    "multi_seat_uwi_test",
    "test_set_multi_winner_fractional_threshold",
    "test_set_multi_winner_whole_threshold",
)


@pytest.mark.parametrize("name", [*SINGLE, *SEVERAL])
def test_a_contest_of_rctab_is_reproduced_round_by_round(vectors: Vectors, name: str) -> None:
    data = vectors.json(f"rcv_rctab/{name}.json")
    count, lots = counted(data)
    assert ours(count) == theirs(data)
    assert count.result["undervotes"] == data["expected"][0]["summary"]["undervotes"]
    assert str(count.result["ballots"]) == data["expected"][0]["summary"]["totalNumBallots"]
    by_lot = data["rules"]["tiebreakMode"] in (
        "random",
        "previousRoundCountsThenRandom",
        "generatePermutation",
    )
    assert by_lot or not lots


@pytest.mark.parametrize("name", [*SINGLE, *SEVERAL])
def test_the_judge_finds_nothing_wrong_with_it(vectors: Vectors, name: str) -> None:
    data = vectors.json(f"rcv_rctab/{name}.json")
    count, lots = counted(data)
    given, rules = asked(data)
    assert check_irv(given, rules, Lots(lots), count) == []
