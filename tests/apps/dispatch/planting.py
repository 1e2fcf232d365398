"""A table in front of the planted walk's round, and who went out from it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from hustings.apps.accounts.secrets import hash_of
from hustings.apps.dispatch.access import secret_of
from hustings.apps.dispatch.models import Arrival, Table

if TYPE_CHECKING:
    from tests.apps.isolation_matrix import World


def plant(world: World, canary: str) -> None:
    """An open table, and an arrival with the planted walk."""
    campaign, walk, nonce = world.campaign, world.rows["walk"], uuid4()
    world.rows["table"] = Table.objects.create(
        campaign=campaign, action_id=walk.action_id, name=canary, opened_by=canary, nonce=nonce,
        secret_hash=hash_of(secret_of(nonce)), ends_at=timezone.now() + timedelta(hours=4),
    )  # fmt: skip
    world.rows["arrival"] = Arrival.objects.create(
        campaign=campaign, table=world.rows["table"], action_id=walk.action_id, turf=walk, key="k",
        device_id=world.rows["phone"].pk, name=canary, why=canary,
    )  # fmt: skip
