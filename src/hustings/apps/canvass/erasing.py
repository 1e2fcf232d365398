"""
Erasing a person from this room: nobody knows any more who said what, and the knock stays a knock.

Events are for good, so the database's own function empties them; it does so for a person whose erasure
stands in the same transaction, and for nobody else. See ``docs/decisions/0050-*``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hustings.apps.campaigns.erasing import NOBODY, empty_labels, empty_mentions
from hustings.apps.campaigns.models import Campaign
from hustings.apps.canvass import intake
from hustings.apps.canvass.models import CanvassEvent, PersonMet, Reply, Ruling, WalkGrant

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """What was heard from them, in events, clashes and late reports; then the sums anew."""
    campaign = Campaign.objects.get(pk=who.campaign_id)
    with connection.cursor() as cursor:
        cursor.execute("select doors_of_one_alone(%s)", [who.person_id])
        alone = list(cursor.fetchone()[0])
    doors: set[tuple[int, int]] = set()
    while True:  # something may have been recorded while we waited for the locks
        more = _doors(who, alone)
        intake.lock(campaign, doors | more, [who.person_id])
        if more <= doors:
            break
        doors |= more
    with connection.cursor() as cursor:
        cursor.execute("select * from erase_what_was_heard(%s)", [who.person_id])
        events, late, clashes = cursor.fetchone()
        cursor.execute(
            "select erase_from_settlements(%s, %s, %s)",
            [who.person_id, list(who.labels), NOBODY],
        )
        settlements = cursor.fetchone()[0]
    met = PersonMet.objects.of(who.campaign_id).filter(person_id=who.person_id)
    counts = {
        "canvass_canvassevent": events,
        "canvass_latereport": late,
        "canvass_eventclash": clashes,
        "canvass_settlement": settlements,
        "canvass_personmet": met.update(person=None),
        "canvass_walkgrant": empty_labels(who, "canvass_walkgrant", "holder")
        + WalkGrant.objects.of(who.campaign_id)
        .filter(device_id__in=who.phones)
        .exclude(holder=NOBODY)
        .update(holder=NOBODY),
        **_questions(who),
    }
    intake.work_out(campaign, doors, [], [])
    return counts


def _questions(who: Leaving) -> dict[str, int]:
    """What was replied by or about them, and their names where they asked, held back or decided."""
    replies = Reply.objects.of(who.campaign_id)
    rulings = Ruling.objects.of(who.campaign_id).filter(person_id=who.person_id)
    return {
        "canvass_question": empty_labels(who, "canvass_question", "by_label"),
        "canvass_reply": replies.filter(question__device_id__in=who.phones).update(text="")
        + empty_mentions(who, "canvass_reply", "text")
        + empty_labels(who, "canvass_reply", "written_down_by"),
        "canvass_hold": empty_mentions(who, "canvass_hold", "why")
        + empty_labels(who, "canvass_hold", "by_label"),
        "canvass_release": empty_labels(who, "canvass_release", "by_label"),
        "canvass_ruling": rulings.delete()[0] + empty_labels(who, "canvass_ruling", "by_label"),
        "canvass_rulingtakenback": empty_labels(who, "canvass_rulingtakenback", "by_label"),
        "canvass_settlementtakenback": empty_labels(who, "canvass_settlementtakenback", "by_label"),
    }


def _doors(who: Leaving, alone: list[int]) -> set[tuple[int, int]]:
    """(turf, door) of every event that says something about them."""
    events = CanvassEvent.objects.of(who.campaign_id)
    said = events.filter(person_id=who.person_id).values_list("turf_id", "door_id")
    about_the_door = events.filter(person=None, door_id__in=alone)
    return {*said, *about_the_door.values_list("turf_id", "door_id")}
