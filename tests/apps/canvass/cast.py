"""A walk of four doors, and the phones that carry it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.canvass.report import Report
from hustings.apps.outings.models import Action, Cut, Turf, TurfDoor, WalkCode
from hustings.apps.places.models import Door

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign

NOON = datetime(2026, 6, 13, 12, 0, tzinfo=UTC)


def a_walk(campaign: Campaign, doors: Sequence[int], *, number: int = 7, code: str = "") -> Turf:
    """A published walk past these doors; the campaign's wall must be open."""
    there = set(Door.objects.of(campaign).filter(pk__in=doors).values_list("pk", flat=True))
    Door.objects.bulk_create(
        Door(pk=door, campaign=campaign, address_key=f"door {door}", street="Mill Lane",
             number=str(door), lon=9.52, lat=47.14)
        for door in doors
        if door not in there
    )  # fmt: skip
    action = Action.objects.create(campaign=campaign, name="June", made_by="tests")
    cut = Cut.objects.create(campaign=campaign, action=action, asked_by="tests")
    turf: Turf = Turf.objects.create(
        campaign=campaign, action=action, cut=cut, number=number, name="Mill Lane",
        door_count=len(doors), minutes=60, walk_m=900, code=code, published_at=NOON,
        lon=9.52, lat=47.14,
    )  # fmt: skip
    TurfDoor.objects.bulk_create(
        TurfDoor(campaign=campaign, action=action, turf=turf, door_id=door, stop=stop, live=True)
        for stop, door in enumerate(doors, 1)
    )
    if code:
        WalkCode.objects.create(code=code, campaign=campaign, turf_id=turf.pk)
    return turf


def a_phone(turf: Turf, name: str, alice: Membership) -> Device:
    """A phone that was let in for this walk; the campaign's wall must be open."""
    device, _token = actions.ask_for_walk(turf, name, by=alice.actor)
    return device


def a_report(turf: Turf, door: int, kind: str = "no_answer", **more: Any) -> Report:
    """Something that happened at a door, at noon."""
    return Report(
        id=more.pop("id", None) or uuid.uuid4(),
        sequence=more.pop("sequence", 1),
        turf=turf.pk,
        door=door,
        kind=kind,
        occurred_at=more.pop("occurred_at", NOON),
        **more,
    )


__all__ = ["NOON", "a_phone", "a_report", "a_walk", "pytest", "replace", "tenant"]
