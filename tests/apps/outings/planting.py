"""Turfs as they are after a cut, for tests that begin there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.outings.models import Action, Cut, Turf, TurfDoor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.apps.campaigns.models import Campaign


def an_action(campaign: Campaign, name: str = "Saturday canvass") -> Action:
    """A canvass."""
    action: Action = Action.objects.create(campaign=campaign, name=name, made_by="Alice")
    return action


def a_cut(
    campaign: Campaign, action: Action, *walks: Sequence[int], name: str = "Kirk Street"
) -> Cut:
    """A finished draft with one turf for each list of doors."""
    cut: Cut = Cut.objects.create(
        campaign=campaign, action=action, asked_by="Alice", finished_at=timezone.now(),
        numbers={"doors": sum(map(len, walks)), "turfs": len(walks)},
    )  # fmt: skip
    for number, doors in enumerate(walks, 1):
        turf = Turf.objects.create(
            campaign=campaign, action=action, cut=cut, number=number, name=f"{name} {number}",
            door_count=len(doors), minutes=100.0 + number, walk_m=700.0, streets=[name],
        )  # fmt: skip
        TurfDoor.objects.bulk_create(
            TurfDoor(campaign=campaign, action=action, turf=turf, door_id=door, stop=stop)
            for stop, door in enumerate(doors, 1)
        )
    return cut


def turfs_of(cut: Cut) -> list[Turf]:
    """Fresh from the database, by number."""
    return list(Turf.objects.of(cut.campaign_id).filter(cut=cut).order_by("number"))
