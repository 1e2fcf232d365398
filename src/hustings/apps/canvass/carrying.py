"""What a phone carries of a walk, as data: its doors, who lives there, and what to say; nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from hustings.apps.canvass import access, actions, asking, queries, walks
from hustings.apps.canvass.intake import COUNTS, NOT_TAKEN_BACK
from hustings.apps.canvass.kinds import WITHOUT_CONTACT, Kind
from hustings.apps.canvass.models import PersonMet

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Device
    from hustings.apps.canvass.models import WalkGrant
    from hustings.apps.canvass.walks import DoorOnWalk, PersonAtDoor

_MINE = f"""
select e.door_id, e.id, e.person_id, m.id, e.kind, e.support, e.strength
from canvass_canvassevent e
left join canvass_personmet m on m.campaign_id = %(campaign)s and m.person_id = e.person_id
where e.campaign_id = %(campaign)s and e.turf_id = %(turf)s and e.device_id = %(device)s
  and {NOT_TAKEN_BACK}
order by e.position
"""

_ELSEWHERE = f"""
select distinct on (e.door_id) e.door_id, e.kind from canvass_canvassevent e
where e.campaign_id = %(campaign)s and e.turf_id = %(turf)s and e.device_id <> %(device)s and {COUNTS}
order by e.door_id, e.position desc
"""


def carried_by(device: Device | None) -> dict[str, Any]:
    """Who the phone is and which walks it carries; nobody and none where it has not been let in."""
    if device is None or not device.is_let_in():
        return {"phone": None, "walks": []}
    return {
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


def walk_for_phone(grant: WalkGrant) -> tuple[dict[str, Any], int]:
    """
    The walk, and how many people it shows; the caller writes the audit line.

    ``mine`` at a door are this phone's own events that count, oldest first; ``elsewhere`` is what others
    found there last.
    """
    campaign, turf = grant.device.campaign, grant.turf
    doors = walks.doors_of(campaign, turf.pk)
    people = walks.people_at(grant.device, turf.pk, [door.id for door in doors])
    met = dict(
        PersonMet.objects.of(campaign)
        .filter(door_id__in=[door.id for door in doors], person__isnull=False)
        .values_list("person_id", "id")
    )
    mine, elsewhere = _events(grant)
    wording = actions.wording_now(campaign)
    walk = {
        "turf": turf.pk,
        "number": turf.number,
        "name": turf.name,
        "minutes": turf.minutes,
        "metres": turf.walk_m,
        "expires_at": grant.expires_at.isoformat(),
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
        },
        "doors": [
            {
                **_door(door),
                "elsewhere": elsewhere.get(door.id, ""),
                "mine": mine.get(door.id, []),
                "people": [_person(person, met) for person in people.get(door.id, [])],
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
        "floor": door.floor,
        "building": door.building,
        "building_name": door.building_name,
        "access_note": door.access_note,
        "hazard_note": door.hazard_note,
    }


def _person(person: PersonAtDoor, met: dict[int, Any]) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "met": str(met[person.id]) if person.id in met else None,
        "absent": person.absent,
        "stopped": person.stopped,
    }


def _events(grant: WalkGrant) -> tuple[dict[int, list[dict[str, Any]]], dict[int, str]]:
    values: dict[str, Any] = {
        "campaign": grant.campaign_id,
        "turf": grant.turf_id,
        "device": grant.device_id,
    }
    mine: dict[int, list[dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_MINE, values)
        for door, event, person, met, kind, support, strength in cursor.fetchall():
            mine.setdefault(door, []).append(
                {
                    "id": str(event),
                    "person": person,
                    "met": str(met) if met else None,
                    "kind": kind,
                    "support": support,
                    "strength": strength,
                }
            )
        cursor.execute(_ELSEWHERE, values)
        return mine, {door: _word(kind) for door, kind in cursor.fetchall()}


def _word(kind: str) -> str:
    if kind == Kind.COME_BACK:
        return "back"
    return "out" if kind in WITHOUT_CONTACT else "done"


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
        "first_at": receipt.first_at.isoformat() if receipt.first_at else None,
        "last_at": receipt.last_at.isoformat() if receipt.last_at else None,
        "returned_at": returned.at.isoformat() if returned else None,
    }
