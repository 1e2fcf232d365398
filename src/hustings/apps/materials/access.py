"""The only way to a design, a release, a place or a piece of artwork."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.materials.models import Design, Release, StockPlace

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def design_for(campaign: Campaign, design_id: int, *, lock: bool = False) -> Design:
    """
    A design of this campaign; :class:`NotHere` otherwise.

    Parameters
    ----------
    lock
        Nobody else decides about its releases or counts their copies until the transaction ends.
    """
    designs = Design.objects.of(campaign).filter(pk=design_id)
    design: Design | None = (designs.select_for_update(no_key=True) if lock else designs).first()
    if design is None:
        raise NotHere
    return design


def release_for(
    campaign: Campaign, release_id: int, *, also_drafts: bool, lock_design: bool = False
) -> Release:
    """
    A release of this campaign with its design; a draft only where drafts may be seen.

    Parameters
    ----------
    lock_design
        Nobody else decides about the releases of its design or counts their copies until the transaction ends.
    """
    releases = Release.objects.of(campaign).select_related("design").filter(pk=release_id)
    if lock_design:
        releases = releases.select_for_update(of=("design",))
    if not also_drafts:
        releases = releases.filter(publications__isnull=False)
    release: Release | None = releases.first()
    if release is None:
        raise NotHere
    release.campaign = campaign
    return release


def place_for(campaign: Campaign, place_id: int) -> StockPlace:
    """A place of this campaign; :class:`NotHere` otherwise."""
    place: StockPlace | None = StockPlace.objects.of(campaign).filter(pk=place_id).first()
    if place is None:
        raise NotHere
    return place
