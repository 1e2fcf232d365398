"""Who comes from abroad, who pays for it, and what the rules say to them and to the organisers."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contributions.deciding import propose
from hustings.apps.contributions.models import Noted, Terms
from tests.apps.cast import signed_in
from tests.apps.volunteers.joining import (
    THINGS,
    a_form,
    from_abroad,
    open_the_door,
    own_page_in,
    send,
    volunteers,
)

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


def paid(thing: str, payer: str, country: str = "AU") -> dict[str, str]:
    return {
        f"{thing}_payer": payer, f"{thing}_country": country,
        f"{thing}_amount": "1,640.00", f"{thing}_currency": "USD",
    }  # fmt: skip


def join(campaign: Campaign, **more: Any) -> Any:
    return send(campaign, a_form(campaign, **from_abroad(**more)))


OTHERS = ("organisation", "person")
STOPPED = [
    *(("US", "citizen", thing, payer, "US-3", "AU") for thing in THINGS for payer in OTHERS),
    *(("US", "foreign", thing, payer, "US-2", "US") for thing in ("stipend", "wage") for payer in OTHERS),
    ("US", "foreign", "stipend", "campaign", "US-2", ""),
    ("US", "foreign", "wage", "campaign", "US-2", ""),
]  # fmt: skip
WARNED = [("GB", "", thing, payer, "UK-2", "AU") for thing in THINGS for payer in OTHERS]
"""The rule is from memory, and what is not looked up stops nobody."""


@pytest.mark.parametrize(
    ("country", "status", "thing", "payer", "rule", "whence"), [*STOPPED, *WARNED]
)
def test_every_payer_that_a_rule_is_against_is_told_the_rule_its_source_and_its_date(
    campaign: Campaign, alice: Membership, country: str, status: str, thing: str, payer: str,
    rule: str, whence: str,
) -> None:  # fmt: skip
    open_the_door(campaign, country)

    thanks = join(campaign, us_status=status, **paid(thing, payer, whence)).content.decode()

    (vera,) = volunteers(campaign)
    desk = signed_in(alice).get(f"/c/{campaign.slug}/volunteers/{vera.pk}/").content.decode()
    with tenant(campaign.pk):
        noted = Noted.objects.get(rule=rule)
    assert noted.severity == ("block" if status else "warn")
    for page in (thanks, desk):
        said = html.unescape(page)
        assert f"{rule} · {noted.citation} · {noted.source}" in said
        assert f"read on {noted.read_on:%-d %b %Y}" in said
        assert noted.sentence in said
    assert ("You want to help, and cannot yet." in thanks) is bool(status)
    assert ("wants to help, cannot yet" in desk) is bool(status)


def test_who_pays_their_own_way_may_come_and_is_told_so(campaign: Campaign) -> None:
    open_the_door(campaign, "US")

    thanks = join(campaign, us_status="foreign", travel_payer="self").content.decode()

    assert "No rule that we know stands in your way" in thanks
    assert "US-1" in thanks
    assert "How much does the travel cost" in thanks
    (vera,) = volunteers(campaign)
    assert vera.home_country == "AU"


def test_what_their_own_way_costs_is_put_to_the_rules_where_it_was_said(campaign: Campaign) -> None:
    open_the_door(campaign, "US")

    thanks = join(campaign, us_status="citizen", **paid("travel", "self", "")).content.decode()

    assert "How much does the travel cost" not in thanks
    assert "1,640.00 USD" in thanks


def test_what_would_make_it_lawful_is_the_fewest_changes(campaign: Campaign) -> None:
    open_the_door(campaign, "US")

    thanks = join(
        campaign, us_status="foreign",
        **paid("travel", "organisation"), lodging_payer="self", **paid("stipend", "person", "US"),
    ).content.decode()  # fmt: skip

    assert "you pay for your travel yourself" in thanks
    assert "nobody pays you a stipend or daily allowance" in thanks
    assert "you pay for where you sleep yourself" not in thanks


def test_somebody_who_cannot_yet_can_once_they_pay_themselves(campaign: Campaign) -> None:
    open_the_door(campaign, "US")
    own = own_page_in(join(campaign, us_status="foreign", **paid("travel", "organisation")))
    client = Client()
    assert "cannot yet" in client.get(own).content.decode()
    form = client.get(f"{own}pays/").content.decode()
    assert 'value="1,640.00"' in form

    said = from_abroad(us_status="foreign", travel_payer="self", home_country="NZ")
    answer = client.post(f"{own}pays/", said, follow=True).content.decode()

    assert "cannot yet" not in answer
    with tenant(campaign.pk):
        assert Terms.objects.count() == 2
        assert Terms.objects.values("help_id").distinct().count() == 1
    assert volunteers(campaign)[0].home_country == "NZ"


@pytest.mark.parametrize(
    "missing",
    ["home_country", "from_on", "until_on", "us_status", *(f"{thing}_payer" for thing in THINGS)],
)
def test_nothing_is_left_out_since_the_rules_depend_on_it(campaign: Campaign, missing: str) -> None:
    open_the_door(campaign, "US")

    answer = join(campaign, **({"us_status": "citizen"} | {missing: ""}))

    assert answer.status_code == 422
    assert "the rules depend on it" in answer.content.decode()
    assert volunteers(campaign) == []


def test_whoever_lives_here_is_asked_none_of_it(campaign: Campaign) -> None:
    open_the_door(campaign)

    send(campaign, a_form(campaign, travel_payer="person", home_country="AU"))

    (vera,) = volunteers(campaign)
    assert vera.home_country == ""
    with tenant(campaign.pk):
        assert Terms.objects.count() == 0


def test_another_payer_without_a_country_and_a_sum_is_asked_for_them(campaign: Campaign) -> None:
    open_the_door(campaign)

    answer = join(campaign, travel_payer="person").content.decode()

    assert "Say in which country they are" in answer
    assert "Say about how much" in answer


def test_a_country_of_which_no_rule_is_known_is_no_permission(campaign: Campaign) -> None:
    open_the_door(campaign, "LI")

    thanks = join(campaign).content.decode()

    assert "Hustings knows no rule of LI" in thanks


def test_the_list_says_who_cannot_yet(campaign: Campaign, alice: Membership) -> None:
    open_the_door(campaign, "US")
    join(campaign, us_status="citizen", **paid("travel", "person"))
    assert "cannot yet" in signed_in(alice).get(f"/c/{campaign.slug}/volunteers/").content.decode()


def test_what_an_organiser_wrote_of_them_stays_when_they_say_anew_who_pays(
    campaign: Campaign, alice: Membership
) -> None:
    open_the_door(campaign, "US")
    own = own_page_in(join(campaign, us_status="foreign"))
    with tenant(campaign.pk):
        written = Terms.objects.get()
        payments = [{"what": thing, "payer": "nobody"} for thing in THINGS]
        propose(
            campaign,
            {
                "work_country": "US", "from_on": written.from_on, "until_on": written.until_on,
                "us_status": "foreign", "us_status_on": written.us_status_on,
                "duty": "cut-lists", "other": "Hillside",
            },
            payments, by=alice.actor, help_id=written.help_id,
        )  # fmt: skip
    assert "cannot yet" in Client().get(own).content.decode()

    said = from_abroad(us_status="foreign", travel_payer="self")
    answer = Client().post(f"{own}pays/", said, follow=True).content.decode()

    assert "cannot yet" in answer
    with tenant(campaign.pk):
        latest = Terms.objects.latest("pk")
    assert (latest.duty, latest.other, latest.names) == ("cut-lists", "Hillside", "Vera Walker")
