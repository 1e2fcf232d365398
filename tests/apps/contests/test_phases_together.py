"""A unit's phases are put together in one way, for the count and for the checks, whichever phase says what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import checking, queries
from hustings.apps.contests.models import Candidate
from hustings.apps.contests.told import said_of
from hustings.apps.contests.totals import board_of
from tests.apps.contests.counting_nights import a_caucus, a_report, a_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.models import Contest, Unit

THREE = {"ash": 60, "birch": 34, "cedar": 6}
"""Of 8 delegates, 100 people give 5 and 3."""


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    with tenant(campaign.pk):
        yield a_caucus(campaign)


def counted(contest: Contest) -> dict[str, int]:
    found = board_of(contest).lines[0].counted
    assert found is not None
    assert not found.problem
    return {code: number for code, number in found.delegates.items() if number}


def odd(unit: Unit) -> list[str]:
    said = checking.numbers_of(queries.reports_of(unit))
    return [one.check for one in checking.findings(unit, said)]


def test_a_room_whose_attendance_stands_in_the_final_count_alone_is_counted(
    contest: Contest,
) -> None:
    unit = a_unit(contest, "1")
    a_report(unit, "final", {"ash": 66, "birch": 34}, attendance=100)

    assert counted(contest) == {"ash": 5, "birch": 3}
    assert odd(unit) == []


def test_an_attendance_that_only_the_final_count_says_is_what_delegates_are_reckoned_by(
    contest: Contest,
) -> None:
    unit = a_unit(contest, "1")
    a_report(unit, "first", {"ash": 60, "birch": 20})
    a_report(unit, "final", {"ash": 64, "birch": 16}, attendance=120)

    # Of 120 people a group needs 18, so Ash alone is viable; of the 80 in the first alignment it would need 12.
    assert counted(contest) == {"ash": 8}
    a_report(unit, "delegates", {"ash": 6, "birch": 2})
    assert "V4" in odd(unit)


def test_how_many_signed_in_is_believed_of_the_first_alignment_before_the_final_count(
    contest: Contest,
) -> None:
    unit = a_unit(contest, "1")
    a_report(unit, "first", THREE, attendance=100)
    a_report(unit, "final", {"ash": 66, "birch": 34}, attendance=200)

    assert counted(contest) == {"ash": 5, "birch": 3}
    assert odd(unit) == []


def test_groups_stand_in_the_order_of_the_sheet_and_whoever_stands_no_more_after_them(
    contest: Contest,
) -> None:
    unit = a_unit(contest, "1")
    sheet = ("cedar", "ash")
    numbers = {phase: {"counts": THREE} for phase in ("first", "final", "delegates")}

    said = said_of(unit, numbers, sheet)

    for part in ("first", "final", "awarded"):
        assert list(said[part].items()) == [("cedar", 6), ("ash", 60), ("birch", 34)]


def test_a_tie_names_those_who_are_equal_in_the_order_of_the_sheet(contest: Contest) -> None:
    Candidate.objects.filter(contest=contest, code="cedar").update(order=0)
    Candidate.objects.filter(contest=contest, code="ash").update(order=5)
    unit = a_unit(contest, "1", delegates=6)
    for phase in ("first", "final"):
        a_report(unit, phase, {"ash": 100, "birch": 50, "cedar": 50})

    assert [lot.among for lot in board_of(contest).lots] == [("cedar", "birch")]


def test_of_a_unit_whose_delegates_nobody_knows_none_are_called_too_many(contest: Contest) -> None:
    unit = a_unit(contest, "1", delegates=None)
    a_report(unit, "first", THREE, attendance=90)
    a_report(unit, "delegates", {"ash": 5, "birch": 3})

    assert odd(unit) == ["V10"]


def test_two_precincts_of_one_name_are_two_and_a_copy_is_noticed(contest: Contest) -> None:
    here, there = (a_unit(contest, code, name="Town Hall") for code in ("1", "2"))
    for unit in (here, there):
        a_report(unit, "first", THREE, attendance=100)

    found = checking.findings(here, checking.numbers_of(queries.reports_of(here)))

    assert [(one.check, one.sentence) for one in found] == [
        ("V8", "The same numbers were reported from Adair Town Hall.")
    ]
