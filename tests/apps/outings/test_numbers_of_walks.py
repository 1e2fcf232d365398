"""Of a round no two live walks have the same number, whichever of its drafts was cut first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import moving_doors, plan_steps, publishing
from hustings.apps.outings.models import Cut, PlanStep, SplitStreet
from tests.apps.cast import SETUP
from tests.apps.outings.planting import a_cut, an_action, turfs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.campaigns.models import Campaign


@pytest.fixture
def north(campaign: Campaign) -> Iterator[Cut]:
    """A draft of walks 1 to 3, with a step on it, beside a live cut of walks 1 and 2 in the same round."""
    with tenant(campaign.pk):
        action = an_action(campaign)
        south = a_cut(campaign, action, [1, 2, 3], [4, 5, 6])
        north = a_cut(campaign, action, [11, 12, 13], [14, 15, 16], [17, 18, 19])
        moving_doors.move(campaign, north.pk, [11], 2, seen=0, by=SETUP)
        publishing.publish(campaign, south.pk, by=SETUP)
        yield north


def test_a_walk_whose_number_is_live_already_gets_the_next_free_one_when_it_is_published(
    north: Cut,
) -> None:
    publishing.publish(north.campaign, north.pk, by=SETUP)

    assert [turf.number for turf in turfs_of(north)] == [3, 4, 5]
    assert [turf.door_count for turf in turfs_of(north)] == [3, 2, 4]
    splits = SplitStreet.objects.of(north.campaign_id).filter(cut=north)
    assert {number for split in splits for number in split.turfs} <= {3, 4, 5}


def test_steps_that_were_made_before_are_undone_and_made_again_under_the_new_numbers(
    north: Cut,
) -> None:
    publishing.publish(north.campaign, north.pk, by=SETUP)
    step = PlanStep.objects.of(north.campaign_id).get(cut=north)
    assert step.moved == [[11, 4, 5]]
    assert "from walk 4 to walk 5" in plan_steps.in_words(step)

    moving_doors.undo(north.campaign, north.pk, seen=1, by=SETUP)
    assert [turf.door_count for turf in turfs_of(north)] == [3, 3, 3]
    moving_doors.redo(north.campaign, north.pk, seen=2, by=SETUP)
    assert [turf.door_count for turf in turfs_of(north)] == [3, 2, 4]


def test_walks_that_were_put_away_keep_no_number_from_others(
    campaign: Campaign, north: Cut
) -> None:
    south = Cut.objects.of(campaign).exclude(pk=north.pk).get()
    publishing.withdraw(campaign, south.pk, by=SETUP)

    publishing.publish(campaign, north.pk, by=SETUP)

    assert [turf.number for turf in turfs_of(north)] == [1, 2, 3]
