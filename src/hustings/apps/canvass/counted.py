"""Questions of walks that keep sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Counted:
    """
    What one phone counted on one walk.

    ``reports`` are counted in the reports' own numbers, the others in the sums: worked out apart.
    """

    reports: int
    contacts: int
    answers: int
    come_back: int


_COUNTED = """
select
  (select count(*) from canvass_countedreport r where r.campaign_id = %(campaign)s
    and r.device_id = %(device)s and r.turf_id = %(turf)s and r.says and r.standing = 'counts'
    and not exists (select from canvass_countedreport c where c.campaign_id = r.campaign_id
      and c.corrects = r.report_id and c.device_id = r.device_id and c.turf_id = r.turf_id)),
  coalesce(sum(t.doors) filter (where t.kind not in ('no_answer', 'no_access')), 0),
  coalesce(sum(t.doors) filter (where t.kind = 'answered'), 0),
  coalesce(sum(t.doors) filter (where t.kind = 'come_back'), 0)
from canvass_tally t where t.campaign_id = %(campaign)s and t.device_id = %(device)s
  and t.turf_id = %(turf)s and t.standing = 'counts'
"""


def counted_by(campaign_id: UUID, turf_id: int, device_id: int) -> Counted:
    """For the receipt."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"campaign": campaign_id, "turf": turf_id, "device": device_id})
        return Counted(*cursor.fetchone())
