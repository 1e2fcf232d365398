"""All by which a person is found in this installation, and who else they may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.accounts.models import Device, Membership
from hustings.apps.campaigns.erasing import Leaving
from hustings.apps.canvass.models import WalkGrant
from hustings.apps.register.models import RegisterEntry
from hustings.core.named import Named
from hustings.core.register import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from hustings.apps.people.models import Person


def leaving(person: Person, *, members: Collection[int], phones: Collection[int]) -> Leaving:
    """Gather what the erasers look for; :class:`NotHere` for a member or phone of nobody's here."""
    campaign_id = person.campaign_id
    memberships = list(
        Membership.objects.select_related("user").filter(
            campaign_id=campaign_id, pk__in=list(members)
        )
    )
    devices = list(Device.objects.of(campaign_id).filter(pk__in=list(phones)))
    if len(memberships) != len(set(members)) or len(devices) != len(set(phones)):
        raise NotHere
    held = WalkGrant.objects.of(campaign_id).filter(device__in=devices)
    labels = {
        *(label for one in memberships for label in (one.name, one.user.email)),
        *(device.label for device in devices),
        *held.values_list("holder", flat=True),
    }
    return Leaving(
        campaign_id=campaign_id,
        person_id=person.pk,
        household_id=person.household_id,
        named=_named(person, memberships),
        members=tuple(sorted(one.pk for one in memberships)),
        phones=tuple(sorted(device.pk for device in devices)),
        public_ids=tuple(str(device.public_id) for device in devices),
        labels=tuple(sorted(labels - {""})),
    )


def may_be(person: Person) -> tuple[list[Membership], list[Device]]:
    """Members and phones that may be this person: by an e-mail address or a name; somebody decides."""
    campaign_id = person.campaign_id
    addresses = {value.casefold() for value in _values(person) if "@" in value}
    whole = fold(f"{person.forename} {person.surname}")
    first = fold(person.forename).partition(" ")[0]
    members = [
        one
        for one in Membership.objects.select_related("user").filter(campaign_id=campaign_id)
        if one.user.email.casefold() in addresses or (whole and fold(one.name) == whole)
    ]
    phones = [
        device
        for device in Device.objects.of(campaign_id).order_by("-id")
        if first and fold(device.label) in {first, whole}
    ]
    return members, phones


def _named(person: Person, memberships: list[Membership]) -> Named:
    entries = RegisterEntry.objects.of(person.campaign_id).filter(person=person)
    names = {(person.forename, person.surname)}
    names |= set(entries.values_list("forename", "surname"))
    return Named(
        names=tuple(sorted(name for name in names if any(name))),
        numbers=tuple(sorted(entries.values_list("number", flat=True))),
        values=(*_values(person), *(one.user.email for one in memberships)),
    )


def _values(person: Person) -> tuple[str, ...]:
    return tuple(sorted(person.contact_points.values_list("value", flat=True)))
