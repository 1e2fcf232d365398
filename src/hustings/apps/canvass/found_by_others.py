"""How others found the doors of a walk, for a phone that carries it too: a word for each door, and nobody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from hustings.apps.canvass.intake import COUNTS
from hustings.apps.canvass.kinds import WITHOUT_CONTACT, Kind

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from collections.abc import Collection

    from hustings.apps.accounts.models import Device


class Found(NamedTuple):
    """What other phones heard at a door last, in the list's word, and the newest event there of any phone."""

    elsewhere: str
    newest: str


_FOUND = f"""
select e.door_id,
  (array_agg(e.kind order by e.position desc)
    filter (where e.device_id <> %(device)s and {COUNTS}))[1],
  (array_agg(e.id order by e.position desc))[1]
from canvass_canvassevent e
where e.campaign_id = %(campaign)s and e.turf_id = %(turf)s and e.position > %(after)s
  and (%(doors)s::bigint[] is null or e.door_id = any(%(doors)s::bigint[]))
group by e.door_id
"""


def found_by_others(
    device: Device, turf_id: int, *, after: int = 0, doors: Collection[int] | None = None
) -> dict[int, Found]:
    """
    By door; those where nothing was heard are not there.

    Parameters
    ----------
    after
        The position after which the knock that is going on began.
    doors
        Only these; every door of the walk when left out.
    """
    values: dict[str, Any] = {
        "campaign": device.campaign_id, "device": device.pk, "turf": turf_id, "after": after,
        "doors": None if doors is None else list(doors),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, values)
        return {
            door: Found("" if kind is None else word_of(kind), str(newest))
            for door, kind, newest in cursor.fetchall()
        }


def word_of(kind: str) -> str:
    """The list's word for a door at which this was heard last: back, out or done."""
    if kind == Kind.COME_BACK:
        return "back"
    return "out" if kind in WITHOUT_CONTACT else "done"
