"""Copies are counted by rows, and found again with place and holder."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.materials import actions, counting, publishing, queries
from hustings.apps.materials.models import Quote, StockMove
from hustings.core.errors import BadInput
from tests.apps.materials.planting import SETUP, STATEMENT, a_release, published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.materials.models import Release, StockPlace


@pytest.fixture(autouse=True)
def behind_the_wall(campaign: Campaign) -> Iterator[None]:
    with tenant(campaign.pk):
        yield


@pytest.fixture
def office(campaign: Campaign) -> StockPlace:
    return actions.add_place(campaign, "Office", by=SETUP)


def move(release: Release, kind: str, place: StockPlace, count: int, holder: str = "") -> StockMove:
    return counting.move(
        release.campaign,
        release.pk,
        kind,
        place.pk,
        count,
        form_id=uuid4(),
        by=SETUP,
        holder=holder,
    )


def test_copies_go_out_and_come_back(campaign: Campaign, office: StockPlace) -> None:
    release = published(campaign)
    move(release, "printed", office, 500)
    move(release, "given_out", office, 120, "Asha")
    move(release, "returned", office, 20, "Asha")
    move(release, "destroyed", office, 30)

    stock = queries.standing_of(release).stock
    assert (stock.printed, stock.held, stock.given_out, stock.destroyed) == (500, 370, 100, 30)
    with pytest.raises(BadInput, match="Only 100"):
        move(release, "returned", office, 101, "Asha")
    assert StockMove.objects.of(campaign).count() == 4


def test_a_count_sent_twice_is_counted_once(
    campaign: Campaign, office: StockPlace, alice_signed_in: Client
) -> None:
    release = published(campaign)
    address = reverse("materials:count", kwargs={"slug": campaign.slug, "release_id": release.pk})
    form = {"kind": "printed", "count": "50", "place": office.pk, "form_id": str(uuid4())}

    answers = [alice_signed_in.post(address, form).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert queries.standing_of(release).stock.printed == 50


def test_a_number_is_never_edited(campaign: Campaign, office: StockPlace) -> None:
    row = move(published(campaign), "printed", office, 5)

    for change in ({"count": 6}, {"kind": "destroyed"}):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            StockMove.objects.of(campaign).filter(pk=row.pk).update(**change)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        StockMove.objects.of(campaign).filter(pk=row.pk).delete()


def test_a_draft_is_not_printed_and_what_is_withdrawn_is_not_given_out(
    campaign: Campaign, office: StockPlace, alice: Membership
) -> None:
    with pytest.raises(BadInput, match="draft"):
        move(a_release(campaign), "printed", office, 5)
    release = published(campaign)
    move(release, "printed", office, 5)
    move(release, "given_out", office, 2, "Asha")
    publishing.withdraw(campaign, release.pk, "A wrong date.", by=alice)

    with pytest.raises(BadInput, match="bring copies back"):
        move(release, "given_out", office, 1, "Asha")
    move(release, "returned", office, 1, "Asha")
    ((standing, copies),) = queries.copies_to_bring_back(campaign)
    assert standing.release.pk == release.pk
    assert [(c.place.name, c.holder, c.count) for c in copies] == [
        ("Office", "", 4),
        ("Office", "Asha", 1),
    ]


def test_the_copies_that_quote_a_statement_are_found_whatever_became_of_their_version(
    campaign: Campaign, office: StockPlace, alice: Membership, alice_signed_in: Client
) -> None:
    quoting, other = published(campaign), published(campaign)
    newer = published(campaign, design=quoting.design)
    for release in (quoting, newer, other):
        move(release, "printed", office, 10)
    move(quoting, "given_out", office, 4, "Asha")
    for release in (quoting, newer):
        Quote.objects.create(
            campaign=campaign, release=release, statement=STATEMENT, words="Yes.",
            proof_address="https://riverside.example/s/ab",
        )  # fmt: skip

    found = queries.copies_quoting(campaign, STATEMENT)

    assert [(c.release.version, c.place.name, c.holder, c.count) for c in found] == [
        (2, "Office", "", 10), (1, "Office", "", 6), (1, "Office", "Asha", 4),
    ]  # fmt: skip
    assert queries.copies_quoting(campaign, "sha256:other") == []
    page = alice_signed_in.get(
        reverse("materials:copies", kwargs={"slug": campaign.slug}), {"statement": STATEMENT}
    )
    assert b"Asha" in page.content
