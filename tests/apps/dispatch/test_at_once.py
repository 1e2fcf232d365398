"""At one table: a partner joins, or a phone is let in, while somebody does something else with the same walk."""

from __future__ import annotations

import pytest

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from hustings.apps.canvass.access import live_grants
from hustings.apps.canvass.models import WalkGrant
from hustings.apps.dispatch import access, arriving
from hustings.apps.dispatch.fitting import Wants
from hustings.apps.dispatch.models import Arrival
from hustings.apps.outings import access as outings
from hustings.apps.outings import handing_out
from hustings.apps.outings.models import Turf
from tests.apps.cast import member
from tests.apps.crossing import crossing
from tests.apps.dispatch.cast import ALICE, a_round, a_table

pytestmark = [
    pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pooled"),
]  # fmt: skip


def test_a_partner_who_joins_while_the_walk_is_taken_back_sees_nothing_of_it_either() -> None:
    campaign = create_campaign("riverside", "Riverside")
    table = a_table(campaign, a_round(campaign)[0].action)
    tom = arriving.arrive(table, "tom", "Tom", Wants(partner=True)).arrival

    wrong = crossing(
        campaign,
        [lambda: arriving.arrive(table, "ann", "Ann", Wants(), pair=tom.pair)],
        lambda: arriving.take_back(table, tom.pk, by=ALICE),
    )

    assert wrong == []
    with tenant(campaign.pk):
        assert not Arrival.objects.filter(over_at=None).exists()
        phones = [access.device_of(arrival) for arrival in Arrival.objects.all()]
        assert [live_grants(phone).count() for phone in phones if phone] == [0, 0]


def test_a_phone_that_asks_for_its_walk_while_it_is_taken_back_has_it_on_both_sides() -> None:
    campaign = create_campaign("riverside", "Riverside")
    turf = a_round(campaign)[0]
    alice = member(campaign, "Alice", "organiser")
    with tenant(campaign.pk):
        turf.campaign = campaign
        phone, _token = canvass.ask_for_walk(turf, "Tom", by=alice.actor)

    def asks() -> None:
        with tenant(campaign.pk):
            canvass.ask_for_walk(turf, "Tom", device=phone, by=alice.actor)

    wrong = crossing(campaign, [lambda: handing_out.take_back(campaign, turf.pk, by=ALICE)], asks)

    assert wrong == []
    with tenant(campaign.pk):
        assert Turf.objects.get(pk=turf.pk).state == Turf.State.CHECKED_OUT
        assert live_grants(phone).count() == 1


def test_two_phones_that_hand_one_walk_back_at_once_bring_it_back() -> None:
    campaign = create_campaign("riverside", "Riverside")
    turf = a_round(campaign)[0]
    alice = member(campaign, "Alice", "organiser")
    with tenant(campaign.pk):
        for name in ("Tom", "Ann"):
            canvass.ask_for_walk(turf, name, by=alice.actor)
        one, other = WalkGrant.objects.select_related("campaign", "device").order_by("pk")

    def hands_back(grant: WalkGrant) -> None:
        with tenant(campaign.pk):
            canvass.hand_back(grant, by=grant.device.actor)

    wrong = crossing(campaign, [lambda: hands_back(one)], lambda: hands_back(other))

    assert wrong == []
    with tenant(campaign.pk):
        assert Turf.objects.get(pk=turf.pk).state == Turf.State.RETURNED


def test_phones_are_let_in_while_their_walks_are_held_in_another_order() -> None:
    campaign = create_campaign("riverside", "Riverside")
    first, second, _third = a_round(campaign)
    alice = member(campaign, "Alice", "organiser")
    with tenant(campaign.pk):
        campaign.phones_need_letting_in = True
        campaign.save()
        for turf in (first, second):
            turf.campaign = campaign
        phones = [canvass.ask_for_walk(turf, "Tom")[0] for turf in (second, first)]

    def let_in() -> None:
        with tenant(campaign.pk):
            assert canvass.let_phones_in(campaign, phones, by=alice.actor) == 2

    wrong = crossing(
        campaign,
        [
            lambda: outings.hold_turfs(campaign, [first.pk]),
            lambda: outings.hold_turfs(campaign, [second.pk]),
        ],
        let_in,
    )

    assert wrong == []
    with tenant(campaign.pk):
        assert all(phone.is_let_in() for phone in phones)


def test_two_who_come_in_pairs_at_once_are_told_different_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    campaign = create_campaign("riverside", "Riverside")
    table = a_table(campaign, a_round(campaign)[0].action)
    monkeypatch.setattr(arriving.secrets, "choice", min)

    def come(name: str) -> None:
        arriving.arrive(table, name, name, Wants(partner=True))

    wrong = crossing(campaign, [lambda: come("Tom")], lambda: come("Ann"))

    assert wrong == []
    with tenant(campaign.pk):
        assert sorted(Arrival.objects.values_list("pair", flat=True)) == [100, 101]
