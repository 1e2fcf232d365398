"""Whoever comes to a session's table and had signed up is signed in there, as at its door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.shifts import sign_in
from hustings.apps.shifts.recognising import recognised
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.dispatch.models import Arrival, Table


def sign_in_at(table: Table, arrival: Arrival, who: str) -> bool:
    """
    They came, if it can be told who they are; said twice it counts once, and taken back it stays taken back.

    Returns
    -------
    Whether they are known. Only the organiser's page says so.
    """
    if table.session is None:
        return False
    with tenant(table.campaign_id):
        if arrival.sign_up_id is not None:
            return True
        mine = recognised(table.session, f"{arrival.name} {who}") or recognised(table.session, who)
        if mine is None:
            return False
        try:
            sign_in.came(table.campaign, table.session.pk, mine.volunteer_id, by=table.actor)
        except BadInput:  # it was cancelled meanwhile: they have their walk all the same
            return False
        arrival.sign_up = mine
        arrival.save(update_fields=["sign_up"])
    return True
