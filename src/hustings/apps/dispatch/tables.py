"""Opening a table for a round, closing it, showing a new code; each leaves its line."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.accounts.secrets import hash_of
from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.dispatch import access
from hustings.apps.dispatch.models import Table
from hustings.apps.outings import access as outings
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.shifts.models import Session


def open_table(
    campaign: Campaign,
    action_id: int,
    name: str,
    ends_at: datetime,
    *,
    by: Actor,
    place: tuple[float, float] | None = None,
    session: Session | None = None,
) -> Table:
    """
    From now on whoever scans its code is handed the next walk that fits, and their phone is let in.

    For a session it is called as that is and stands where that is, unless another name or place is said.

    Raises
    ------
    BadInput
        When it would be over before it begins.
    """
    if ends_at <= timezone.now():
        raise BadInput(_("That time is over already. Say until when the table stands."))
    nonce = uuid.uuid4()
    lon, lat = place or ((session.lon, session.lat) if session else (None, None))
    named = name.strip()[:80] or (session.name if session else "")
    with tenant(campaign.pk):
        action = outings.action_for(campaign, action_id)
        table: Table = Table.objects.create(
            campaign=campaign, action=action, name=named or action.name, lon=lon, lat=lat,
            nonce=nonce, secret_hash=hash_of(access.secret_of(nonce)), opened_by=by.label,
            ends_at=ends_at, session=session,
        )  # fmt: skip
        record(by, "table.open", subject="table", subject_id=table.pk)
    return table


def new_code(campaign: Campaign, table_id: int, *, by: Actor) -> Table:
    """Another code for the same table; the one before opens nothing any more."""
    with tenant(campaign.pk):
        table = access.table_for(campaign, table_id, lock=True)
        table.nonce = uuid.uuid4()
        table.secret_hash = hash_of(access.secret_of(table.nonce))
        table.save(update_fields=["nonce", "secret_hash"])
        record(by, "table.new_code", subject="table", subject_id=table.pk)
    return table


def close_table(campaign: Campaign, table_id: int, *, by: Actor) -> Table:
    """Its code hands out nothing any more; the walks that are out stay out."""
    with tenant(campaign.pk):
        table = access.table_for(campaign, table_id, lock=True)
        if table.closed_at is None:
            table.closed_at, table.closed_by = timezone.now(), by.label
            table.save(update_fields=["closed_at", "closed_by"])
            record(by, "table.close", subject="table", subject_id=table.pk)
    return table


def open_again(campaign: Campaign, table_id: int, *, by: Actor) -> Table:
    """Undo closing, within its time: the same code hands out walks again."""
    with tenant(campaign.pk):
        table = access.table_for(campaign, table_id, lock=True)
        if table.closed_at is not None:
            table.closed_at, table.closed_by = None, ""
            table.save(update_fields=["closed_at", "closed_by"])
            record(by, "table.open_again", subject="table", subject_id=table.pk)
    return table
