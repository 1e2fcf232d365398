"""A lot that came with a report in the tray decides nothing until the office takes it in for the tie it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.urls import reverse

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import inviting, lots_in_the_tray, tray
from hustings.apps.contests.models import Lot, LotCall, TrayLot, TrayReport
from hustings.apps.contests.totals import board_of
from hustings.core.errors import BadInput
from tests.apps.cast import SETUP, signed_in
from tests.apps.contests.cast import a_reporter, event, send
from tests.apps.contests.counting_nights import a_caucus, a_lot, a_report, a_room, a_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.models import Contest, Unit

EQUAL = {"ash": 100, "birch": 50, "cedar": 50}
"""Of six delegates a lot says which of Birch and Cedar gets one less."""
STEP = "one less, turn 1"
TOLD = {
    "device": "a coin", "called_by": "the chair", "order": "heads Cedar Row, tails Birch Lane",
    "witnesses": "W. Itness, O. Ther",
}  # fmt: skip


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    with tenant(campaign.pk):
        yield a_caucus(campaign)


@pytest.fixture
def room(contest: Contest) -> Unit:
    return a_unit(contest, "2", delegates=6)


def drawn(*among: str, on: str, **record: str) -> dict[str, Any]:
    among = among or ("birch", "cedar")
    return {"id": str(uuid4()), "step": STEP, "among": among, "chosen": [on], "record": TOLD | record}  # fmt: skip


def from_an_ended_link(room: Unit, *lots: dict[str, Any], phase: str = "final") -> None:
    bob, token = a_reporter(room.contest, "Bob", room)
    inviting.end_links(bob, by=SETUP)
    said = send(token, event(room, phase, EQUAL, lots=list(lots)))
    assert said[0]["status"] == "tray"


def address(contest: Contest, name: str, **more: object) -> str:
    return reverse(name, kwargs={"slug": contest.campaign.slug, "contest_id": contest.pk, **more})


def do(client: Client, contest: Contest, what: str) -> Any:
    lot = TrayLot.objects.get()
    return client.post(address(contest, "contests:tray-lot", lot_id=lot.pk), {"do": what})


def delegates_of(contest: Contest) -> dict[str, int]:
    counted = board_of(contest).lines[0].counted
    assert counted is not None
    return dict(counted.delegates)


def test_nothing_of_it_is_taken_in_by_itself_not_even_where_its_report_is_vouched_for(
    contest: Contest, room: Unit
) -> None:
    from_an_ended_link(room, drawn(on="cedar"))
    a_report(room, "first", EQUAL, attendance=200)

    tray.vouch(TrayReport.objects.get(), by=SETUP)

    assert not Lot.objects.exists()
    assert [(lot.step, lot.among) for lot in board_of(contest).lots] == [(STEP, ("birch", "cedar"))]
    assert TrayLot.objects.get().settled_at is None


def test_one_tap_takes_it_in_with_device_caller_order_and_witnesses_and_the_count_goes_on(
    alice_signed_in: Client, contest: Contest, room: Unit
) -> None:
    a_room(room, EQUAL)
    from_an_ended_link(room, drawn(on="cedar"))

    answer = do(alice_signed_in, contest, "take")

    assert answer.status_code == 302
    lot = Lot.objects.get()
    assert (lot.unit, lot.step, lot.chosen, lot.how) == (room, STEP, ["cedar"], "physical")
    assert lot.record == {
        "device": "a coin", "called_by": "the chair", "order": ["cedar", "birch"],
        "witnesses": ["W. Itness", "O. Ther"], "photo_sha256": "",
    }  # fmt: skip
    row = TrayLot.objects.get()
    assert (row.became, lot.drawn_at) == (lot, row.tray.reported_at)
    assert lot.event_id == row.event_id
    assert board_of(contest).lots == []
    assert delegates_of(contest) == {"ash": 3, "birch": 2, "cedar": 1}
    assert AuditLine.objects.of(contest.campaign_id).latest("pk").verb == "contest.lot_record"


def test_it_is_taken_in_once(alice_signed_in: Client, contest: Contest, room: Unit) -> None:
    a_room(room, EQUAL)
    from_an_ended_link(room, drawn(on="cedar"))

    do(alice_signed_in, contest, "take")
    again = do(alice_signed_in, contest, "take")

    assert again.status_code == 422
    assert "decided about this lot already" in again.content.decode()
    assert Lot.objects.count() == 1


@pytest.mark.parametrize(
    ("reported", "lot", "says"),
    [
        (False, drawn(on="cedar"), "Nothing is equal there by the reports that count."),
        (True, drawn("ash", "birch", on="ash"), "drawn among Ash Hollow, Birch Lane, but Birch Lane, Cedar Row are equal"),
        (True, {**drawn(on="cedar"), "step": "one less, turn 7"}, "Nothing is equal there"),
        (True, drawn(on="cedar", device=""), "It does not say what was used."),
        (True, drawn(on="cedar", called_by="", witnesses=""), "It does not say who called it, who saw it."),
        (True, drawn(on="cedar", order="heads and tails"), "in which order all of them were called: Birch Lane, Cedar Row."),
        (True, drawn(on="cedar", order="Cedar Rowing"), "in which order"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_a_sentence_and_waits_on(
    alice_signed_in: Client,
    contest: Contest,
    room: Unit,
    reported: bool,
    lot: dict[str, Any],
    says: str,
) -> None:
    if reported:
        a_room(room, EQUAL)
    from_an_ended_link(room, lot)

    answer = do(alice_signed_in, contest, "take")

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Lot.objects.exists()
    assert TrayLot.objects.get().settled_at is None
    page = alice_signed_in.get(address(contest, "contests:tray")).content.decode()
    assert says in page
    assert "Take this lot in" not in page


def test_where_a_lot_is_on_record_already_the_one_from_the_tray_is_refused(
    contest: Contest, room: Unit
) -> None:
    a_room(room, EQUAL)
    a_lot(room, STEP, ["birch", "cedar"], ["birch"])
    from_an_ended_link(room, drawn(on="cedar"))

    with pytest.raises(BadInput, match="on record already"):
        lots_in_the_tray.take_in(TrayLot.objects.get(), by=SETUP)

    assert Lot.objects.get().chosen == ["birch"]


def test_while_a_lot_is_drawn_by_sealed_numbers_none_drawn_by_hand_is_taken_in(
    contest: Contest, room: Unit
) -> None:
    a_room(room, EQUAL)
    LotCall.objects.create(
        campaign_id=contest.campaign_id, contest=contest, unit=room, step=STEP,
        among=["birch", "cedar"], context="{}", called_by="tests",
    )  # fmt: skip
    from_an_ended_link(room, drawn(on="cedar"))

    with pytest.raises(BadInput, match="sealed numbers"):
        lots_in_the_tray.take_in(TrayLot.objects.get(), by=SETUP)


def test_a_lot_that_falls_on_too_many_is_refused(contest: Contest, room: Unit) -> None:
    from_an_ended_link(room, drawn(on="cedar"))
    a_room(room, EQUAL)
    TrayLot.objects.update(chosen=["birch", "cedar"])

    with pytest.raises(BadInput, match="fell on Birch Lane, Cedar Row, but the lot must fall on 1"):
        lots_in_the_tray.take_in(TrayLot.objects.get(), by=SETUP)


def test_whoever_lays_the_report_aside_lays_its_lot_aside_and_a_lot_can_go_alone(
    alice_signed_in: Client, contest: Contest, room: Unit
) -> None:
    from_an_ended_link(room, drawn(on="cedar"))
    tray.lay_aside(TrayReport.objects.get(), by=SETUP)
    assert lots_in_the_tray.waiting(contest) == []

    from_an_ended_link(room, first := drawn(on="birch"))
    row = TrayLot.objects.get(event_id=first["id"])
    where = address(contest, "contests:tray-lot", lot_id=row.pk)

    assert alice_signed_in.post(where, {"do": "aside"}).status_code == 302
    assert lots_in_the_tray.waiting(contest) == []
    assert TrayReport.objects.filter(settled_at=None).count() == 1
    assert not Lot.objects.exists()


def test_a_lot_that_comes_again_with_a_later_report_waits_once_as_it_is_said_then(
    contest: Contest, room: Unit
) -> None:
    bob, token = a_reporter(contest, "Bob", room)
    inviting.end_links(bob, by=SETUP)
    lot = drawn(on="cedar")
    send(token, event(room, "final", EQUAL, lots=[lot]))
    tray.lay_aside(TrayReport.objects.get(), by=SETUP)

    send(token, event(room, "final", EQUAL, lots=[{**lot, "chosen": ["birch"]}]))

    [one] = lots_in_the_tray.waiting(contest)
    assert (one.lot.chosen, one.lot.tray) == (["birch"], TrayReport.objects.latest("pk"))


def test_the_lots_page_has_it_beside_the_tie_and_the_tray_after_its_report_counts(
    alice_signed_in: Client, contest: Contest, room: Unit
) -> None:
    from_an_ended_link(room, drawn(on="cedar"))
    a_report(room, "first", EQUAL, attendance=200)
    tray.vouch(TrayReport.objects.get(), by=SETUP)

    for name in ("live:lots", "contests:tray"):
        page = alice_signed_in.get(address(contest, name)).content.decode()
        assert "Take this lot in" in page
        assert "heads Cedar Row, tails Birch Lane" in page


def test_olive_takes_no_lot_in_and_reads_no_witness_and_charlie_finds_none(
    charlie_signed_in: Client, olive: Membership, contest: Contest, room: Unit
) -> None:
    a_room(room, EQUAL)
    from_an_ended_link(room, drawn(on="cedar"))

    assert do(signed_in(olive), contest, "take").status_code == 403
    assert do(charlie_signed_in, contest, "take").status_code == 404
    page = signed_in(olive).get(address(contest, "live:lots")).content.decode()
    assert "W. Itness" not in page
    assert not Lot.objects.exists()
