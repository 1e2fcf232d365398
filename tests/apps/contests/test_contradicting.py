"""What two sources agree on and cannot be opens an audit, with no number changed and none left out."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import auditing, receiving
from hustings.apps.contests.access import unit_for
from hustings.apps.contests.board import Of
from hustings.apps.contests.models import Audit, AuditStep, Report
from hustings.apps.contests.totals import board_of
from tests.apps.cast import SETUP
from tests.apps.contests.counting_nights import a_caucus, a_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.test import Client

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.models import Contest, Unit

BOTH = ("captain", "second")
ROOM = {"ash": 60, "birch": 40}
"""Of 8 delegates, 5 and 3."""
EQUAL = {"ash": 100, "birch": 50, "cedar": 50}
"""Of 6 delegates a lot says which of Birch and Cedar gets one less."""


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    with tenant(campaign.pk):
        yield a_caucus(campaign)


@pytest.fixture
def room(contest: Contest) -> Unit:
    return a_unit(contest, "1", eligible=300)


def say(unit: Unit, phase: str, counts: Mapping[str, int], *sources: str, **more: Any) -> None:
    """As it comes in; each source is a person of its own."""
    for source in sources or BOTH:
        receiving.add(
            unit_for(unit.contest, unit.pk, lock=True), phase, {"counts": dict(counts), **more},
            source=source, event_id=uuid.uuid4(), reported_at=timezone.now(), by=Actor("member", source, source),
        )  # fmt: skip


def opened() -> list[tuple[str, str, list[str]]]:
    return [
        (audit.why, audit.phase, [step.kind for step in audit.steps.order_by("pk")])
        for audit in Audit.objects.order_by("pk")
    ]


def a_room_that_fits(unit: Unit) -> None:
    say(unit, "first", ROOM, attendance=100)
    say(unit, "final", ROOM)


def test_more_people_at_the_end_than_attended_by_both_sources_are_an_audit_and_stay_in_the_totals(
    alice_signed_in: Client, contest: Contest, room: Unit
) -> None:
    say(room, "first", ROOM, attendance=100)
    say(room, "final", {"ash": 70, "birch": 40})

    assert opened() == [("check", "final", [])]
    board = board_of(contest)
    heads = next(one for one in board.totals if one.what == Of.FINAL)
    assert (dict(heads.numbers)["ash"], heads.units) == (70, 1)
    assert [audit.why for audit in board.audits] == ["check"]
    where = reverse("live:audits", kwargs={"slug": contest.campaign.slug, "contest_id": contest.pk})
    page = alice_signed_in.get(where).content.decode()
    assert "the numbers contradict themselves" in page
    assert "Both sources say it" in page


@pytest.mark.parametrize(
    ("award", "phase"),
    [
        ({"ash": 6, "birch": 3}, "delegates"),  # V3
        ({"ash": 5, "birch": 2, "cedar": 1}, "delegates"),  # V4
        ({"ash": 4, "birch": 4}, "delegates"),  # V5
    ],
)
def test_an_award_that_no_outcome_of_the_rule_gives_is_one(
    room: Unit, award: dict[str, int], phase: str
) -> None:
    a_room_that_fits(room)
    say(room, "delegates", award)

    assert opened() == [("check", phase, [])]


def test_more_people_than_may_take_part_are_one(contest: Contest) -> None:
    say(a_unit(contest, "2", eligible=90), "first", ROOM, attendance=100)

    assert opened() == [("check", "first", [])]


def test_what_may_be_right_as_it_stands_is_none(contest: Contest, room: Unit) -> None:
    a_room_that_fits(room)
    say(room, "delegates", {"ash": 5, "birch": 3})
    a_room_that_fits(a_unit(contest, "2"))  # a copy of another unit: V8
    tied = a_unit(contest, "3", delegates=6)  # V6: the lot is among the open ones
    say(tied, "first", EQUAL, attendance=200)
    say(tied, "final", EQUAL)
    say(tied, "delegates", {"ash": 3, "birch": 2, "cedar": 1})

    assert opened() == []
    assert len(board_of(contest).lots) == 1


def test_one_source_alone_opens_none_and_sources_that_differ_only_their_own(room: Unit) -> None:
    say(room, "first", ROOM, attendance=100)
    say(room, "final", {"ash": 70, "birch": 40}, "captain")
    assert opened() == []

    say(room, "final", {"ash": 80, "birch": 40}, "second")
    assert opened() == [("mismatch", "final", [])]


@pytest.mark.parametrize(
    "finals",
    [{}, {"captain": ROOM}, {"captain": ROOM, "second": {"ash": 61, "birch": 39}}],
    ids=["none", "one source", "sources that differ"],
)
def test_an_award_is_not_judged_by_a_final_count_that_does_not_stand(
    room: Unit, finals: dict[str, dict[str, int]]
) -> None:
    say(room, "first", ROOM, attendance=100)
    for source, counts in finals.items():
        say(room, "final", counts, source)
    say(room, "delegates", {"ash": 5, "birch": 3})

    assert [one for one in opened() if one[0] == "check"] == []


def test_an_award_that_is_too_large_is_one_whatever_the_final_count_says(room: Unit) -> None:
    say(room, "first", ROOM, attendance=100)
    say(room, "delegates", {"ash": 6, "birch": 3})

    assert opened() == [("check", "delegates", [])]


def test_a_final_count_that_an_audit_found_right_is_what_the_award_is_judged_by(
    alice_signed_in: Client, contest: Contest, room: Unit
) -> None:
    say(room, "first", ROOM, attendance=100)
    say(room, "final", ROOM)
    say(room, "delegates", {"ash": 4, "birch": 4})
    assert opened() == [("check", "delegates", [])]
    fits = {"ash": 50, "birch": 50}
    say(room, "final", fits, "captain")
    report = Report.objects.get(phase="final", numbers__counts=fits)
    audit = Audit.objects.get(why="mismatch")
    where = {"slug": contest.campaign.slug, "contest_id": contest.pk, "audit_id": audit.pk}
    form = {"do": "settle", "report": report.pk, "seen": report.pk, "words": "So says the sheet."}

    assert alice_signed_in.post(reverse("live:audit-verb", kwargs=where), form).status_code == 302

    assert opened() == [("check", "delegates", ["fits"]), ("mismatch", "final", ["settled"])]
    say(room, "delegates", {"ash": 5, "birch": 3})
    assert [one for one in opened() if one[0] == "check"][1:] == [("check", "delegates", [])]


def test_it_ends_by_itself_when_both_say_what_fits_and_another_opens_when_it_does_not_again(
    room: Unit,
) -> None:
    say(room, "first", ROOM, attendance=100)
    say(room, "final", {"ash": 70, "birch": 40})
    say(room, "final", ROOM)
    assert opened() == [("check", "final", ["fits"]), ("mismatch", "final", ["agreed"])]

    say(room, "final", {"ash": 99, "birch": 40})
    assert [one for one in opened() if one[0] == "check"] == [
        ("check", "final", ["fits"]),
        ("check", "final", []),
    ]


def test_numbers_that_somebody_let_stand_with_a_reason_open_no_other_and_others_do(
    room: Unit,
) -> None:
    say(room, "first", ROOM, attendance=100)
    say(room, "final", {"ash": 70, "birch": 40})
    auditing.close(Audit.objects.get(), "The sheet says so; ten came late.", by=SETUP)

    say(room, "final", {"ash": 70, "birch": 40}, "official")
    assert opened() == [("check", "final", ["settled"])]

    say(room, "final", {"ash": 71, "birch": 40}, "captain", "second", "official")
    assert [one for one in opened() if one[0] == "check"] == [
        ("check", "final", ["settled"]),
        ("check", "final", []),
    ]


def test_the_same_again_by_a_third_source_opens_no_second_one(room: Unit) -> None:
    say(room, "first", ROOM, attendance=100)
    say(room, "final", {"ash": 70, "birch": 40}, "captain", "second", "official")

    assert len(opened()) == 1


def test_a_lot_that_the_award_does_not_follow_opens_one(
    alice_signed_in: Client, contest: Contest
) -> None:
    room = a_unit(contest, "3", delegates=6)
    say(room, "first", EQUAL, attendance=200)
    say(room, "final", EQUAL)
    say(room, "delegates", {"ash": 3, "birch": 2, "cedar": 1})
    form = {
        "event": str(uuid.uuid4()), "unit": str(room.pk), "step": "one less, turn 1", "chosen": "birch",
        "device": "a coin", "called_by": "the chair", "witnesses": "W. Itness",
    }  # fmt: skip

    where = reverse("live:lots", kwargs={"slug": contest.campaign.slug, "contest_id": contest.pk})
    assert alice_signed_in.post(where, form).status_code == 302

    assert opened() == [("check", "delegates", [])]
    assert not AuditStep.objects.exists()


def test_a_contest_without_the_rules_of_a_caucus_has_none(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        primary = a_caucus(campaign, name="Primary")
        primary.kind = "primary"
        primary.save()
        say(a_unit(primary, "1", eligible=10), "final", {"ash": 70, "birch": 40})

        assert opened() == []
