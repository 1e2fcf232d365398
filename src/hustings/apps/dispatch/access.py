"""The only way to a table, an arrival and the running cut of an action."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hustings.apps.accounts.access import NotHere
from hustings.apps.accounts.models import Device
from hustings.apps.accounts.secrets import hash_of
from hustings.apps.dispatch.models import Arrival, SpotCut, Table
from hustings.apps.outings.models import Checkout, Turf

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


class TableToken(NamedTuple):
    """What the code on a table says: the campaign, so that its wall can be chosen, and the secret."""

    campaign_id: UUID
    secret: str

    def __str__(self) -> str:
        return f"{self.campaign_id.hex}.{self.secret}"

    @classmethod
    def parse(cls, text: str) -> TableToken | None:
        """None for anything that is not such a token."""
        campaign, _dot, secret = text.partition(".")
        try:
            return cls(UUID(campaign), secret)
        except ValueError:
            return None


def secret_of(nonce: UUID) -> str:
    """What the installation's own key makes of a table's nonce: shown again whenever an organiser asks."""
    return salted_hmac("hustings.dispatch.table", nonce.hex, algorithm="sha256").hexdigest()[:32]


def token_of(table: Table) -> TableToken | None:
    """What its code says; None where the installation's key was changed since it was opened."""
    secret = secret_of(table.nonce)
    return TableToken(table.campaign_id, secret) if hash_of(secret) == table.secret_hash else None


def table_of(token: TableToken) -> Table | None:
    """The table of that code, open or not; None for any other. Asked within ``tenant(token.campaign_id)``."""
    found: Table | None = (
        Table.objects.of(token.campaign_id)
        .select_related("action", "campaign", "session")
        .filter(secret_hash=hash_of(token.secret))
        .first()
    )
    return found


def table_for(campaign: Campaign, table_id: int, *, lock: bool = False) -> Table:
    """A table of this campaign; :class:`NotHere` otherwise."""
    tables = (
        Table.objects.of(campaign)
        .select_related("action", "campaign", "session")
        .filter(pk=table_id)
    )
    found: Table | None = (
        tables.select_for_update(of=("self",), no_key=True) if lock else tables
    ).first()
    if found is None:
        raise NotHere
    return found


def arrival_for(table: Table, arrival_id: int) -> Arrival:
    """Somebody who came to this table, held until the transaction ends; :class:`NotHere` otherwise."""
    found: Arrival | None = (
        Arrival.objects.of(table.campaign_id)
        .select_for_update(of=("self",), no_key=True)
        .filter(table=table, pk=arrival_id)
        .first()
    )
    if found is None:
        raise NotHere
    return found


def arrival_with(campaign_id: UUID, key: str, *, lock: bool = False) -> Arrival | None:
    """Whoever asked with that key and has not come again since."""
    arrivals = Arrival.objects.of(campaign_id).filter(key=key, over_at=None)
    found: Arrival | None = (
        arrivals.select_for_update(of=("self",), no_key=True)
        if lock
        else arrivals.select_related("turf")
    ).first()
    return found


def arrival_paired(table: Table, pair: int) -> Arrival | None:
    """Whoever was told this number for their partner, at this table."""
    found: Arrival | None = (
        Arrival.objects.of(table.campaign_id)
        .filter(table=table, pair=pair, over_at=None, turf__isnull=False)
        .first()
    )
    return found


def spot_cut_of(campaign: Campaign, action_id: int) -> SpotCut | None:
    """The running cut of an action, where one was begun."""
    found: SpotCut | None = (
        SpotCut.objects.of(campaign).select_related("cut").filter(action_id=action_id).first()
    )
    return found


def free_turf(campaign: Campaign, turf_id: int, *, wait: bool = False) -> Turf | None:
    """
    That walk, held, if it is free at this moment and nobody else is about to have it; None otherwise.

    With ``wait`` whoever holds it is waited for, since not all of them take it: an organiser may move a door.

    Whether somebody has it is asked once more when it is held: it may have gone out between the two. A walk that
    somebody has is let go at once (the savepoint), for whoever held it while they wait for another walk would stop
    an organiser who moves doors between the two, and be stopped by them.
    """
    with transaction.atomic():
        turf: Turf | None = (
            Turf.objects.of(campaign)
            .select_for_update(of=("self",), no_key=True, skip_locked=not wait)
            .select_related("action", "campaign")
            .filter(
                pk=turf_id,
                published_at__isnull=False,
                returned_at__isnull=True,
                retired_at__isnull=True,
            )
            .first()
        )
        if turf is None:
            return None
        if Checkout.objects.of(campaign).filter(turf=turf, returned_at=None).exists():
            transaction.set_rollback(True)
            return None
    return turf


def is_theirs_now(arrival: Arrival) -> bool:
    """Whether the walk they were handed is still out, with them or with whom they joined."""
    if arrival.turf_id is None or arrival.taken_back_by:
        return False
    held = (
        Checkout.objects.of(arrival.campaign_id)
        .filter(
            turf_id=arrival.turf_id,
            returned_at=None,
            expires_at__gt=timezone.now(),
            turf__returned_at__isnull=True,
            turf__retired_at__isnull=True,
        )
        .first()
    )
    return held is not None and is_with(held, arrival)


def is_with(held: Checkout, arrival: Arrival) -> bool:
    """Whether the walk went out to them, and not to somebody else after it was taken back."""
    if arrival.device_id is None:  # given by name; a phone may have come for it since
        return bool(held.holder == arrival.name.strip())
    phones = {arrival.device_id, arrival.joins.device_id if arrival.joins else arrival.device_id}
    return held.device_id in phones


def device_of(arrival: Arrival) -> Device | None:
    """The phone that they were let in with."""
    if arrival.device_id is None:
        return None
    found: Device | None = (
        Device.objects.of(arrival.campaign_id).filter(pk=arrival.device_id).first()
    )
    return found
