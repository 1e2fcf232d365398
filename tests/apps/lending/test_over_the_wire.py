"""What is lent goes between two servers as it goes by file: with its parts, once, and taken back."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange.attachments import due_to
from hustings.apps.lending.carrying import KIND, Parts, name_of
from hustings.apps.lending.forgetting import forget_what_must_go
from hustings.apps.lending.models import Carried, Part, Referred
from hustings.apps.statements.models import Record
from hustings.apps.statements.parties import add_by_card, card_of
from hustings.apps.statements.reading import ledger_of
from hustings.core.errors import BadInput
from tests.apps.cast import SETUP
from tests.apps.exchange.wire import wire
from tests.apps.lending.lending import TICKED, last, page
from tests.apps.lending.test_designs import a_work, lent
from tests.core.ledger.campaigns import Campaign as Other

if TYPE_CHECKING:
    from hustings.apps.statements.models import Party
    from tests.apps.exchange.wire import Wire
    from tests.apps.lending.lending import Both
    from tests.apps.statements.talking import Desk

__all__ = ["wire"]


def connected(wire: Wire, both: Both) -> Party:
    """What Riverside calls Harbour, with addresses on both sides."""
    harbour_is, _riverside_is = wire.connect(both.riverside, both.harbour)
    return harbour_is


def referred_at(desk: Desk) -> list[dict[str, str]]:
    with tenant(desk.campaign.pk):
        return [row.words for row in Referred.objects.of(desk.campaign)]


def test_a_volunteers_yes_arrives_sealed_and_their_withdrawal_deletes_it(
    wire: Wire, both: Both
) -> None:
    party, riverside_is = wire.connect(both.riverside, both.harbour)
    offer, token = both.offer()
    page(token, do="accept", agreed="on", **TICKED)

    wire.brings(both.riverside, party)

    (words,) = referred_at(both.harbour)
    assert words["name"] == "Asha Malik"
    assert all(b"Asha Malik" not in request.body for request, _answer in wire.passed)

    page(token, do="take-back")
    wire.brings(both.riverside, party)
    with tenant(both.harbour.campaign.pk):
        forget_what_must_go(both.harbour.campaign, by=SETUP)

    assert referred_at(both.harbour) == []
    wire.brings(both.harbour, riverside_is)
    assert both.asked(offer).state == "deleted"


def test_a_design_arrives_with_its_files_once_and_is_not_sent_again(wire: Wire, both: Both) -> None:
    party = connected(wire, both)
    lent(both.riverside, a_work(both.riverside))

    wire.brings(both.riverside, party)
    calls = len(wire.passed)
    wire.brings(both.riverside, party)

    with tenant(both.harbour.campaign.pk):
        here = Record.objects.of(both.harbour.campaign).get(kind="release")
        assert Part.objects.of(both.harbour.campaign).filter(record=here).exists()
    with tenant(both.riverside.campaign.pk):
        assert Carried.objects.of(both.riverside.campaign).get().sentence == ""
    assert all(f'"kind":"{KIND}"'.encode() not in r.body for r, _a in wire.passed[calls:])


def test_parts_that_were_changed_on_the_way_are_refused_with_a_sentence(
    wire: Wire, both: Both
) -> None:
    connected(wire, both)
    lent(both.riverside, a_work(both.riverside))
    with tenant(both.riverside.campaign.pk):
        (along,) = due_to(
            both.riverside.campaign, both.harbour_is, ledger_of(both.riverside.campaign)
        )
    digest, content = next(iter(along["parts"].items()))
    changed = base64.b64encode(base64.b64decode(content) + b"x").decode()

    with tenant(both.harbour.campaign.pk):
        for wrong, why in (
            ({**along, "parts": {digest: changed}}, "not the one that the record names"),
            ({**along, "parts": {}}, "without its files"),
            ({**along, "parts": {digest: "no base64!"}}, "not written in Base64"),
            ({**along, "bundle": 1}, "need the bundle"),
            ({**along, "name": name_of("0" * 64)}, "named for another record"),
        ):
            with pytest.raises(BadInput, match=why):
                Parts().take(both.harbour.campaign, both.harbour_is, wrong, by=SETUP)


def test_only_whom_it_is_for_is_sent_a_volunteers_details(wire: Wire, both: Both) -> None:
    connected(wire, both)
    _offer, token = both.offer()
    page(token, do="accept", agreed="on", **TICKED)
    referral = last(both.riverside, "referral")

    with tenant(both.riverside.campaign.pk):
        stranger = add_by_card(both.riverside.campaign, card_of(Other("Kelby").history), by=SETUP)
        assert [
            one["name"]
            for one in due_to(
                both.riverside.campaign, both.harbour_is, ledger_of(both.riverside.campaign)
            )
        ] == [name_of(referral.name)]
        assert due_to(both.riverside.campaign, stranger, ledger_of(both.riverside.campaign)) == []
