"""Buildings and doors."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow


class Building(CampaignRow):
    """A house with several doors behind one point: how to get in, and what to beware of."""

    name = models.TextField(blank=True)
    access_note = models.TextField(blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    def __str__(self) -> str:
        return self.name


class Door(CampaignRow):
    """A door to knock on; a flat is a door."""

    address_key = models.TextField()
    street = models.TextField(blank=True)
    number = models.TextField(blank=True)
    unit = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    building = CampaignForeignKey(
        Building, on_delete=models.PROTECT, null=True, related_name="doors"
    )
    floor = models.SmallIntegerField(default=0)
    staircase = models.SmallIntegerField(default=0)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "address_key"], name="one_door_an_address")
        ]

    def __str__(self) -> str:
        return self.address_key
