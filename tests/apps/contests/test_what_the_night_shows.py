"""What differs is in sight, a sum stands below what it is of, and no number is left without its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from tests.apps.contests.cast import event
from tests.apps.contests.counting_nights import a_caucus, a_lot, a_report, a_unit, an_audit

if TYPE_CHECKING:
    from django.test import Client

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.models import Contest, Unit


@pytest.fixture
def seats(campaign: Campaign) -> Contest:
    """A general election, of two counties."""
    with tenant(campaign.pk):
        contest = a_caucus(campaign, rules="uk-parliament", name="General election")
        contest.kind = "constituency"
        contest.save()
    return contest


@pytest.fixture
def blyth(seats: Contest) -> Unit:
    with tenant(seats.campaign_id):
        return a_unit(seats, "1", delegates=None)


def words_of(client: Client, name: str, contest: Contest, *more: int) -> str:
    """A page's words in one line."""
    page = client.get(reverse(name, args=[contest.campaign.slug, contest.pk, *more])).content
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def test_two_sources_that_differ_in_what_was_spoilt_alone_are_told_apart_by_it(
    seats: Contest, blyth: Unit, alice_signed_in: Client
) -> None:
    with tenant(seats.campaign_id):
        a_report(blyth, "final", {"ash": 356, "birch": 300}, spoilt=41)
        a_report(blyth, "final", {"ash": 356, "birch": 300}, source="second", spoilt=14)
        an_audit(blyth)

    for page in (
        words_of(alice_signed_in, "contests:unit", seats, blyth.pk),
        words_of(alice_signed_in, "live:audits", seats),
    ):
        assert "Spoilt" in page
        assert " 41 " in page
        assert " 14 " in page


def test_a_lot_on_record_names_who_was_drawn(
    seats: Contest, blyth: Unit, alice_signed_in: Client
) -> None:
    with tenant(seats.campaign_id):
        a_report(blyth, "final", {"ash": 356, "birch": 356})
        a_lot(blyth, "the most votes", ["ash", "birch"], ["birch"])

    page = words_of(alice_signed_in, "contests:unit", seats, blyth.pk)

    assert "Birch Lane among Ash Hollow, Birch Lane" in page


def test_an_open_lot_for_a_seat_speaks_of_no_delegates(
    seats: Contest, blyth: Unit, alice_signed_in: Client
) -> None:
    with tenant(seats.campaign_id):
        a_report(blyth, "final", {"ash": 356, "birch": 356})

    page = words_of(alice_signed_in, "live:board", seats)

    assert "1 lot is open" in page
    assert "delegates are in no total" not in page


def test_the_tables_of_counties_and_units_say_what_their_numbers_are(
    seats: Contest, blyth: Unit, alice_signed_in: Client
) -> None:
    with tenant(seats.campaign_id):
        a_report(blyth, "final", {"ash": 356, "birch": 300})
        a_unit(seats, "2", delegates=None, area="Adams")

    page = words_of(alice_signed_in, "live:board", seats)

    assert "By county Seats By county County" in page
    assert "Units Seats Units Unit State" in page


def test_the_sum_that_is_read_back_stands_above_what_was_spoilt(
    seats: Contest, blyth: Unit, alice_signed_in: Client
) -> None:
    address = reverse("contests:enter", args=[seats.campaign.slug, seats.pk, blyth.pk, "final"])
    said = {"source": "paper", "event_id": event(blyth)["id"], "count_ash": "30", "count_birch": "20", "spoilt": "7"}  # fmt: skip

    page = alice_signed_in.post(address, said).content.decode()

    aloud = re.findall(r'<dd><strong class="number">(\d+)</strong></dd>', page)
    assert aloud == ["30", "20", "50", "7"]
