"""Areas that were drawn on the map, and usual roads: rows with a name, which cuts and the workbench ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.accounts.access import NotHere
from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings.models import Area, Pin
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign

MOST_CORNERS = 500


def draw_area(
    campaign: Campaign, name: str, corners: Sequence[tuple[float, float]], *, by: Actor
) -> Area:
    """
    Keep a shape under a name.

    Raises
    ------
    BadInput
        When it has no name, or fewer than three corners, or no place on Earth.
    """
    if not name.strip():
        raise BadInput(_("Give the area a name that people will know it by."))
    if not 3 <= len(corners) <= MOST_CORNERS:
        raise BadInput(
            _("An area has three to %(most)s corners; this one has %(count)s.")
            % {"most": MOST_CORNERS, "count": len(corners)}
        )
    if not all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in corners):
        raise BadInput(_("A corner of this area is no place on Earth: longitude comes first."))
    with tenant(campaign.pk):
        area: Area = Area.objects.create(
            campaign=campaign, name=name.strip()[:80],
            corners=[[round(lon, 6), round(lat, 6)] for lon, lat in corners], made_by=by.label,
        )  # fmt: skip
        record(by, "area.draw", subject="area", subject_id=area.pk)
    return area


def remove_area(campaign: Campaign, area_id: int, *, by: Actor) -> None:
    """No screen offers it any more; what was done with it stays."""
    with tenant(campaign.pk):
        rows = Area.objects.of(campaign).filter(pk=area_id, removed_at=None)
        if not rows.update(removed_at=timezone.now()):
            raise NotHere
        record(by, "area.remove", subject="area", subject_id=area_id)


def areas_of(campaign: Campaign) -> list[Area]:
    """The areas there are, by name."""
    return list(Area.objects.of(campaign).filter(removed_at=None).order_by("name", "pk"))


def pin(
    campaign: Campaign,
    meant_for: str,
    *,
    by: Actor,
    street: str = "",
    doors: Collection[int] = (),
) -> Pin:
    """
    Keep a street, or some doors, together in every cut to come, and their walk for the same volunteer.

    Raises
    ------
    BadInput
        When nobody is named, or nothing is pinned.
    """
    if not meant_for.strip():
        raise BadInput(_("Say whose usual road it is."))
    if bool(street.strip()) == bool(doors):
        raise BadInput(_("Choose a street, or some doors, that are somebody’s usual road."))
    with tenant(campaign.pk):
        made: Pin = Pin.objects.create(
            campaign=campaign, meant_for=meant_for.strip()[:80], street=street.strip(),
            doors=sorted(set(doors)), made_by=by.label,
        )  # fmt: skip
        record(by, "pin.set", subject="pin", subject_id=made.pk, count=len(made.doors))
    return made


def lift_pin(campaign: Campaign, pin_id: int, *, by: Actor) -> None:
    """Cuts to come need not mind it any more."""
    with tenant(campaign.pk):
        rows = Pin.objects.of(campaign).filter(pk=pin_id, lifted_at=None)
        if not rows.update(lifted_at=timezone.now()):
            raise NotHere
        record(by, "pin.lift", subject="pin", subject_id=pin_id)


def pins_of(campaign: Campaign) -> list[Pin]:
    """The usual roads there are, oldest first: the first who asked for a road has it."""
    return list(Pin.objects.of(campaign).filter(lifted_at=None).order_by("made_at", "pk"))
