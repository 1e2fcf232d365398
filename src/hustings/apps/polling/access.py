"""The only way to a polling day, a mark or a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.polling.models import PollingDay, Promise, VotedMark

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def day_for(campaign: Campaign, day_id: int) -> PollingDay:
    """A polling day of this campaign; :class:`NotHere` otherwise."""
    day: PollingDay | None = PollingDay.objects.of(campaign).filter(pk=day_id).first()
    if day is None:
        raise NotHere
    return day


def mark_for(campaign: Campaign, mark_id: int) -> VotedMark:
    """A mark of this campaign, held until the transaction ends; :class:`NotHere` otherwise."""
    marks = (
        VotedMark.objects.of(campaign)
        .select_for_update(of=("self",), no_key=True)
        .select_related("day")
    )
    mark: VotedMark | None = marks.filter(pk=mark_id).first()
    if mark is None:
        raise NotHere
    return mark


def promise_for(campaign: Campaign, promise_id: int) -> Promise:
    """A promise of this campaign; :class:`NotHere` otherwise."""
    promise: Promise | None = Promise.objects.of(campaign).filter(pk=promise_id).first()
    if promise is None:
        raise NotHere
    return promise
