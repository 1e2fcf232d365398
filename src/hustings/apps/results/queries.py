"""
The effort's numbers, each table in one question of the database.

They read what ``canvass`` keeps worked out (a row a door, a visit, an answer) and the sums of walks that keep
nothing finer, never the events. Leaflet and poster rounds are no canvass, and stand nowhere here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _

from hustings.apps.campaigns.shades import shades_of
from hustings.apps.canvass.held import DECIDED_SINCE
from hustings.apps.canvass.intake import changed_since

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from hustings.apps.campaigns.models import Campaign

FEW = 5
"""Below this many answers nothing says what they were, to whoever may not look people up."""

MOST_PARTIES = 6
"""As many parties have a colour of their own, in the campaign's order; the others share one."""

OTHER_ANSWER = "answer"
"""The kind of every answer without a colour of its own: a seventh party, or one asked for earlier."""

_WALKS = """
with doors as (
  select td.turf_id, count(*) as doors from outings_turfdoor td
  where td.campaign_id = %(campaign)s and (td.live or td.knocked_at is not null)
  group by 1),
stood as (
  select s.turf_id, count(*) filter (where s.visits > 0) as knocked,
    count(*) filter (where s.contacted) as contacts,
    count(*) filter (where s.last_kind = 'come_back') as come_back, max(s.last_at) as last_at
  from canvass_doorstanding s where s.campaign_id = %(campaign)s group by 1),
summed as (
  select y.turf_id, sum(y.doors)::bigint as knocked,
    coalesce(sum(y.doors) filter (where y.kind not in ('no_answer', 'no_access')), 0)::bigint
      as contacts,
    coalesce(sum(y.doors) filter (where y.kind = 'come_back'), 0)::bigint as come_back
  from canvass_tally y where y.campaign_id = %(campaign)s and y.standing = 'counts' group by 1)
select t.id, t.number, t.name, n.name, coalesce(c.holder, ''),
  case when t.retired_at is not null then 'retired' when t.returned_at is not null then 'returned'
    when c.id is not null then 'checked_out' else 'published' end,
  t.lon, t.lat, greatest(coalesce(d.doors, 0), coalesce(s.knocked, 0) + coalesce(y.knocked, 0)),
  coalesce(s.knocked, 0) + coalesce(y.knocked, 0), coalesce(s.contacts, 0) + coalesce(y.contacts, 0),
  coalesce(s.come_back, 0) + coalesce(y.come_back, 0), s.last_at
from outings_turf t
join outings_action n on n.campaign_id = t.campaign_id and n.id = t.action_id
left join outings_checkout c on c.campaign_id = t.campaign_id and c.turf_id = t.id
  and c.returned_at is null
left join doors d on d.turf_id = t.id
left join stood s on s.turf_id = t.id
left join summed y on y.turf_id = t.id
where t.campaign_id = %(campaign)s and t.published_at is not null
  and n.kind not in ('leaflet', 'poster')
  and (%(action)s::bigint is null or t.action_id = %(action)s)
order by t.action_id, t.number
"""

_VISITS = """
select v.device_id, v.day, sum(v.doors)::bigint,
  coalesce(sum(v.doors) filter (where v.contacted), 0)::bigint
from (
  select campaign_id, turf_id, device_id, day, 1 as doors, contacted from canvass_visit
  union all
  select campaign_id, turf_id, device_id, day, doors, kind not in ('no_answer', 'no_access')
  from canvass_tally where standing = 'counts' and doors > 0) v
where v.campaign_id = %(campaign)s and (%(action)s::bigint is null or v.turf_id = any(%(turfs)s::bigint[]))
group by grouping sets ((v.device_id), (v.day))
"""

_ANSWERS = """
select a.support, a.strength, a.turf_id, a.device_id, a.day, sum(a.doors)::bigint,
  count(*) filter (where a.disputed)
from (
  select campaign_id, support, strength, turf_id, device_id, day, disputed, 1 as doors
  from canvass_answer
  union all
  select campaign_id, support, null, turf_id, device_id, day, false, doors
  from canvass_tally where standing = 'counts' and kind = 'answered' and doors > 0) a
where a.campaign_id = %(campaign)s and (%(action)s::bigint is null or a.turf_id = any(%(turfs)s::bigint[]))
group by grouping sets (
  (a.support, a.strength), (a.support, a.turf_id), (a.support, a.device_id), (a.support, a.day))
"""


@dataclass(slots=True)
class Row:
    """One walk, phone or day, with its counts."""

    key: object
    label: str
    number: int = 0
    name: str = ""
    action: str = ""
    doors: int = 0
    knocked: int = 0
    contacts: int = 0
    come_back: int = 0
    last_at: datetime | None = None
    state: str = ""
    holder: str = ""
    lon: float | None = None
    lat: float | None = None
    support: dict[str, int] = field(default_factory=dict)

    @property
    def answers(self) -> int:
        """All answers of this row."""
        return sum(self.support.values())

    @property
    def coverage(self) -> int | None:
        """Doors knocked of doors on the walk, in whole percent; None without doors."""
        return percent(self.knocked, self.doors)

    @property
    def contact_rate(self) -> int | None:
        """Doors with a contact of doors knocked, in whole percent; None without knocks."""
        return percent(self.contacts, self.knocked)

    def support_for(self, codes: Iterable[str], *, said: bool) -> list[int | None]:
        """Answers for each code; None where they are not said (:func:`said_rows`)."""
        return [self.support.get(code, 0) if said else None for code in codes]


def said_rows(rows: Iterable[Row], *, all_of_it: bool) -> set[object]:
    """
    The keys of rows that say what their answers were.

    Whoever may look people up reads all. For others rows with few answers are silent, and where those
    together have few the next larger ones too: the total less the other rows would say them.
    """
    by_size = sorted(rows, key=lambda row: row.answers)
    if all_of_it:
        return {row.key for row in by_size}
    hidden = 0
    said = set()
    for row in by_size:
        if row.answers < FEW or 0 < hidden < FEW:
            hidden += row.answers
        else:
            said.add(row.key)
    return said


@dataclass(frozen=True, slots=True)
class Level:
    """One level of support or party."""

    code: str
    label: str
    kind: str
    count: int
    share: int | None
    said: bool = True
    weak: int = 0
    fair: int = 0
    strong: int = 0


@dataclass(frozen=True)
class Effort:
    """All numbers of one action, or of all."""

    walks: list[Row]
    phones: list[Row]
    days: list[Row]
    levels: list[Level]
    disputed: int
    events: int
    newest_at: datetime | None

    @cached_property
    def total(self) -> Row:
        """The walks, summed."""
        return Row(
            key=None,
            label=_("All walks"),
            doors=sum(row.doors for row in self.walks),
            knocked=sum(row.knocked for row in self.walks),
            contacts=sum(row.contacts for row in self.walks),
            come_back=sum(row.come_back for row in self.walks),
            last_at=max((row.last_at for row in self.walks if row.last_at), default=None),
            support={level.code: level.count for level in self.levels},
        )


def percent(part: int, whole: int) -> int | None:
    """Rounded half up, in whole percent; None when there is nothing to be a share of."""
    return (200 * part + whole) // (2 * whole) if whole else None


def kinds_of_answers(campaign: Campaign) -> dict[str, str]:
    """What an answer's code looks like, on the map and in the charts: the name of a colour."""
    if campaign.support_as == "parties":
        named = [choice["code"] for choice in campaign.parties[:MOST_PARTIES]]
        return {code: f"party-{place}" for place, code in enumerate(named, 1)}
    scale = campaign.support_scale
    codes = [choice["code"] for choice in scale]
    return dict(zip(codes, shades_of(scale), strict=True))


def actions_of(campaign: Campaign) -> list[tuple[int, str]]:
    """The actions that have published walks, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select a.id, a.name from outings_action a where a.campaign_id = %(campaign)s and exists ("
            "select from outings_turf t where t.campaign_id = %(campaign)s and t.action_id = a.id "
            "and t.published_at is not null) and a.kind not in ('leaflet', 'poster') order by a.made_at desc",
            {"campaign": campaign.pk},
        )
        return list(cursor.fetchall())


def version_of(campaign: Campaign, action: int | None, *more: object) -> str:
    """Changes when any number may have changed: the arrived events, and where the walks are."""
    events, _newest = changed_since(campaign)
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(published_at), count(returned_at), count(retired_at), max(published_at), "  # noqa: S608  # our own words
            "(select count(*) from people_erasure e where e.campaign_id = %(campaign)s), "
            "(select count(*) from outings_checkout c where c.campaign_id = %(campaign)s), "
            f"{DECIDED_SINCE}, "
            "(select count(*) from outings_checkout c where c.campaign_id = %(campaign)s "
            "and c.returned_at is null) from outings_turf where campaign_id = %(campaign)s",
            {"campaign": campaign.pk},
        )
        walks = cursor.fetchone()
    said = repr((campaign.pk, campaign.script_version, action, events, walks, more))
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def effort(campaign: Campaign, action: int | None = None, *, names: bool = True) -> Effort:
    """
    The numbers of one action, or of all.

    Parameters
    ----------
    names
        Whether volunteers are named and few answers are said; otherwise neither.
    """
    values: dict[str, Any] = {"campaign": campaign.pk, "action": action}
    with connection.cursor() as cursor:
        cursor.execute(_WALKS, values)
        walks = {row[0]: _walk(row, names=names) for row in cursor.fetchall()}
        # Asked for only where there is one action; of all, thousands of numbers would go there for nothing.
        values["turfs"] = [] if action is None else list(walks)
        cursor.execute(_VISITS, values)
        phones, days = _phones_and_days(cursor.fetchall(), _labels(campaign, names=names))
        cursor.execute(_ANSWERS, values)
        levels, disputed = _answers(campaign, cursor.fetchall(), walks, phones, days, names=names)
    events, newest_at = changed_since(campaign)
    return Effort(
        list(walks.values()),
        sorted(phones.values(), key=lambda row: (-row.knocked, row.label)),
        sorted(days.values(), key=lambda row: str(row.key)),
        levels,
        disputed,
        events,
        newest_at,
    )


def _walk(row: tuple[Any, ...], *, names: bool) -> Row:
    (
        turf, number, name, action, holder, state, lon, lat, doors, knocked, contacts, come_back, last_at,
    ) = row  # fmt: skip
    return Row(
        key=turf, label=f"{number} · {name}", number=number, name=name, action=action, doors=doors, knocked=knocked, contacts=contacts,
        come_back=come_back, last_at=last_at, state=state, holder=holder if names else "",
        lon=lon, lat=lat,
    )  # fmt: skip


def _labels(campaign: Campaign, *, names: bool) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, label from accounts_device where campaign_id = %s order by id",
            [campaign.pk],
        )
        rows = cursor.fetchall()
    if not names:
        return {pk: _("Phone %(number)s") % {"number": n} for n, (pk, _label) in enumerate(rows, 1)}
    return dict(rows)


def _phones_and_days(
    rows: list[tuple[Any, ...]], labels: dict[int, str]
) -> tuple[dict[object, Row], dict[object, Row]]:
    phones: dict[object, Row] = {}
    days: dict[object, Row] = {}
    for device, day, visits, contacts in rows:
        if device is not None:
            phones[device] = Row(device, labels.get(device, ""), knocked=visits, contacts=contacts)
        else:
            days[day] = Row(day, day.isoformat(), knocked=visits, contacts=contacts)
    return phones, days


def _answers(
    campaign: Campaign,
    rows: list[tuple[Any, ...]],
    walks: dict[int, Row],
    phones: dict[object, Row],
    days: dict[object, Row],
    *,
    names: bool,
) -> tuple[list[Level], int]:
    """Put the answers where they belong; the levels, and how many are disputed."""
    counts: dict[str, dict[int | None, int]] = {}
    disputed = 0
    for support, strength, turf, device, day, count, differing in rows:
        if turf is not None:
            if turf in walks:
                walks[turf].support[support] = count
        elif device is not None:
            phones.setdefault(device, Row(device, "")).support[support] = count
        elif day is not None:
            days.setdefault(day, Row(day, day.isoformat())).support[support] = count
        else:
            counts.setdefault(support, {})[strength] = count
            disputed += differing
    choices = campaign.parties if campaign.support_as == "parties" else campaign.support_scale
    labels = {choice["code"]: choice["label"] for choice in choices}
    # An answer to an older wording may name a code that is not asked for any more.
    retired = {
        choice["code"]: _("%(label)s (retired)") % {"label": choice["label"]}
        for choice in campaign.retired_choices
        if choice["of"] == campaign.support_as
    }
    for code in sorted(set(counts) - set(labels)):
        labels[code] = retired.get(code, _("Earlier answer “%(code)s”") % {"code": code})
    kinds = kinds_of_answers(campaign)
    everything = sum(sum(by.values()) for by in counts.values())
    levels = []
    for code, label in labels.items():
        by = counts.get(code, {})
        count = sum(by.values())
        levels.append(
            Level(
                code, label, kinds.get(code, OTHER_ANSWER), count, percent(count, everything),
                names or everything >= FEW, by.get(1, 0), by.get(2, 0), by.get(3, 0),
            )
        )  # fmt: skip
    return levels, disputed
