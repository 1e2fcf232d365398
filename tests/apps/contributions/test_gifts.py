"""Gifts with their thresholds and clocks, and what others spend: on each side of each amount and day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.db import ProgrammingError, transaction
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contributions import gifts
from hustings.apps.contributions.gift_models import Gift, GiftNoted, GiftStep, Spending
from hustings.apps.contributions.judging import LawSaysNo
from hustings.core.errors import BadInput
from tests.apps.cast import signed_in
from tests.apps.contributions.planting import a_gift, some_spending

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

RECEIVED = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def behind_the_wall(campaign: Campaign) -> Iterator[None]:
    with time_machine.travel("2026-11-26T12:00:00Z", tick=False), tenant(campaign.pk):
        yield


@pytest.fixture
def client(alice: Membership) -> Client:
    """Alice's browser, at that time."""
    return signed_in(alice)


def written_down(campaign: Campaign, client: Client, **more: Any) -> Gift:
    answer = client.post(reverse("contributions:new-gift", args=[campaign.slug]), a_gift(**more))
    assert answer.status_code == 302, answer.content.decode()
    gift: Gift = Gift.objects.of(campaign).latest("pk")
    return gift


def stepped(campaign: Campaign, client: Client, gift: Gift, kind: str, **more: str) -> str:
    address = reverse("contributions:step", args=[campaign.slug, gift.pk])
    answer = client.post(address, {"kind": kind, "on": "2026-11-26", "why": "x", **more})
    return "" if answer.status_code == 302 else answer.content.decode()


def rules(gift: Gift) -> dict[str, str]:
    """Case → severity, without the Bill that touches every gift."""
    points = gifts.gift_standing(gift).points
    return {point.case: point.severity for point in points if point.rule != "UK-15"}


@pytest.mark.parametrize(
    ("recipient", "amount", "checked_first"),
    [
        ("party", "500.00", False),
        ("party", "500.01", True),
        ("non-party-campaigner", "500.00", False),
        ("non-party-campaigner", "500.01", True),
        ("candidate", "50.00", False),
        ("candidate", "50.01", True),
    ],
)
def test_above_the_threshold_nothing_is_accepted_before_its_source_is_checked(
    campaign: Campaign, client: Client, recipient: str, amount: str, checked_first: bool
) -> None:
    gift = written_down(campaign, client, recipient=recipient, amount=amount)

    refused = stepped(campaign, client, gift, "accepted")
    assert bool(refused) == checked_first
    if checked_first:
        assert "here by 20 December 2026" in refused
        assert "UK-1" in refused
        assert stepped(campaign, client, gift, "checked", permissible="true") == ""
        assert stepped(campaign, client, gift, "accepted") == ""
    assert gifts.gift_standing(gift).state == "accepted"


def test_what_is_due_is_shown_with_its_day(campaign: Campaign, client: Client) -> None:
    gift = written_down(campaign, client, amount="600")

    for name, arguments in (("list", []), ("gift", [gift.pk])):
        page = client.get(reverse(f"contributions:{name}", args=[campaign.slug, *arguments]))
        assert "check or return by 20 Dec 2026" in page.content.decode()
    noted = GiftNoted.objects.of(campaign).get(case="not-checked")
    assert (noted.act, noted.due) == ("receive", date(2026, 12, 20))


@pytest.mark.parametrize(
    ("days", "cases", "pressing"),
    [
        (24, {"not-checked"}, False),
        (25, {"not-checked", "day-25"}, True),
        (30, {"not-checked", "day-25"}, True),
        (31, {"not-checked", "day-30-over"}, True),
    ],
)
def test_the_alarm_is_on_day_25_and_after_day_30_it_is_over(
    campaign: Campaign, client: Client, days: int, cases: set[str], pressing: bool
) -> None:
    gift = written_down(campaign, client, amount="600")

    with time_machine.travel(RECEIVED + timedelta(days=days)):
        standing = gifts.gift_standing(gift)
        assert {p.case for p in standing.points if p.rule == "UK-1"} == cases
        assert (standing.is_pressing, standing.due) == (pressing, date(2026, 12, 20))


@pytest.mark.parametrize(("days", "accepted"), [(30, True), (31, False)])
def test_a_check_after_the_thirtieth_day_comes_too_late(
    campaign: Campaign, client: Client, alice: Membership, days: int, accepted: bool
) -> None:
    gift = written_down(campaign, client, amount="600")
    day = RECEIVED + timedelta(days=days)

    with time_machine.travel(RECEIVED + timedelta(days=40)):
        gifts.take_step(
            campaign, gift.pk, "checked", day, by=alice, permissible=True, why="Looked up."
        )
        if accepted:
            gifts.take_step(campaign, gift.pk, "accepted", day, by=alice)
        else:
            with pytest.raises(LawSaysNo, match="can no longer be accepted"):
                gifts.take_step(campaign, gift.pk, "accepted", day, by=alice)
            gifts.take_step(campaign, gift.pk, "returned", day, by=alice, why="Too late.")
            assert gifts.gift_standing(gift).points == ()


def test_a_source_that_is_not_permissible_goes_back(campaign: Campaign, client: Client) -> None:
    gift = written_down(campaign, client, amount="600")
    assert stepped(campaign, client, gift, "checked", permissible="false") == ""

    assert "return the donation within 30 days" in stepped(campaign, client, gift, "accepted")
    assert stepped(campaign, client, gift, "returned") == ""
    standing = gifts.gift_standing(gift)
    assert (standing.state, standing.due, standing.is_open) == ("returned", None, False)


def test_missing_details_are_warned_of(campaign: Campaign, client: Client) -> None:
    gift = written_down(campaign, client, amount="600", details="")
    stepped(campaign, client, gift, "checked", permissible="true")

    assert rules(gift) == {"details": "warn"}


@pytest.mark.parametrize("form", ["money", "advance", "goods"])
def test_a_foreign_giver_gives_a_campaign_in_the_united_states_nothing_of_value(
    campaign: Campaign, client: Client, form: str
) -> None:
    in_us = {"country": "US", "currency": "USD", "form": form, "amount": "1.00"}
    person = written_down(campaign, client, us_status="foreign", **in_us)
    party = written_down(campaign, client, giver_kind="organisation", giver_country="AU", **in_us)
    citizen = written_down(campaign, client, us_status="citizen", **in_us)

    assert rules(person) == rules(party) == {"value": "block"}
    assert "decline it with thanks" in stepped(campaign, client, person, "accepted")
    assert rules(citizen) == {}


@pytest.mark.parametrize(
    ("form", "amount", "said"),
    [
        ("printed-stock", "0.00", {}),
        ("printed-stock", "0.01", {"printed-stock": "warn"}),
        ("designs", "0.00", {"designs": "record"}),
    ],
)
def test_designs_are_swapped_and_printed_stock_is_warned_of(
    campaign: Campaign, client: Client, form: str, amount: str, said: dict[str, str]
) -> None:
    gift = written_down(
        campaign, client, country="US", currency="USD", form=form, amount=amount,
        giver_kind="organisation", giver_country="AU",
    )  # fmt: skip

    assert rules(gift) == said
    assert stepped(campaign, client, gift, "accepted") == ""


def test_who_a_giver_is_must_be_answered_first_in_the_united_states(
    campaign: Campaign, client: Client
) -> None:
    gift = written_down(campaign, client, country="US", currency="USD", amount="20")

    assert "permanent resident" in stepped(campaign, client, gift, "accepted")


def test_steps_follow_each_other_and_nothing_is_changed(
    campaign: Campaign, client: Client, alice: Membership
) -> None:
    gift = written_down(campaign, client)
    for wrong, sentence in (
        ({"on": "2026-11-19"}, "before the gift came"),
        ({"on": "2026-11-27"}, "still to come"),
        ({"on": "soon"}, "Write the day like"),
        ({"permissible": ""}, "whether the source is a permissible one"),
        ({"permissible": "true", "why": ""}, "how it was checked"),
    ):
        assert sentence in stepped(campaign, client, gift, "checked", **wrong)
    assert stepped(campaign, client, gift, "accepted") == ""
    assert "accepted already" in stepped(campaign, client, gift, "checked", permissible="true")
    assert stepped(campaign, client, gift, "struck") == ""
    assert "struck out as a mistake already" in stepped(campaign, client, gift, "returned")
    with pytest.raises(BadInput, match="already"):
        gifts.take_step(campaign, gift.pk, "given", RECEIVED, by=alice)
    for rows, change in ((Gift.objects, {"amount_minor": 1}), (GiftStep.objects, {"kind": "x"})):
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows.of(campaign).update(**change)


def test_a_gift_of_tomorrow_is_not_written_down(campaign: Campaign, client: Client) -> None:
    address = reverse("contributions:new-gift", args=[campaign.slug])
    answer = client.post(address, a_gift(received_on="2026-11-27"))

    assert (answer.status_code, Gift.objects.of(campaign).count()) == (422, 0)


# --- what others spend ------------------------------------------------------------------------------


def spend(campaign: Campaign, client: Client, **more: Any) -> str:
    address = reverse("contributions:new-spending", args=[campaign.slug])
    answer = client.post(address, some_spending(**more))
    return "" if answer.status_code == 302 else answer.content.decode()


def test_who_is_not_based_in_the_united_kingdom_stops_at_700_pounds_in_all(
    campaign: Campaign, client: Client
) -> None:
    assert spend(campaign, client, amount="699.99") == ""
    assert spend(campaign, client, amount="0.01", name="friends ABROAD") == ""
    refused = spend(campaign, client, amount="0.01")
    assert "would have spent 700.01 GBP" in refused
    assert "UK-3" in refused
    assert "read on 2026-11-26" in refused

    assert Spending.objects.of(campaign).count() == 2
    (spent,) = gifts.all_spending(campaign)
    assert str(spent.total) == "700.00 GBP"
    assert [(p.case, p.severity) for p in spent.points] == [("foreign-spending", "record")]


@pytest.mark.parametrize(
    ("amount", "part", "notified", "case"),
    [
        ("10000.00", "england", False, None),
        ("10000.01", "england", False, "stopped"),
        ("10000.01", "england", True, None),
        ("20000.00", "england", True, None),
        ("20000.01", "england", True, "report-england"),
        ("10000.00", "elsewhere", True, None),
        ("10000.01", "elsewhere", True, "report-elsewhere"),
    ],
)
def test_who_is_eligible_notifies_above_10000_and_reports(
    campaign: Campaign, client: Client, amount: str, part: str, notified: bool, case: str | None
) -> None:
    said = {"amount": amount, "part": part, "spender": "uk-eligible"}
    refused = spend(campaign, client, **said, **({"notified": "on"} if notified else {}))

    assert bool(refused) == (case == "stopped")
    if refused:
        assert "must be notified first" in refused
        assert not Spending.objects.of(campaign).exists()
    else:
        (spent,) = gifts.all_spending(campaign)
        assert [p.case for p in spent.points] == ([case] if case else [])


def test_a_spending_that_was_a_mistake_is_not_counted(campaign: Campaign, client: Client) -> None:
    spend(campaign, client, amount="700.00")
    row = Spending.objects.of(campaign).get()
    address = reverse("contributions:strike", args=[campaign.slug, row.pk])
    assert client.post(address, {"why": ""}).status_code == 422
    assert client.post(address, {"why": "Typed twice."}).status_code == 302

    assert gifts.all_spending(campaign) == []
    assert spend(campaign, client, amount="700.00") == ""
