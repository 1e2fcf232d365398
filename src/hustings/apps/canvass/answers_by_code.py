"""How many answers hold each level, for the page on which levels are changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import connection

from hustings.apps.scripts.answers_held import counts_answers

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

_HELD = """
select support, count(*) from (
  select e.support, w.support_as from canvass_canvassevent e
  join canvass_wording w on w.campaign_id = e.campaign_id and w.id = e.wording_id
  where e.campaign_id = %(campaign)s and e.kind = 'answered') a
where support_as = %(of)s and support <> '' group by 1
union all
select t.support, sum(t.doors)::bigint from canvass_tally t
join canvass_wording w on w.campaign_id = t.campaign_id and w.version = t.wording_version
where t.campaign_id = %(campaign)s and t.support <> '' and w.support_as = %(of)s group by 1
"""


@counts_answers
def answers_by_code(campaign: Campaign, of: str) -> dict[str, int]:
    """Of events and of sums, by the scale or the parties that the answer was chosen from."""
    held: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"campaign": campaign.pk, "of": of})
        for code, count in cursor.fetchall():
            held[code] += count
    return dict(held)
