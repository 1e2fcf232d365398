"""The only way to a batch's row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.register.models import ImportBatch

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def batch_for(campaign: Campaign, batch_id: int) -> ImportBatch:
    """A batch of this campaign; :class:`NotHere` otherwise."""
    batch: ImportBatch | None = ImportBatch.objects.of(campaign).filter(pk=batch_id).first()
    if batch is None:
        raise NotHere
    return batch


def state_of(batch: ImportBatch) -> str:
    """The state a batch is in."""
    newest = batch.states.order_by("-id").first()
    return newest.state if newest else ""
