"""A street of four houses with a person each, and phones that speak to the seam as an app would."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.accounts.models import Device
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.people.models import Household, Person
from hustings.apps.places.models import Door
from tests.apps.canvass.cast import a_walk
from tests.apps.cast import SETUP

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf

HOUSES = 4


class Street:
    """Four doors on one walk, and who lives there."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.doors: list[int] = []
        self.people: list[int] = []
        with tenant(campaign.pk):
            for number in range(1, HOUSES + 1):
                key = f"{number} mill lane|"
                home = Household.objects.create(campaign=campaign, address_key=key)
                door = Door.objects.create(
                    campaign=campaign, address_key=key, street="Mill Lane", number=str(number)
                )
                person = Person.objects.create(
                    campaign=campaign, household=home, surname=f"Person{number}", origin="contacts"
                )
                self.doors.append(door.pk)
                self.people.append(person.pk)
            self.turf: Turf = a_walk(campaign, self.doors)

    def phone(self, name: str, turf: Turf | None = None) -> Phone:
        """A phone that was let in."""
        with tenant(self.campaign.pk):
            device, token = actions.ask_for_walk(turf or self.turf, name, by=SETUP)
        return Phone(self, turf or self.turf, device, token or "")


class Phone:
    """A phone with its cookie; it numbers what it makes, and can say anything."""

    def __init__(self, street: Street, turf: Turf, device: Device, token: str) -> None:
        self.street, self.turf, self.device = street, turf, device
        self.client = Client()
        self.client.cookies[DEVICE_COOKIE] = token
        self.made = 0

    def heard(self, house: int, kind: str = "no_answer", **more: Any) -> dict[str, Any]:
        """An event at a house, numbered on, in today's format."""
        self.made += 1
        if kind == "answered":
            more = {"support": "1", "person": self.street.people[house], **more}
        return {
            "id": str(uuid.uuid4()), "format": 2, "sequence": self.made, "turf": self.turf.pk,
            "door": self.street.doors[house], "kind": kind,
            "occurred_at": timezone.now().isoformat(), "app": "test 1",
        } | {name: plain(value) for name, value in more.items()}  # fmt: skip

    def send(self, *events: dict[str, Any], **more: Any) -> Any:
        """Send a batch; the answer, with ``status`` and ``said``."""
        batch = {"events": list(events)} | {name: plain(value) for name, value in more.items()}
        return self.post(json.dumps(batch))

    def post(self, body: str | bytes) -> Any:
        """Send these bytes."""
        return self.client.post(reverse("phone:events"), body, content_type="application/json")

    def statuses(self, *events: dict[str, Any], **more: Any) -> list[str]:
        """What became of each."""
        return [each["status"] for each in self.send(*events, **more).json()["events"]]

    def changes(self, since: int = 0, etag: str = "") -> Any:
        """What changed on the walk."""
        headers = {"If-None-Match": etag} if etag else {}
        return self.client.get(
            reverse("phone:changes", args=[self.turf.pk]), {"since": since}, headers=headers
        )

    def again(self) -> Device:
        """The phone's row as it stands now."""
        found: Device = Device.objects.select_related("campaign").get(pk=self.device.pk)
        return found


def plain(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def ago(**span: int) -> datetime:
    """That long before now."""
    return timezone.now() - timedelta(**span)
