"""
What a phone made and the server has not got, as far as the server can know it.

A phone numbers its events. A number that never came, between the lowest and the highest that the phone said
it gave or that came, is a gap: on its way, still on the phone, or lost with it. What waits for an
organiser, what clashed and what was refused came, and is no gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Collection

    from hustings.apps.campaigns.models import Campaign

_GAPS = """
with seen as (
  select device_id, sequence from canvass_canvassevent
  where campaign_id = %(campaign)s and device_id = any(%(devices)s::bigint[])
  union
  select device_id, (content->>'sequence')::bigint from canvass_latereport
  where campaign_id = %(campaign)s and device_id = any(%(devices)s::bigint[])
  union
  select device_id, (content->>'sequence')::bigint from canvass_eventclash
  where campaign_id = %(campaign)s and device_id = any(%(devices)s::bigint[])
  union
  select device_id, sequence from canvass_refusedreport
  where campaign_id = %(campaign)s and device_id = any(%(devices)s::bigint[])
  union
  select device_id, sequence from canvass_countedreport
  where campaign_id = %(campaign)s and device_id = any(%(devices)s::bigint[])
  union
  select device_id, sequence from canvass_delivery
  where campaign_id = %(campaign)s and device_id = any(%(devices)s::bigint[])
  union
  select device_id, unnest(array[first - 1, newest + 1]) from canvass_lastsync
  where campaign_id = %(campaign)s and device_id = any(%(devices)s::bigint[]) and newest >= first),
following as (
  select device_id, sequence, lead(sequence) over (partition by device_id order by sequence) as next
  from seen)
select device_id, sequence + 1, next - 1 from following where next > sequence + 1
order by device_id, sequence
"""

type Gap = tuple[int, int]
"""First and last number that is missing."""


def gaps_of(campaign: Campaign, device_ids: Collection[int]) -> dict[int, list[Gap]]:
    """The gaps of these phones, by phone; those that have none are not there."""
    found: dict[int, list[Gap]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_GAPS, {"campaign": campaign.pk, "devices": list(device_ids)})
        for device, first, last in cursor.fetchall():
            found.setdefault(device, []).append((first, last))
    return found


def in_words(gaps: Collection[Gap]) -> str:
    """«4, 7–9»."""
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in gaps)


def missing(gaps: Collection[Gap]) -> int:
    """How many are missing in all."""
    return sum(last - first + 1 for first, last in gaps)
