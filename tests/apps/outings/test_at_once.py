"""Somebody hands out, or moves doors, while others do something with the same walks: nobody loses a walk by it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import access, handing_out, moving_doors, publishing, publishing_beside
from hustings.apps.outings.models import Checkout, Cut, Turf, TurfDoor
from tests.apps.crossing import crossing
from tests.apps.dispatch.cast import ALICE, a_round
from tests.apps.outings.planting import a_cut

pytestmark = [
    pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pooled"),
]  # fmt: skip


def test_a_cut_is_not_withdrawn_while_one_of_its_walks_is_handed_out() -> None:
    campaign = create_campaign("riverside", "Riverside")
    turf = a_round(campaign)[0]

    wrong = crossing(
        campaign,
        [lambda: handing_out.check_out(campaign, turf.pk, "Tom", by=ALICE)],
        lambda: publishing.withdraw(campaign, turf.cut_id, by=ALICE),
    )

    assert ["already handed out" in str(error) for error in wrong] == [True]
    with tenant(campaign.pk):
        assert Turf.objects.get(pk=turf.pk).state == Turf.State.CHECKED_OUT


def test_a_walk_that_is_given_more_time_does_not_come_back_at_that_moment() -> None:
    campaign = create_campaign("riverside", "Riverside")
    turf = a_round(campaign)[0]
    over, later = timezone.now() - timedelta(minutes=1), timezone.now() + timedelta(hours=2)
    with tenant(campaign.pk):
        handing_out.check_out(campaign, turf.pk, "Tom", by=ALICE, expires_at=over)

    wrong = crossing(
        campaign,
        [lambda: handing_out.extend(campaign, turf.pk, later, by=ALICE)],
        lambda: handing_out.return_overdue(campaign, by=ALICE),
    )

    assert wrong == []
    with tenant(campaign.pk):
        assert Checkout.objects.get(returned_at=None).expires_at == later
        assert Turf.objects.get(pk=turf.pk).state == Turf.State.CHECKED_OUT


def test_a_walk_that_was_taken_back_at_that_moment_stays_free() -> None:
    campaign = create_campaign("riverside", "Riverside")
    turf = a_round(campaign)[0]
    with tenant(campaign.pk):
        handing_out.check_out(campaign, turf.pk, "Tom", by=ALICE, expires_at=timezone.now())

    wrong = crossing(
        campaign,
        [lambda: handing_out.take_back(campaign, turf.pk, by=ALICE)],
        lambda: handing_out.return_overdue(campaign, by=ALICE),
    )

    assert wrong == []
    with tenant(campaign.pk):
        assert Turf.objects.get(pk=turf.pk).state == Turf.State.PUBLISHED


def test_whoever_waits_at_one_overdue_walk_keeps_none_of_the_others() -> None:
    campaign = create_campaign("riverside", "Riverside")
    first, second, _third = a_round(campaign)
    with tenant(campaign.pk):
        for turf in (second, first):
            handing_out.check_out(campaign, turf.pk, "Tom", by=ALICE, expires_at=timezone.now())

    def is_back() -> None:
        assert Turf.objects.get(pk=first.pk).state == Turf.State.RETURNED

    wrong = crossing(
        campaign,
        [lambda: access.hold_turfs(campaign, [second.pk]), is_back],
        lambda: handing_out.return_overdue(campaign, by=ALICE),
    )

    assert wrong == []
    with tenant(campaign.pk):
        assert not Checkout.objects.filter(returned_at=None).exists()


def test_a_draft_is_published_instead_while_a_step_puts_doors_back() -> None:
    campaign = create_campaign("riverside", "Riverside")
    turf = a_round(campaign, walks=2, doors_each=12)[0]
    with tenant(campaign.pk):
        moving_doors.move(campaign, turf.cut_id, [3, 2, 1], moving_doors.OUT, seen=0, by=ALICE)
        beside = a_cut(campaign, turf.action, [1, 2, 3])

    wrong = crossing(
        campaign,
        [lambda: moving_doors.undo(campaign, turf.cut_id, seen=10**6, by=ALICE)],
        lambda: publishing_beside.publish_free(campaign, beside.pk, by=ALICE),
    )

    assert all("published for this action" in str(error) for error in wrong), wrong
    with tenant(campaign.pk):
        live = list(TurfDoor.objects.filter(live=True).values_list("door_id", flat=True))
        assert len(live) == len(set(live)) == 24
        assert Cut.objects.get(pk=beside.pk).state == Cut.State.DRAFT
