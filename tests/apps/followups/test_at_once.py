"""Two who tick the same follow-ups at the same moment: one of them did it, and the other is told."""

from __future__ import annotations

import pytest

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.followups import actions
from hustings.apps.followups.models import FollowUpStep
from tests.apps.cast import member
from tests.apps.crossing import crossing
from tests.apps.followups.test_tray import Street

pytestmark = [
    pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pooled"),
]  # fmt: skip


def test_two_tick_the_same_in_opposite_orders() -> None:
    campaign = create_campaign("riverside", "Riverside")
    alice = member(campaign, "Alice", "organiser")
    with tenant(campaign.pk):
        street = Street(campaign, alice)
        for door in (1, 2):
            street.heard(door, wishes="poster")
    one, other = (street.subject(door, "poster") for door in (1, 2))

    wrong = crossing(
        campaign,
        [
            lambda: actions.finish(campaign, [one], by=alice.actor),
            lambda: actions.finish(campaign, [other], by=alice.actor),
        ],
        lambda: actions.finish(campaign, [other, one], by=alice.actor),
    )

    assert ["a moment ago" in str(error) for error in wrong] == [True]
    with tenant(campaign.pk):
        assert FollowUpStep.objects.count() == 2
