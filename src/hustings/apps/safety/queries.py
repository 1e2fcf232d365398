"""Questions: what is offered, who is out, when each was last heard from, and which alerts are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.canvass.residents import addresses
from hustings.apps.safety.models import GRACE, Alert, Offer, Settlement

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from hustings.apps.campaigns.models import Campaign

_WATCHES = """
select w.id, d.label, t.number, t.name, w.every_minutes, w.ends_at,
  greatest(w.began_at, s.at, case when w.answers_count then e.at end), e.door_id,
  w.ended_at is not null
    or exists (select from accounts_devicerevocation r
      where r.campaign_id = w.campaign_id and r.device_id = w.device_id)
    or exists (select from canvass_walkgrant g
      join canvass_walkreturn r on r.campaign_id = g.campaign_id and r.grant_id = g.id
      where g.campaign_id = w.campaign_id and g.device_id = w.device_id and g.turf_id = w.turf_id
        and r.at >= w.began_at)
from safety_watch w
join accounts_device d on d.campaign_id = w.campaign_id and d.id = w.device_id
join outings_turf t on t.campaign_id = w.campaign_id and t.id = w.turf_id
left join lateral (select max(s.at) as at from safety_sign s
  where s.campaign_id = w.campaign_id and s.watch_id = w.id) s on true
left join lateral (select e.happened_at as at, e.door_id from canvass_canvassevent e
  where e.campaign_id = w.campaign_id and e.device_id = w.device_id and e.turf_id = w.turf_id
    and e.happened_at >= w.began_at order by e.happened_at desc, e.position desc limit 1) e on true
where w.campaign_id = %(campaign)s and (w.id = any(%(these)s::uuid[]) or w.ended_at is null and %(live)s)
order by 7, 1
"""


@dataclass(frozen=True, slots=True)
class Out:
    """Somebody who checks in, as an organiser sees them; ``last_door`` is where they last recorded something."""

    watch: UUID
    name: str
    number: int
    walk: str
    every_minutes: int
    ends_at: datetime
    heard_at: datetime
    last_door: str
    is_over: bool

    @property
    def due_at(self) -> datetime:
        """When the next sign is due."""
        return self.heard_at + timedelta(minutes=self.every_minutes)

    def is_overdue(self, now: datetime) -> bool:
        """Whether the organisers are to be told: not before the phone has reminded its holder for a while."""
        return not self.is_over and self.due_at <= self.ends_at and now >= self.due_at + GRACE


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert, of whom it is, and what an organiser said about it."""

    alert: Alert
    out: Out
    settlement: Settlement | None

    @property
    def is_help(self) -> bool:
        """They asked for it themselves."""
        return bool(self.alert.kind == Alert.Kind.HELP)

    @property
    def is_back(self) -> bool:
        """Something was heard since: a button that was pressed, or an answer where that counts."""
        return self.out.heard_at > self.alert.since and not self.is_help

    @property
    def needs_somebody(self) -> bool:
        """Whether it is still to be looked after."""
        return self.settlement is None and not self.is_back


def offer_of(campaign: Campaign) -> Offer | None:
    """What the campaign offers now; None where it offers nothing."""
    offer: Offer | None = Offer.objects.of(campaign).filter(ended_at=None).first()
    return offer


def out_now(campaign: Campaign) -> list[Out]:
    """Everybody whose check-in is on, longest silent first."""
    return [one for one in _outs(campaign, [], live=True) if not one.is_over]


def out_of(campaign: Campaign, watch_id: UUID) -> Out:
    """One of them, also when it is over."""
    return _outs(campaign, [watch_id], live=False)[0]


def _outs(campaign: Campaign, these: Collection[UUID], *, live: bool) -> list[Out]:
    values: dict[str, Any] = {"campaign": campaign.pk, "these": list(these), "live": live}
    with connection.cursor() as cursor:
        cursor.execute(_WATCHES, values)
        rows = cursor.fetchall()
    where = addresses(campaign, {row[7] for row in rows if row[7] is not None})
    return [
        Out(
            watch=row[0], name=row[1], number=row[2], walk=row[3], every_minutes=row[4], ends_at=row[5],
            heard_at=row[6], last_door=where.get(row[7], ""), is_over=row[8],
        )
        for row in rows
    ]  # fmt: skip


def alerts_of(campaign: Campaign) -> list[Raised]:
    """Every alert that is kept; what needs somebody first, then the newest."""
    alerts = list(Alert.objects.of(campaign).order_by("-raised_at", "-pk"))
    said = {one.alert_id: one for one in Settlement.objects.of(campaign).filter(taken_back_at=None)}
    outs = {
        out.watch: out for out in _outs(campaign, {a.watch_id for a in alerts}, live=False)
    }  # fmt: skip
    raised = [Raised(alert, outs[alert.watch_id], said.get(alert.pk)) for alert in alerts]
    return sorted(raised, key=lambda one: (not one.needs_somebody, not one.is_help))


def in_need(campaign: Campaign) -> list[Raised]:
    """Those that somebody must look after now."""
    return [one for one in alerts_of(campaign) if one.needs_somebody]
