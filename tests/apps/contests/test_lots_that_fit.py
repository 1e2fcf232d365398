"""Lots that a correction leaves without a tie, second lots for one tie, and what else comes late or from a strange clock."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import lots as lots_on_record
from hustings.apps.contests import official, planning, polls
from hustings.apps.contests.models import (
    Audit,
    Candidate,
    ContestStep,
    Lot,
    Report,
    ReporterStep,
    TrayReport,
)
from hustings.apps.contests.photographing import _moment
from hustings.apps.contests.totals import board_of
from hustings.core.errors import BadInput
from hustings.formats.count_file import replay
from tests.apps.cast import SETUP, signed_in
from tests.apps.contests.cast import a_reporter, event, send
from tests.apps.contests.counting_nights import (
    NAMES,
    a_caucus,
    a_lot,
    a_report,
    a_room,
    a_unit,
    an_audit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.models import Contest, Unit

EQUAL = {"ash": 100, "birch": 50, "cedar": 50}
"""Of six delegates a lot says which of Birch and Cedar gets one less."""
STEP = "one less, turn 1"


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    with tenant(campaign.pk):
        yield a_caucus(campaign)


@pytest.fixture
def room(contest: Contest) -> Unit:
    unit = a_unit(contest, "2", delegates=6)
    a_room(unit, EQUAL)
    assert board_of(contest).lots[0].step == STEP
    return unit


def delegates_of(contest: Contest) -> dict[str, int]:
    counted = board_of(contest).lines[0].counted
    assert counted is not None
    return dict(counted.delegates)


def address(contest: Contest, name: str, **more: object) -> str:
    return reverse(f"live:{name}", kwargs={"slug": contest.campaign.slug, "contest_id": contest.pk, **more})  # fmt: skip


# --- Lots that do not fit


def test_a_lot_that_nothing_asks_for_any_more_leaves_the_other_lots_of_its_unit_alone(
    alice_signed_in: Client, contest: Contest, room: Unit
) -> None:
    a_lot(room, STEP, ["birch", "cedar"], ["cedar"])
    a_lot(room, "one less, turn 2", ["ash", "birch"], ["ash"])

    board = board_of(contest)

    assert board.lots == []
    assert delegates_of(contest) == {"ash": 3, "birch": 2, "cedar": 1}
    assert "«one less, turn 2», but nothing is equal there" in board.lines[0].problem
    raw = alice_signed_in.get(address(contest, "count-file")).content
    assert replay(raw, "COUNT.json")[1]
    assert [lot["step"] for lot in json.loads(raw)["lots"]] == [f"2: {STEP}"]


def test_a_lot_that_was_drawn_among_others_leaves_the_other_lots_of_a_seat_alone(
    campaign: Campaign,
) -> None:
    with tenant(campaign.pk):
        seat = a_caucus(campaign, rules="uk-parliament", name="Seat")
        seat.kind = "constituency"
        seat.save()
        unit = a_unit(seat, "S", delegates=None)
        a_report(unit, "final", {"ash": 7, "birch": 7})
        step = board_of(seat).lots[0].step
        a_lot(unit, step, ["ash", "birch"], ["birch"])
        a_lot(unit, "most votes, again", ["ash", "cedar"], ["ash"])

        board = board_of(seat)

        assert board.lots == []
        assert board.lines[0].seat == {"birch": 1}


def test_when_a_correction_makes_others_equal_the_office_puts_their_lot_on_record(
    alice_signed_in: Client, contest: Contest, room: Unit
) -> None:
    stale = a_lot(room, STEP, ["ash", "birch"], ["ash"])
    form = {
        "event": str(uuid4()), "unit": str(room.pk), "step": STEP, "chosen": "cedar",
        "device": "a coin", "called_by": "the chair", "witnesses": "W. Itness",
    }  # fmt: skip
    assert [lot.among for lot in board_of(contest).lots] == [("birch", "cedar")]

    answer = alice_signed_in.post(address(contest, "lots"), form)

    assert answer.status_code == 302
    assert board_of(contest).lots == []
    assert Lot.objects.get(event_id=form["event"]).corrects == stale
    assert delegates_of(contest)["cedar"] == 1


# --- A second lot from a phone


def drawn(*among: str, on: str) -> dict[str, Any]:
    return {"id": str(uuid4()), "step": STEP, "among": among, "chosen": [on], "record": {"device": "coin"}}  # fmt: skip


def test_a_second_lot_from_a_phone_is_kept_and_asked_about_and_does_not_hold(
    contest: Contest, room: Unit
) -> None:
    _bob, bob = a_reporter(contest, "Bob", room)
    _dora, dora = a_reporter(contest, "Dora", room, source="second")
    send(bob, event(room, "final", EQUAL, lots=[drawn("birch", "cedar", on="cedar")]))
    send(dora, event(room, "final", EQUAL, lots=[drawn("birch", "cedar", on="cedar")]))
    assert not Audit.objects.exists()

    for _time in range(2):
        send(dora, event(room, "final", EQUAL, lots=[drawn("birch", "cedar", on="birch")]))

    assert delegates_of(contest) == {"ash": 3, "birch": 2, "cedar": 1}
    assert Lot.objects.count() == 4
    audit = Audit.objects.get()
    assert (audit.why, audit.phase, audit.unit) == ("check", "final", room)
    assert [one.why for one in board_of(contest).audits] == ["check"]


def test_the_office_corrects_the_lot_that_holds_and_the_correction_holds_before_a_second_one(
    contest: Contest, room: Unit
) -> None:
    _bob, bob = a_reporter(contest, "Bob", room)
    for on in ("cedar", "birch"):
        send(bob, event(room, "final", EQUAL, lots=[drawn("birch", "cedar", on=on)]))
    tie = lots_on_record.OpenLot(room, STEP, ("birch", "cedar"), 1, "", "")
    first = lots_on_record.of_tie(contest, room.pk, STEP)
    assert first is not None
    assert first.chosen == ["cedar"]
    how = lots_on_record.Witnessed("a coin", "the chair", tie.among, ("W",))
    now = timezone.now()

    made = lots_on_record.put_on_record(
        contest, tie, ("birch",), how, event_id=uuid4(), drawn_at=now, by=SETUP, corrects=first
    )

    assert lots_on_record.of_tie(contest, room.pk, STEP) == made
    assert delegates_of(contest)["birch"] == 1


def test_a_phone_that_corrects_its_numbers_brings_the_lot_of_those_who_are_equal_then(
    contest: Contest, room: Unit
) -> None:
    _bob, bob = a_reporter(contest, "Bob", room)
    stale = a_lot(room, STEP, ["ash", "birch"], ["ash"])

    send(bob, event(room, "final", EQUAL, lots=[drawn("birch", "cedar", on="cedar")]))

    assert Lot.objects.get(corrects=stale).chosen == ["cedar"]
    assert board_of(contest).lots == []
    assert not Audit.objects.exists()


# --- Practice, and clocks


def test_a_practice_that_comes_after_the_night_has_begun_waits_in_the_tray(
    contest: Contest, room: Unit
) -> None:
    _bob, bob = a_reporter(contest, "Bob", room)

    answer = send(bob, event(room, "final", EQUAL, kind="practice"))[0]

    assert (answer["status"], "practice" in answer["message"]) == ("tray", True)
    assert TrayReport.objects.get().numbers["counts"] == EQUAL
    assert not ReporterStep.objects.filter(kind=ReporterStep.Kind.PRACTISED).exists()


def test_a_practice_whose_answer_was_lost_before_the_night_is_known_in_it(
    contest: Contest, room: Unit
) -> None:
    _bob, bob = a_reporter(contest, "Bob", room)
    opened, contest.opens_at = contest.opens_at, timezone.now() + timedelta(hours=1)
    contest.save()
    said = event(room, "final", EQUAL, kind="practice")
    assert send(bob, said)[0]["status"] == "stored"
    contest.opens_at = opened
    contest.save()

    assert send(bob, said)[0]["status"] == "known"
    assert not TrayReport.objects.exists()


@pytest.mark.parametrize(
    "clock",
    ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "1970-01-01T00:00:00Z", "+3 days"],
)
def test_a_clock_that_cannot_be_is_refused_and_no_page_falls_over_it(
    contest: Contest, room: Unit, clock: str
) -> None:
    _bob, bob = a_reporter(contest, "Bob", room)
    if clock == "+3 days":
        clock = (timezone.now() + timedelta(days=3)).isoformat()
    before = Report.objects.count()

    answer = send(bob, event(room, "final", EQUAL, reported_at=clock))[0]

    assert (answer["status"], "clock of this phone" in answer["message"]) == ("refused", True)
    assert Report.objects.count() == before
    assert abs(_moment(clock) - timezone.now()) < timedelta(minutes=1)


def test_a_clock_that_is_a_day_ahead_is_taken(contest: Contest, room: Unit) -> None:
    _bob, bob = a_reporter(contest, "Bob", room)
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()

    assert send(bob, event(room, "final", EQUAL, reported_at=tomorrow))[0]["status"] == "stored"


# --- Who stands, when something speaks of them


def _a_poll(contest: Contest) -> None:
    polls.enter(
        contest, "entrance", "Somebody",
        {"age": [{"band": "all", "heads": 9, "counts": {"cedar": 9}}]}, by=SETUP,
    )  # fmt: skip


def _a_tray_report(contest: Contest) -> None:
    TrayReport.objects.create(
        campaign_id=contest.campaign_id, contest=contest, event_id=uuid4(), phase="final",
        numbers={"counts": {"cedar": 0}}, reported_at=timezone.now(),
    )  # fmt: skip


def _an_official_file(contest: Contest) -> None:
    official.read(contest, b"code,name,Cedar Row\n9,P,1\n", "official.csv", by=SETUP)


def _a_drawn_lot(contest: Contest) -> None:
    a_lot(a_unit(contest, "7"), STEP, ["birch", "cedar"], ["birch"])


@pytest.mark.parametrize("speak", [_a_poll, _a_tray_report, _an_official_file, _a_drawn_lot])
def test_nobody_goes_of_whom_a_poll_the_tray_a_lot_or_an_official_file_speaks(
    contest: Contest, speak: Any
) -> None:
    speak(contest)

    with pytest.raises(BadInput, match="Cedar Row must stay"):
        planning.say_who_stands(contest, ["Ash Hollow", "Birch Lane", "Cedar Road"], by=SETUP)
    planning.say_who_stands(contest, list(NAMES.values()), by=SETUP)

    assert Candidate.objects.filter(contest=contest).count() == 3


# --- What the pages say, and to whom


def test_the_contest_page_says_the_hour_of_the_contests_own_zone(
    alice_signed_in: Client, contest: Contest
) -> None:
    contest.opens_at = datetime(2026, 2, 3, 1, 0, tzinfo=UTC)
    contest.save()
    assert contest.campaign.time_zone != contest.time_zone

    page = alice_signed_in.get(
        reverse("contests:contest", args=[contest.campaign.slug, contest.pk])
    ).content.decode()

    assert "reports from 19:00 (America/Chicago)" in page


def test_whoever_does_not_plan_contests_reads_no_name_of_who_reported_called_or_saw(
    alice_signed_in: Client, olive: Membership, contest: Contest, room: Unit
) -> None:
    a_report(room, "final", {"ash": 1}, source="second", by="Dora Reporter")
    lot = a_lot(room, STEP, ["birch", "cedar"], ["cedar"])
    Lot.objects.filter(pk=lot.pk).update(
        by="Dora Reporter",
        record={"device": "coin", "called_by": "Carl Chair", "witnesses": ["Wilma Witness"]},
    )
    an_audit(room)
    pages = [
        reverse("contests:unit", args=[contest.campaign.slug, contest.pk, room.pk]),
        address(contest, "audits"),
        address(contest, "lots"),
    ]

    planned = "".join(alice_signed_in.get(page).content.decode() for page in pages)
    observed = "".join(signed_in(olive).get(page).content.decode() for page in pages)

    for name in ("Dora Reporter", "Carl Chair", "Wilma Witness"):
        assert name in planned
        assert name not in observed
    assert "coin" in observed


def test_the_count_file_has_of_a_lot_only_what_names_nobody(
    alice_signed_in: Client, contest: Contest, room: Unit
) -> None:
    lot = a_lot(room, STEP, ["birch", "cedar"], ["cedar"])
    Lot.objects.filter(pk=lot.pk).update(
        record={"device": "coin", "order": ["birch", "cedar"], "chair": "Carl", "nonces": "Carl"}
    )

    file = json.loads(alice_signed_in.get(address(contest, "count-file")).content)

    assert file["lots"][0]["record"] == {"device": "coin", "order": ["birch", "cedar"]}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            {"device": "the coin of Mary Jones", "order": "Mary Jones heads for Birch, then Tom Smith, Cedar"},
            {"order": ["birch", "cedar"]},
        ),
        (
            {"device": "a coin, tossed", "order": "Mary Jones called Birch", "photo_sha256": "Tom Smith has it"},
            {"device": "a coin, tossed"},
        ),
        (
            {"device": "Münze", "photo_sha256": "0f" * 32, "cards": "Mary Jones had the king"},
            {"device": "Münze", "photo_sha256": "0f" * 32},
        ),
        (
            {"cards": {"birch": "K of spades", "cedar": "A of hearts"}, "order": ["cedar", "birch"]},
            {"cards": {"birch": "K of spades", "cedar": "A of hearts"}, "order": ["cedar", "birch"]},
        ),
    ],
)  # fmt: skip
def test_what_was_typed_into_a_lots_boxes_goes_public_only_where_it_names_nobody(
    contest: Contest, room: Unit, typed: dict[str, Any], told: dict[str, Any]
) -> None:
    lot = a_lot(room, STEP, ["birch", "cedar"], ["cedar"])
    Lot.objects.filter(pk=lot.pk).update(record=typed | {"witnesses": "Wilma Witness"})
    ContestStep.objects.create(
        campaign_id=contest.campaign_id, contest=contest, kind="published", by="tests"
    )
    public = {"slug": contest.campaign.slug, "contest_id": contest.pk}

    board = Client().get(reverse("count:json", kwargs=public)).json()
    file = json.loads(Client().get(reverse("count:count-file", kwargs=public)).content)

    assert board["lots"][0]["record"] == told
    assert file["lots"][0]["record"] == told


def test_bringing_in_official_results_asks_no_more_for_more_units_that_agree(
    contest: Contest,
) -> None:
    def asked(codes: range) -> int:
        for code in codes:
            a_room(a_unit(contest, str(code)), {"ash": 10, "birch": 5})
        rows = "".join(f"{code},P,10,5\n" for code in codes)
        raw = f"code,name,Ash Hollow,Birch Lane\n{rows}".encode()
        file = official.read(contest, raw, f"{codes}.csv", by=SETUP)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            official.bring_in(file, "final", by=SETUP)
        return len(queries)

    assert asked(range(2)) == asked(range(10, 30))
