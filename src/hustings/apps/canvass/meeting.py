"""People met at doors who are on no register: each is made once, by the id that the phone gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.models import Device
from hustings.apps.audit.actions import record as audit
from hustings.apps.canvass import residents
from hustings.apps.canvass.batch import ERASED
from hustings.apps.canvass.models import PersonMet
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from hustings.apps.canvass.report import Somebody


def meet(device: Device, somebody: Somebody) -> int:
    """Add somebody met at a door, once; the number of the person."""
    person = meet_all(device, [somebody]).get(somebody.id)
    if person is None:
        raise BadInput(ERASED)
    return person


def hold_phone(device: Device, somebodies: Sequence[Somebody]) -> None:
    """
    Hold a phone that met somebody, before its walks.

    A phone that gave up waiting sends again while we still work: the second waits, and finds them here.
    """
    if somebodies:
        Device.objects.of(device.campaign_id).select_for_update(no_key=True).get(pk=device.pk)


def meet_all(device: Device, somebodies: Sequence[Somebody]) -> dict[UUID, int]:
    """Make the people met at doors, each once; their persons' numbers by the phone's ids, without the erased."""
    if not somebodies:
        return {}
    campaign_id = device.campaign_id
    hold_phone(device, somebodies)
    known: dict[UUID, int | None] = dict(
        PersonMet.objects.of(campaign_id)
        .filter(id__in=[s.id for s in somebodies])
        .values_list("id", "person_id")
    )
    for somebody in somebodies:
        if somebody.id in known:
            continue
        person = residents.add_person(
            device.campaign, somebody.door, somebody.forename.strip(), somebody.surname.strip()
        )
        PersonMet.objects.create(
            campaign_id=campaign_id,
            id=somebody.id,
            device=device,
            door_id=somebody.door,
            person_id=person,
        )
        known[somebody.id] = person
        audit(device.actor, "person.add", subject="person", subject_id=person)
    return {met: person for met, person in known.items() if person is not None}
