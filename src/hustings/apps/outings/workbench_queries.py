"""Questions of the workbench: the doors of the walk that is shown, who else is at it, what happened since."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import F
from django.utils import timezone

from hustings.apps.outings.models import Turf, TurfDoor

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.outings.models import Cut

HERE_FOR = timedelta(seconds=30)
"""So long after its page last asked somebody is still shown as being here; the page asks every few seconds."""


class DoorHere(NamedTuple):
    """A door of the walk that is shown."""

    id: int
    stop: int
    street: str
    label: str
    knocked: bool


def doors_here(turf: Turf) -> list[tuple[str, list[DoorHere]]]:
    """A walk's doors by street, in walking order: one question."""
    streets: list[tuple[str, list[DoorHere]]] = []
    with connection.cursor() as cursor:
        cursor.execute(
            "select d.id, td.stop, coalesce(d.street, ''), "
            "concat_ws(', ', nullif(d.unit, ''), nullif(d.number, '')), td.knocked_at is not null "
            "from outings_turfdoor td "
            "join places_door d on d.campaign_id = td.campaign_id and d.id = td.door_id "
            "where td.campaign_id = %s and td.turf_id = %s and td.taken_at is null order by td.stop",
            [turf.campaign_id, turf.pk],
        )
        for row in cursor.fetchall():
            door = DoorHere(*row)
            if not streets or streets[-1][0] != door.street:
                streets.append((door.street, []))
            streets[-1][1].append(door)
    return streets


class Here(NamedTuple):
    """Somebody else at the cut."""

    name: str


_COME = """
with gone as (
  delete from outings_atworkbench
  where campaign_id = %(campaign)s and seen_at < %(long_ago)s and (cut_id, member_id) <> (%(cut)s, %(member)s)),
come as (
  insert into outings_atworkbench (campaign_id, cut_id, member_id, name, seen_at)
  values (%(campaign)s, %(cut)s, %(member)s, %(name)s, %(now)s)
  on conflict (campaign_id, cut_id, member_id) do update set seen_at = excluded.seen_at, name = excluded.name)
select name from outings_atworkbench
where campaign_id = %(campaign)s and cut_id = %(cut)s and member_id <> %(member)s and seen_at >= %(long_ago)s
order by name, id
"""


def come_to(cut: Cut, member: Membership) -> list[Here]:
    """Say that this member is at the cut, and who else is; whoever left is forgotten. One question."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _COME,
            {
                "campaign": cut.campaign_id, "cut": cut.pk, "member": member.pk, "name": member.called,
                "now": now, "long_ago": now - HERE_FOR,
            },
        )  # fmt: skip
        return [Here(name) for (name,) in cursor.fetchall()]


def taken_from_who_is_out(cut: Cut) -> list[TurfDoor]:
    """Doors that were taken from walks since somebody has them: their paper may still have the doors."""
    rows = TurfDoor.objects.of(cut.campaign_id).filter(
        turf__cut=cut, turf__checkouts__returned_at=None,
        taken_at__gte=F("turf__checkouts__made_at"),
    )  # fmt: skip
    return list(rows.select_related("turf").order_by("turf__number", "stop"))
