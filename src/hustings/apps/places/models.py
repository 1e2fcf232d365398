"""Doors, the buildings they are in, and the map they were placed with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow, ManyCampaignRow
from hustings.core.places.match import Precision


class TownMap(CampaignRow):
    """
    A map that was brought in: the walkable streets, and the tiles made of it.

    The newest is the one in use. ``network`` holds the street network, packed
    (``hustings.formats.network_file``); ``tiles`` names the tile file below the installation's folder.
    """

    file_name = models.TextField()
    digest = models.CharField(max_length=64)
    credit = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()
    street_count = models.PositiveIntegerField(default=0)
    street_km = models.FloatField(default=0)
    address_count = models.PositiveIntegerField(default=0)
    network = models.BinaryField()
    tiles = models.TextField(blank=True)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "-made_at"], name="map_by_time")]

    def __str__(self) -> str:
        return self.file_name


class Building(ManyCampaignRow):
    """A house with several doors behind one point: how to get in, and what to beware of."""

    street_key = models.TextField()
    number_key = models.TextField()
    postcode = models.TextField(blank=True)
    name = models.TextField(blank=True)
    access_note = models.TextField(blank=True)
    hazard_note = models.TextField(blank=True)
    hazard_until = models.DateField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "street_key", "number_key", "postcode"],
                name="one_building_an_address",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Door(ManyCampaignRow):
    """
    A door to knock on; a flat is a door.

    ``address_key`` is the household's: one door an address. ``house`` is the number's leading whole
    number. ``precision`` says how well the place is known.
    """

    PRECISIONS: ClassVar = {
        Precision.NONE: _("not placed"),
        Precision.POSTCODE: _("at its postcode"),
        Precision.STREET: _("somewhere on its street"),
        Precision.INTERPOLATED: _("between its neighbours"),
        Precision.BUILDING: _("at its building"),
        Precision.DOOR: _("at the door"),
        Precision.BY_HAND: _("placed by hand"),
    }

    address_key = models.TextField()
    address = models.TextField(blank=True)
    street = models.TextField(blank=True)
    street_key = models.TextField(blank=True)
    number = models.TextField(blank=True)
    house = models.IntegerField(null=True)
    unit = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    district = models.TextField(blank=True)
    uprn = models.TextField(blank=True)
    building = CampaignForeignKey(
        Building, on_delete=models.PROTECT, null=True, related_name="doors"
    )
    floor = models.SmallIntegerField(default=0)
    staircase = models.SmallIntegerField(default=0)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    precision = models.PositiveSmallIntegerField(default=Precision.NONE)
    placed_from = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "address_key"], name="one_door_an_address")
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "street_key", "house"], name="door_by_street"),
            models.Index(fields=["campaign", "building"], name="door_by_building"),
            models.Index(fields=["campaign", "precision"], name="door_by_precision"),
            models.Index(fields=["campaign", "district"], name="door_by_district"),
            # Doors round a place: a box of degrees is a range of the index.
            models.Index(fields=["campaign", "lat", "lon"], name="door_by_place"),
        ]

    def __str__(self) -> str:
        return self.address


class PostcodePoint(CampaignRow):
    """Where a postcode is, from a list of postcodes."""

    postcode = models.CharField(max_length=10)
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "postcode"], name="one_point_a_postcode")
        ]

    def __str__(self) -> str:
        return self.postcode
