"""
Questions: which follow-ups there are by now, whose they are and when they are due.

What was heard is asked of the events that count, so that one that was corrected, undone or held back takes its
follow-up away; where somebody has begun with it, it is shown as taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

from hustings.apps.canvass.residents import addresses_and_names
from hustings.apps.followups.access import Subject
from hustings.apps.followups.heard import FOLLOW_UPS, values_of
from hustings.apps.followups.kinds import LABELS

# ruff: noqa: S608  # the pieces put together here are our own; values are parameters

if TYPE_CHECKING:
    from datetime import date, datetime

    from hustings.apps.campaigns.models import Campaign

MOST = 100
"""Follow-ups on one page; the count says how many there are."""

_PAGE = f"""
{FOLLOW_UPS}
select turf_id, door_id, person_id, kind, heard_at, about, owner, volunteer_id, note, done_at, last_step,
  last_what, gone, due, count(*) over ()
from (select * from {{which}}) f
where (%(kind)s = '' or kind = %(kind)s)
  and (%(owner)s::text is null or owner = %(owner)s)
  and (%(late)s::boolean is not true or due < %(today)s)
order by {{order}}
limit {MOST}
"""

_COUNTS = f"""
{FOLLOW_UPS}
select kind, owner = '', due < %(today)s, count(*), min(due), min(heard_at) from still_open
where not gone group by 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """
    One follow-up as it stands.

    Parameters
    ----------
    about
        What was said of it at the door.
    owner
        Who has it; empty where nobody has.
    is_gone
        What was heard counts no more, and somebody has begun with it.
    last_step, last_what
        What would be taken back, where there is something.
    """

    subject: Subject
    address: str
    name: str
    stopped: bool
    helps_already: bool
    is_late: bool
    heard_at: datetime | None
    about: str
    owner: str
    volunteer: int | None
    note: str
    done_at: datetime | None
    last_step: int | None
    last_what: str
    is_gone: bool
    due: date | None

    @property
    def label(self) -> str:
        """What kind it is, in words."""
        return str(LABELS.get(self.subject.kind, self.subject.kind))


@dataclass(slots=True)
class Tray:
    """One page of follow-ups, and how many there are in all."""

    rows: list[FollowUp] = field(default_factory=list)
    total: int = 0


@dataclass(slots=True)
class Counts:
    """How many are open: of each kind, without an owner, overdue; since when the oldest waits."""

    kinds: dict[str, int] = field(default_factory=dict)
    nobodys: int = 0
    nobodys_since: datetime | None = None
    late: int = 0
    first_due: date | None = None

    @property
    def open(self) -> int:
        """All of them."""
        return sum(self.kinds.values())


def tray(
    campaign: Campaign,
    *,
    kind: str = "",
    owner: str | None = None,
    late: bool = False,
    done: bool = False,
) -> Tray:
    """
    Follow-ups that are open, overdue first; or those that are done, newest first.

    Whoever shows them writes the audit line: they name people.

    Parameters
    ----------
    owner
        Only those of this one; "" for those that nobody has; None for all.
    """
    values = values_of(campaign) | {"kind": kind, "owner": owner, "late": late}
    which = "every where done_at is not null" if done else "still_open"
    order = (
        "done_at desc" if done else "due nulls last, heard_at, turf_id, door_id, person_id, kind"
    )
    with connection.cursor() as cursor:
        cursor.execute(_PAGE.format(which=which, order=order), values)
        rows = cursor.fetchall()
    people = {row[2] for row in rows if row[2]}
    where, called = addresses_and_names(campaign, {row[1] for row in rows}, people)
    stopped, helping = _known_of(campaign, list(people))
    return Tray(
        [
            FollowUp(
                Subject(*row[:4]), where.get(row[1], ""), called.get(row[2], ""),
                row[2] in stopped, row[2] in helping,
                row[9] is None and row[13] is not None and row[13] < values["today"],
                *row[4:14],
            )
            for row in rows
        ],
        rows[0][14] if rows else 0,
    )  # fmt: skip


def _known_of(campaign: Campaign, people: list[int]) -> tuple[set[int], set[int]]:
    """Those who asked not to be contacted, and those who are volunteers already."""
    if not people:
        return set(), set()
    with connection.cursor() as cursor:
        cursor.execute(
            "select person_id, true from people_donotcontact where campaign_id = %(campaign)s "
            "and person_id = any(%(people)s::bigint[]) and lifted_at is null union all "
            "select person_id, false from volunteers_volunteer where campaign_id = %(campaign)s "
            "and person_id = any(%(people)s::bigint[]) and left_at is null",
            {"campaign": campaign.pk, "people": people},
        )
        rows = cursor.fetchall()
    return {who for who, is_stop in rows if is_stop}, {who for who, is_stop in rows if not is_stop}


def counts(campaign: Campaign) -> Counts:
    """How many are open, in one question; nobody is named."""
    found = Counts()
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values_of(campaign))
        for kind, is_nobodys, is_late, number, first_due, heard_at in cursor.fetchall():
            found.kinds[kind] = found.kinds.get(kind, 0) + number
            if is_nobodys:
                found.nobodys += number
                found.nobodys_since = min(found.nobodys_since or heard_at, heard_at)
            if is_late:
                found.late += number
                found.first_due = min(found.first_due or first_due, first_due)
    return found


def owners(campaign: Campaign) -> list[str]:
    """Names of whoever has one that is open."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{FOLLOW_UPS} select distinct owner from still_open where owner <> '' order by 1",
            values_of(campaign),
        )
        return [name for (name,) in cursor.fetchall()]
