"""What a phone carries of a walk, as data: its doors, who lives there, and what to say; nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from hustings.apps.canvass import (
    access,
    actions,
    asking,
    ground,
    handed_in,
    queries,
    residents,
    walks,
)
from hustings.apps.canvass.found_by_others import Found, found_by_others
from hustings.apps.canvass.intake import NOT_TAKEN_BACK
from hustings.apps.scripts import showing

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Device
    from hustings.apps.canvass.models import WalkGrant
    from hustings.apps.canvass.residents import PersonAtDoor
    from hustings.apps.canvass.turning_out import KnockNow
    from hustings.apps.canvass.walks import DoorOnWalk

_MINE = f"""
select e.door_id, e.id, e.person_id, m.id, e.kind, e.support, e.strength, e.wishes,
  e.wish_note, e.position
from canvass_canvassevent e
left join canvass_personmet m on m.campaign_id = %(campaign)s and m.person_id = e.person_id
where e.campaign_id = %(campaign)s and e.turf_id = %(turf)s and e.device_id = %(device)s
  and {NOT_TAKEN_BACK}
order by e.position
"""


def carried_by(device: Device | None) -> dict[str, Any]:
    """Who the phone is and which walks it carries; nobody and none where it has not been let in."""
    if device is None or not device.is_let_in():
        return {"phone": None, "walks": [], "at": timezone.now()}
    return {
        "at": timezone.now(),
        "phone": {
            "label": device.label,
            "id": str(device.public_id),
            "sequence": queries.next_sequence(device),
        },
        "walks": [
            {
                "turf": grant.turf_id,
                "number": grant.turf.number,
                "name": grant.turf.name,
                "doors": grant.turf.door_count,
            }
            for grant in access.live_grants(device)
        ],
        "questions": asking.for_phone(device),
    }


def seconds_left(grant: WalkGrant) -> int:
    """How long the phone carries the walk from now on; counted by it, so that its clock may be wrong."""
    ends = min(grant.expires_at, grant.device.expires_at)
    return max(0, int((ends - timezone.now()).total_seconds()))


def walk_for_phone(grant: WalkGrant, knock: KnockNow | None = None) -> tuple[dict[str, Any], int]:
    """
    The walk, and how many people it shows; the caller writes the audit line.

    ``mine`` at a door are this phone's own events that count, oldest first; ``elsewhere`` is what others
    found there last. ``behind`` are those of its events that no door of the list shows: the door is on
    another walk by now or everybody there has voted, or they are of an earlier knock.

    Parameters
    ----------
    knock
        Of a polling-day walk, the list as it is now; None where nothing is hidden.
    """
    campaign, turf = grant.device.campaign, grant.turf
    after = knock.after if knock else 0
    doors = walks.doors_in(campaign, turf.pk, knock)
    people = residents.people_in(
        grant.device, turf.pk, [door.id for door in doors], turf.action, knock
    )
    behind: dict[int, list[dict[str, Any]]] = {}
    if turf.action.is_delivery:
        mine, elsewhere = handed_in.events(grant)
        found = {door: Found(word, "") for door, word in elsewhere.items()}
    else:
        mine, behind = _own(grant, {door.id for door in doors}, after)
        found = found_by_others(grant.device, turf.pk, after=after)
    wording = actions.wording_now(campaign)
    walk = {
        "turf": turf.pk,
        "number": turf.number,
        "name": turf.name,
        "round": turf.action.kind,
        "keeps": turf.action.precision,
        "minutes": turf.minutes,
        "metres": turf.walk_m,
        "expires_at": grant.expires_at.isoformat(),
        "knock": knock.number if knock else 0,
        "behind": [{"door": door, "mine": events} for door, events in sorted(behind.items())],
        "map": ground.mark_of(campaign, turf),
        "wording": {
            "version": wording.version,
            "text": wording.text,
            "as_parties": wording.support_as == campaign.SupportAs.PARTIES,
            "choices": [
                {"code": str(choice["code"]), "label": str(choice["label"]), "shade": shade}
                for choice in wording.shaded_choices
                for shade in [
                    "" if wording.support_as == campaign.SupportAs.PARTIES else str(choice["shade"])
                ]
            ],
            **showing.for_phone(campaign),
        },
        "doors": [
            {
                **_door(door),
                **found.get(door.id, Found("", ""))._asdict(),
                "mine": mine.get(door.id, []),
                "people": [_person(person) for person in people.get(door.id, [])],
            }
            for door in doors
        ],
    }
    return walk, sum(map(len, people.values()))


def _door(door: DoorOnWalk) -> dict[str, Any]:
    return {
        "id": door.id,
        "stop": door.stop,
        "address": door.address,
        "label": door.label,
        "house": f"{door.number} {door.street}".strip(),
        "street": door.street,
        "number": door.number,
        "floor": door.floor,
        "building": door.building,
        "building_name": door.building_name,
        "access_note": door.access_note,
        "hazard_note": door.hazard_note,
    }


def _person(person: PersonAtDoor) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "met": str(person.met_as) if person.met_as else None,
        "absent": person.absent,
        "stopped": person.stopped,
    }


def _own(
    grant: WalkGrant, on_list: set[int], after: int
) -> tuple[dict[int, list[dict[str, Any]]], dict[int, list[dict[str, Any]]]]:
    """This phone's events that count, by door: of the list as it is now, and all others."""
    values: dict[str, Any] = {
        "campaign": grant.campaign_id,
        "turf": grant.turf_id,
        "device": grant.device_id,
    }
    mine: dict[int, list[dict[str, Any]]] = {}
    behind: dict[int, list[dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_MINE, values)
        for (
            door,
            event,
            person,
            met,
            kind,
            support,
            strength,
            wishes,
            note,
            position,
        ) in cursor.fetchall():
            shown = mine if door in on_list and position > after else behind
            shown.setdefault(door, []).append(
                {
                    "id": str(event),
                    "person": person,
                    "met": str(met) if met else None,
                    "kind": kind,
                    "support": support,
                    "strength": strength,
                    **({"wishes": wishes, "wish_note": note} if wishes else {}),
                }
            )
    return mine, behind


def receipt_for_phone(grant: WalkGrant) -> dict[str, Any]:
    """The server's own numbers of what this phone recorded on this walk."""
    receipt = queries.receipt_of(grant)
    returned = grant.returns.first()
    return {
        "number": grant.turf.number,
        "name": grant.turf.name,
        "recorded": receipt.recorded,
        "received": receipt.received,
        "held": receipt.held,
        "contacts": receipt.contacts,
        "answers": receipt.answers,
        "come_back": receipt.come_back,
        "left_over": receipt.left_over,
        "first_at": receipt.first_at.isoformat() if receipt.first_at else None,
        "last_at": receipt.last_at.isoformat() if receipt.last_at else None,
        "returned_at": returned.at.isoformat() if returned else None,
    }
