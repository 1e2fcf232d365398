"""One writer of a campaign's log at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def one_at_a_time(campaign: Campaign) -> None:
    """Wait until nobody else writes to this campaign's log; until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"statements {campaign.pk}"]
        )
