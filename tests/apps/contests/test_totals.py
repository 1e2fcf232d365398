"""Where a contest stands by its reports: totals of one thing each, by the written rule."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import live
from hustings.apps.contests.board import EXACT, ROUNDED_FIRST, Of, Official, Totals
from hustings.apps.contests.count_out import count_file
from hustings.apps.contests.models import Contest, Unit
from hustings.apps.contests.standing import State
from hustings.apps.contests.totals import board_of
from hustings.formats.count_file import replay
from tests.apps.contests.counting_nights import (
    a_caucus,
    a_lot,
    a_report,
    a_room,
    a_step,
    a_unit,
    an_audit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.board import Board

ANKENY = {"ash": 148, "birch": 128}


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    """A caucus, behind its wall."""
    with tenant(campaign.pk):
        yield a_caucus(campaign)


def of(board: Board, what: str) -> Totals:
    return next(one for one in board.totals if one.what == what)


def numbers(board: Board, what: str) -> dict[str, Fraction]:
    return {code: number for code, number in of(board, what).numbers.items() if number}


def test_a_room_that_was_reported_is_counted_by_the_rule(contest: Contest) -> None:
    a_room(a_unit(contest, "1"), ANKENY)

    board = board_of(contest)

    assert numbers(board, Of.DELEGATES) == {"ash": 4, "birch": 4}
    assert numbers(board, Of.STATE) == {"ash": Fraction(16, 51), "birch": Fraction(16, 51)}
    assert numbers(board, Of.FINAL) == {"ash": 148, "birch": 128}
    assert [one.what for one in board.totals] == [Of.STATE, Of.DELEGATES, Of.FINAL, Of.FIRST]


def test_totals_say_of_how_many_units_they_are(contest: Contest) -> None:
    a_room(a_unit(contest, "1"), ANKENY)
    a_report(a_unit(contest, "2"), "first", ANKENY, attendance=276)
    a_unit(contest, "3")

    board = board_of(contest)

    assert (of(board, Of.DELEGATES).units, of(board, Of.DELEGATES).of) == (1, 3)
    assert of(board, Of.FIRST).units == 2
    assert (board.reporting, len(board.lines)) == (2, 3)


def test_a_unit_whose_sources_differ_counts_nowhere(contest: Contest) -> None:
    unit = a_unit(contest, "1")
    a_room(unit, ANKENY)
    a_report(unit, "final", {"ash": 150, "birch": 126}, source="second")

    board = board_of(contest)

    assert board.lines[0].state == State.MISMATCH
    assert not numbers(board, Of.FINAL)
    assert not numbers(board, Of.DELEGATES)


@pytest.mark.parametrize("phase", ["first", "final"])
def test_delegates_that_were_read_out_settle_nothing_while_sources_differ_in_the_room(
    contest: Contest, phase: str
) -> None:
    unit = a_unit(contest, "1")
    a_room(unit, ANKENY, awarded={"ash": 4, "birch": 4})
    a_report(unit, phase, {"ash": 150, "birch": 126}, source="second", attendance=276)
    a_report(unit, "delegates", {"ash": 4, "birch": 4}, source="second")

    board = board_of(contest)

    assert not numbers(board, Of.DELEGATES)
    assert not numbers(board, Of.STATE)
    assert "until the audit has ended" in board.lines[0].problem


def test_an_attendance_that_only_one_of_two_sources_said_is_what_viability_is_reckoned_by(
    contest: Contest,
) -> None:
    unit = a_unit(contest, "1")
    a_report(unit, "first", {"ash": 60, "birch": 20})
    a_report(unit, "first", {"ash": 60, "birch": 20}, source="second", attendance=120)
    for source in ("captain", "second"):
        a_report(unit, "final", {"ash": 64, "birch": 16}, source=source)

    board = board_of(contest)

    assert board.lines[0].state == State.MATCHED
    assert numbers(board, Of.DELEGATES) == {"ash": 8}


def test_what_was_spoilt_is_known_where_only_the_second_source_said_it(contest: Contest) -> None:
    unit = a_unit(contest, "1")
    a_report(unit, "final", ANKENY)
    a_report(unit, "final", ANKENY, source="second", spoilt=3)

    counts = board_of(contest).lines[0].phases["final"].counts

    assert counts is not None
    assert counts.numbers["spoilt"] == 3


def test_two_sources_that_agree_count_once_and_as_matched(contest: Contest) -> None:
    unit = a_unit(contest, "1")
    a_room(unit, ANKENY)
    a_room(unit, ANKENY, source="second")

    board = board_of(contest)

    assert board.in_state(State.MATCHED) == 1
    assert numbers(board, Of.FINAL) == {"ash": 148, "birch": 128}


def test_the_report_that_an_audit_found_right_counts(contest: Contest) -> None:
    unit = a_unit(contest, "1")
    a_room(unit, ANKENY)
    right = a_report(unit, "final", {"ash": 150, "birch": 126}, source="second")
    audit = an_audit(unit)
    assert [one.unit for one in board_of(contest).audits] == [audit.unit]
    a_step(audit, "settled", stands=right, words="seen on the sheet")

    board = board_of(contest)

    assert numbers(board, Of.FINAL) == {"ash": 150, "birch": 126}
    assert board.audits == []


def test_a_tie_is_open_until_a_lot_is_on_record(contest: Contest) -> None:
    unit = a_unit(contest, "1", delegates=6)
    a_room(unit, {"ash": 100, "birch": 50, "cedar": 50})

    before = board_of(contest)

    assert [lot.among for lot in before.lots] == [("birch", "cedar")]
    assert numbers(before, Of.DELEGATES) == {"ash": 3, "birch": 1, "cedar": 1}
    assert before.lines[0].counted is not None
    assert before.lines[0].counted.open == 1
    step = before.lots[0].step
    a_lot(unit, step, ["birch", "cedar"], ["cedar"])

    after = board_of(contest)

    assert after.lots == []
    assert numbers(after, Of.DELEGATES) == {"ash": 3, "birch": 2, "cedar": 1}


def test_a_lot_that_nothing_asks_for_any_more_is_told_of(contest: Contest) -> None:
    unit = a_unit(contest, "1")
    a_room(unit, ANKENY)
    a_lot(unit, "one less, turn 1", ["ash", "birch"], ["ash"])

    line = board_of(contest).lines[0]

    assert line.counted is not None
    assert line.counted.delegates == {"ash": 4, "birch": 4}
    assert "nothing is equal there" in line.problem


def test_delegates_read_out_that_the_rule_does_not_give_are_flagged_and_not_taken(
    contest: Contest,
) -> None:
    a_room(a_unit(contest, "1"), ANKENY, awarded={"ash": 5, "birch": 3})

    board = board_of(contest)

    assert board.lines[0].counted is not None
    assert board.lines[0].counted.differs
    assert numbers(board, Of.DELEGATES) == {"ash": 4, "birch": 4}


def test_delegates_read_out_alone_count_as_they_were_read_out_and_say_so(contest: Contest) -> None:
    a_report(a_unit(contest, "1"), "delegates", {"ash": 5, "birch": 3})

    board = board_of(contest)

    assert numbers(board, Of.DELEGATES) == {"ash": 5, "birch": 3}
    assert board.lines[0].counted is not None
    assert board.lines[0].counted.by == "reported"


def test_more_people_than_attended_are_a_sentence_and_no_delegates(contest: Contest) -> None:
    a_room(a_unit(contest, "1"), ANKENY, attendance=200)

    board = board_of(contest)

    assert "only 200 attended" in board.lines[0].problem
    assert not numbers(board, Of.DELEGATES)


def test_a_unit_that_elects_nobody_knows_how_many_is_told_of(contest: Contest) -> None:
    a_room(a_unit(contest, "1", delegates=None), ANKENY)

    assert "not known" in board_of(contest).lines[0].problem


def test_what_the_officials_say_stands_beside_ours(contest: Contest) -> None:
    from hustings.apps.contests.models import OfficialResult, UnitFile

    units = [a_unit(contest, code) for code in ("1", "2", "3")]
    for unit in units[:2]:
        a_room(unit, ANKENY)
    file = UnitFile.objects.create(
        campaign_id=contest.campaign_id, contest=contest, what="official", file_name="o.csv",
        sha256="1" * 64, read_by="tests",
    )  # fmt: skip
    for unit, votes in zip(units, (148, 147, 1), strict=True):
        OfficialResult.objects.create(
            campaign_id=contest.campaign_id, file=file, unit=unit, phase="final", row=1,
            numbers={"counts": {"ash": votes, "birch": 128}},
        )  # fmt: skip

    lines = board_of(contest).lines

    assert [line.official for line in lines] == [
        Official.AGREES,
        Official.DIFFERS,
        Official.NOT_YET,
    ]


def test_both_roundings_of_a_close_result_are_said_and_which_is_which(test_data: Path) -> None:
    said = json.loads((test_data / "caucus" / "ia2016_expected_results.json").read_text("utf-8"))
    names = ["Clinton", "Sanders", "O'Malley", "Uncommitted"]

    def totals(of: str) -> Totals:
        exact = {name: Fraction(str(said[of][name])) for name in names}
        return Totals(Of.STATE, exact, 1681, 1681)

    final = totals("statewide_final")
    assert final.whole == Fraction("1405.48")
    assert [final.shares()[EXACT][name] for name in names] == ["49.84", "49.59", "0.54", "0.03"]
    wire = totals("statewide_integer_rounded")
    assert [wire.shares(1)[EXACT][name] for name in names[:2]] == ["49.9", "49.6"]
    before = {"Clinton": "700.59", "Sanders": "696.82", "O'Malley": "7.61", "Uncommitted": "0.46"}
    night = Totals(Of.STATE, {name: Fraction(n) for name, n in before.items()}, 1681, 1681)
    assert night.shares(1)[ROUNDED_FIRST]["Clinton"] == "49.9"
    assert night.shares(1)[EXACT]["Clinton"] == "49.8"


def test_a_night_of_1681_precincts_is_a_dozen_questions_and_is_counted_once(
    campaign: Campaign,
) -> None:
    with tenant(campaign.pk):
        contest = a_caucus(campaign, name="All of them")
        units = Unit.objects.bulk_create(
            Unit(
                campaign=campaign, contest=contest, code=f"u{n}", name=f"Unit {n}", area=f"A{n % 99}",
                delegates=3 + n % 9, state_rate=f"{3 + n % 5}/{40 + n % 17}",
            )
            for n in range(1681)
        )  # fmt: skip
        import uuid

        from hustings.apps.contests.models import Report
        from tests.apps.contests.counting_nights import OPENED

        Report.objects.bulk_create(
            Report(
                campaign=campaign, contest=contest, unit=unit, phase=phase, source="captain",
                numbers={"counts": {"ash": 40 + n % 31, "birch": 50, "cedar": 9 + n % 7}, "attendance": 160},
                event_id=uuid.uuid4(), by="c", reported_at=OPENED,
            )
            for n, unit in enumerate(units)
            for phase in ("first", "final")
        )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            board = board_of(contest)
        assert len(asked) <= 6
        assert board.reporting == 1681
        with CaptureQueriesContext(connection) as asked:
            live.version_of(contest)
        assert len(asked) == 1


def test_a_constituency_with_equal_votes_is_nobodys_seat_until_a_lot(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        contest = a_caucus(campaign, rules="uk-parliament", name="General election")
        contest.kind = "constituency"
        contest.save()
        safe, blyth = (a_unit(contest, code, delegates=None) for code in ("1", "2"))
        a_report(safe, "final", {"ash": 900, "birch": 800})
        a_report(blyth, "final", {"ash": 356, "birch": 356})
        before = board_of(contest)
        a_lot(blyth, "the most votes", ["ash", "birch"], ["birch"])
        after = board_of(contest)

    assert [one.what for one in before.totals] == [Of.SEATS, Of.VOTES]
    assert numbers(before, Of.SEATS) == {"ash": 1}
    assert [lot.unit for lot in before.lots] == [blyth]
    assert numbers(after, Of.SEATS) == {"ash": 1, "birch": 1}
    assert numbers(after, Of.VOTES) == {"ash": 1256, "birch": 1156}


def test_a_primary_shows_votes_and_pledged_delegates_each_by_itself(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        contest = a_caucus(campaign, rules="dnc-proportional", name="Primary")
        contest.kind, contest.seats = "primary", 8
        contest.save()
        a_report(a_unit(contest, "1"), "final", {"ash": 400, "birch": 300, "cedar": 100})
        a_report(a_unit(contest, "2"), "final", {"ash": 101, "birch": 50, "cedar": 49})
        board = board_of(contest)

    assert numbers(board, Of.VOTES) == {"ash": 501, "birch": 350, "cedar": 149}
    assert numbers(board, Of.PLEDGED) == {"ash": 5, "birch": 3}
    assert of(board, Of.PLEDGED).units == 2


def test_a_members_ballot_is_counted_over_all_sections(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        contest = a_caucus(campaign, rules="one-member-one-vote", name="Leader")
        contest.kind = "members"
        contest.save()
        for code, ash, birch in (("members", 168216, 116960), ("affiliated", 60075, 39670)):
            a_report(a_unit(contest, code, delegates=None), "final", {"ash": ash, "birch": birch})
        board = board_of(contest)

    assert board.together is not None
    assert board.together.elected == "ash"
    assert numbers(board, Of.VOTES) == {"ash": 228291, "birch": 156630}


def test_a_box_that_stayed_empty_is_nobodys_vote_and_holds_up_no_members_ballot(
    campaign: Campaign,
) -> None:
    with tenant(campaign.pk):
        contest = a_caucus(campaign, rules="one-member-one-vote", name="Leader")
        contest.kind = "members"
        contest.save()
        a_report(
            a_unit(contest, "1", delegates=None), "final", {"ash": 60, "birch": 30, "cedar": 5}
        )
        a_report(a_unit(contest, "2", delegates=None), "final", {"ash": 40, "birch": 50})
        board = board_of(contest)
        counted, same = replay(count_file(board).encode(), "COUNT.json")

    assert board.together is not None
    assert (board.together.elected, board.together.flags) == ("ash", ())
    assert same
    assert counted.count.result["by_section"]["2"] == {"ash": 40, "birch": 50, "cedar": 0}


def test_a_seat_above_its_electorate_stands_outside_the_count_file_and_the_others_in_it(
    campaign: Campaign,
) -> None:
    with tenant(campaign.pk):
        contest = a_caucus(campaign, rules="uk-parliament", name="General election")
        contest.kind = "constituency"
        contest.save()
        for code, eligible in (("1", 70_000), ("2", 1_700)):
            unit = a_unit(contest, code, delegates=None, eligible=eligible)
            a_report(unit, "final", {"ash": 900, "birch": 801})
        counted, same = replay(count_file(board_of(contest)).encode(), "COUNT.json")

    assert same
    assert [unit["unit"] for unit in counted.said["units"]] == ["1"]
    assert "1701" in counted.said["not_in_this_count"]["2"]


def test_a_count_file_says_the_same_in_whatever_language_it_is_asked_for(contest: Contest) -> None:
    a_room(a_unit(contest, "1"), ANKENY)
    differs = a_unit(contest, "2")
    a_report(differs, "final", ANKENY)
    a_report(differs, "final", {"ash": 1}, source="second")
    files = []
    for language in ("en", "de"):
        with translation.override(language):
            files.append(count_file(board_of(contest)))

    assert files[0] == files[1]
    said = json.loads(files[1])["input"]["not_in_this_count"]
    assert said == {"2": "Its sources differ; it has no delegates until the audit has ended."}
