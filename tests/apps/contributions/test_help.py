"""A volunteer, and people who are lent: told apart by who pays, and judged by the rules at every save."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contributions import access, deciding, queries
from hustings.apps.contributions.judging import LawSaysNo
from hustings.apps.contributions.models import Decision, Help, Noted, Terms, WentOn
from hustings.core.errors import BadInput
from hustings.core.law import MayNotOverride
from tests.apps.contributions.planting import matter_under_review_7035, nobody_pays, paid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.contributions.queries import Standing


@pytest.fixture(autouse=True)
def behind_the_wall(campaign: Campaign) -> Iterator[None]:
    with tenant(campaign.pk):
        yield


def written_down(campaign: Campaign, client: Client, form: dict[str, Any]) -> int:
    """Through the page; the number of the help."""
    answer = client.post(reverse("contributions:new-help", args=[campaign.slug]), form)
    assert answer.status_code == 302, answer.content.decode()
    return Help.objects.of(campaign).latest("pk").pk


def page(campaign: Campaign, client: Client, help_id: int) -> str:
    address = reverse("contributions:help", args=[campaign.slug, help_id])
    return client.get(address).content.decode()


def decided(campaign: Campaign, client: Client, help_id: int, **form: str) -> tuple[int, str]:
    address = reverse("contributions:decide", args=[campaign.slug, help_id])
    answer = client.post(address, form)
    return answer.status_code, answer.content.decode()


def standing(campaign: Campaign, help_id: int) -> Standing:
    return queries.standing_of(access.terms_for(campaign, help_id))


def test_the_figures_of_matter_under_review_7035_are_blocked_with_their_sum(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    number = written_down(campaign, alice_signed_in, matter_under_review_7035())

    shown = page(campaign, alice_signed_in, number)
    assert "24,422.00 USD" in shown
    for part in ("US-2", "US-3", "52 USC 30121(a)(2)", "MUR 7035", "read on 26 Nov 2026"):
        assert part in shown
    assert "Nobody can go past this." in shown
    assert 'value="agreed"' not in shown
    assert standing(campaign, number).is_lent


def test_nobody_agrees_to_them_by_any_way(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    number = written_down(campaign, alice_signed_in, matter_under_review_7035())
    reasons = {f"reason-{rule}-{case}": "We need them." for rule, case in
               (("US-2", "paid"), ("US-3", "paid-from-abroad"))}  # fmt: skip

    status, shown = decided(campaign, alice_signed_in, number, kind="agreed", **reasons)
    assert status == 422
    assert "US-2 cannot be gone past by you" in shown
    status, shown = decided(campaign, alice_signed_in, number, kind="agreed")
    assert status == 422
    assert "24,422.00 USD" in shown
    with pytest.raises(LawSaysNo, match=r"24,422\.00 USD"):
        deciding.decide(campaign, number, "agreed", by=alice)
    with pytest.raises(MayNotOverride):
        deciding.decide(campaign, number, "agreed", by=alice, reasons=reasons)
    assert not Decision.objects.of(campaign).exists()
    assert not WentOn.objects.of(campaign).exists()
    # A row that somebody writes past our code does not change what the rules say.
    WentOn.objects.create(
        campaign=campaign, terms=access.terms_for(campaign, number), rule="US-3",
        case="paid-from-abroad", severity="block", role="organiser", reason="x",
        on="2026-11-26", by="Alice",
    )  # fmt: skip
    assert "US-3" in [point.rule for point in standing(campaign, number).stopping]


def test_what_the_rules_said_at_the_save_stays_on_record(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    number = written_down(campaign, alice_signed_in, matter_under_review_7035())

    noted = Noted.objects.of(campaign).get(terms__help=number, rule="US-3")
    assert "24,422.00 USD" in noted.sentence
    assert (noted.act, noted.severity, noted.by) == ("propose", "block", "Alice")


def test_a_volunteer_who_pays_their_own_way_is_not_blocked(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    own_way = nobody_pays(us_status="foreign", **paid("travel", "self", "", "900"))
    number = written_down(campaign, alice_signed_in, own_way)

    found = standing(campaign, number)
    assert not found.is_lent
    assert not found.stopping
    assert {(point.rule, point.severity) for point in found.points} == {
        ("US-1", "record"),
        ("US-6", "warn"),
    }
    status, _ = decided(campaign, alice_signed_in, number, kind="agreed")
    assert status == 302
    assert standing(campaign, number).state == "agreed"


@pytest.mark.parametrize(("amount", "severity"), [("1,000.00", "record"), ("1,000.01", "warn")])
def test_own_travel_is_cleared_up_to_a_thousand_dollars(
    campaign: Campaign, alice_signed_in: Client, amount: str, severity: str
) -> None:
    number = written_down(
        campaign, alice_signed_in, nobody_pays(**paid("travel", "self", "", amount))
    )

    (point,) = standing(campaign, number).points
    assert (point.rule, point.severity) == ("US-6", severity)


def test_a_foreign_national_decides_nothing_and_nobody_goes_past_it(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    form = nobody_pays(us_status="foreign", duty="decide")
    number = written_down(campaign, alice_signed_in, form)

    (point,) = standing(campaign, number).stopping
    assert (point.rule, point.roles) == ("US-4", ())
    with pytest.raises(LawSaysNo, match="US-4"):
        deciding.decide(campaign, number, "agreed", by=alice)


def test_lists_are_cut_by_a_foreign_national_after_a_reason_or_once_the_campaign_opened_it(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    form = nobody_pays(us_status="foreign", duty="cut-lists")
    number = written_down(campaign, alice_signed_in, form)
    with pytest.raises(LawSaysNo, match="US-4"):
        deciding.decide(campaign, number, "agreed", by=alice)

    reasons = {"reason-US-4-cuts-lists": "Our lawyer looked at it."}
    deciding.decide(campaign, number, "agreed", by=alice, reasons=reasons)
    assert "Our lawyer looked at it." in page(campaign, alice_signed_in, number)

    Campaign.objects.filter(pk=campaign.pk).update(foreigners_cut_lists=True)
    assert not standing(campaign, written_down(campaign, alice_signed_in, form)).stopping


def test_a_missing_answer_is_asked_for_and_nothing_is_agreed_before(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    number = written_down(
        campaign, alice_signed_in, nobody_pays(us_status="", us_status_on="", duty="decide")
    )  # fmt: skip

    assert "permanent resident" in page(campaign, alice_signed_in, number)
    status, shown = decided(campaign, alice_signed_in, number, kind="agreed")
    assert status == 422
    assert "Is this person a citizen" in shown or "Is the helper a citizen" in shown
    assert not standing(campaign, number).is_blocked


def test_in_britain_the_rule_from_memory_warns(campaign: Campaign, alice_signed_in: Client) -> None:
    form = nobody_pays(
        work_country="GB",
        us_status="",
        us_status_on="",
        **paid("travel", "organisation", "US", "300"),
    )
    number = written_down(campaign, alice_signed_in, form)

    found = standing(campaign, number)
    assert [(point.rule, point.severity) for point in found.points] == [("UK-2", "warn")]
    assert found.is_lent
    assert "from memory" in page(campaign, alice_signed_in, number)
    assert decided(campaign, alice_signed_in, number, kind="agreed")[0] == 302


def test_silence_about_a_country_is_no_permission(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    number = written_down(campaign, alice_signed_in, nobody_pays(work_country="FI"))

    assert "Hustings knows no rule of FI" in page(campaign, alice_signed_in, number)


def test_other_terms_are_agreed_anew_and_the_first_stay(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    number = written_down(campaign, alice_signed_in, nobody_pays())
    decided(campaign, alice_signed_in, number, kind="agreed")
    address = reverse("contributions:change-help", args=[campaign.slug, number])

    alice_signed_in.post(address, matter_under_review_7035())

    found = standing(campaign, number)
    assert (found.state, found.is_blocked) == ("proposed", True)
    _latest, (before,) = queries.with_earlier(found.terms)
    assert (before.state, before.terms.people) == ("agreed", 1)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Terms.objects.of(campaign).update(people=9)


def test_agreed_help_ends_and_proposed_help_is_declined_with_a_reason(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    number = written_down(campaign, alice_signed_in, nobody_pays())
    with pytest.raises(BadInput, match="proposed already"):
        deciding.decide(campaign, number, "ended", by=alice, why="Gone home.")
    with pytest.raises(BadInput, match="Say why"):
        deciding.decide(campaign, number, "refused", by=alice)
    deciding.decide(campaign, number, "agreed", by=alice)
    with pytest.raises(BadInput, match="agreed already"):
        deciding.decide(campaign, number, "refused", by=alice, why="No.")
    deciding.decide(campaign, number, "ended", by=alice, why="Gone home.")

    assert standing(campaign, number).state == "ended"
    address = reverse("contributions:change-help", args=[campaign.slug, number])
    answer = alice_signed_in.post(address, nobody_pays())
    assert answer.status_code == 422
    assert "This help has ended" in answer.content.decode()


@pytest.mark.parametrize("left_out", ["travel_payer", "stipend_payer", "lodging_payer", "wage_payer"])  # fmt: skip
def test_each_payer_is_asked_for(
    campaign: Campaign, alice_signed_in: Client, left_out: str
) -> None:
    address = reverse("contributions:new-help", args=[campaign.slug])
    answer = alice_signed_in.post(address, nobody_pays(**{left_out: ""}))

    assert answer.status_code == 422
    assert not Terms.objects.of(campaign).exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (paid("travel", "organisation", "", "5"), "in which country"),
        (paid("travel", "person", "AU", ""), "Say how much"),
        (paid("travel", "person", "AU", "5.005"), "Write an amount like"),
        (paid("travel", "person", "Australia", "5"), "at most 2 characters"),
        (paid("travel", "person", "A1", "5"), "in two letters"),
        ({"travel_amount": "5", "travel_currency": ""}, "Write the currency"),
        ({"until_on": "2016-01-01"}, "before the first"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    campaign: Campaign, alice_signed_in: Client, wrong: dict[str, str], sentence: str
) -> None:
    address = reverse("contributions:new-help", args=[campaign.slug])
    answer = alice_signed_in.post(address, nobody_pays(**wrong))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_amounts_in_two_currencies_are_asked_for_in_one(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    form = matter_under_review_7035() | {"stipend_currency": "AUD"}
    number = written_down(campaign, alice_signed_in, form)

    shown = page(campaign, alice_signed_in, number)
    assert "16,140.00 USD + 8,282.00 AUD" in shown
    assert "Please give it in USD" in shown
    assert decided(campaign, alice_signed_in, number, kind="agreed")[0] == 422


def test_the_list_keeps_volunteers_and_the_lent_apart(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    written_down(campaign, alice_signed_in, nobody_pays(names="Vera"))
    written_down(campaign, alice_signed_in, matter_under_review_7035())

    shown = alice_signed_in.get(
        reverse("contributions:list", args=[campaign.slug])
    ).content.decode()
    volunteers, lent = shown.split('id="lent"')
    assert "Vera" in volunteers
    assert "A party in Australia" not in volunteers
    assert "A party in Australia" in lent
    assert "stopped by a rule" in lent


def test_only_organisers_see_it(campaign: Campaign, bob_signed_in: Client) -> None:
    answer = bob_signed_in.get(reverse("contributions:list", args=[campaign.slug]))

    assert answer.status_code == 403
