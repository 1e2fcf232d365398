"""A draft beside live walks of the same action: which of its doors are live elsewhere, and making the rest live."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import access, moving_doors, plan_steps, publishing, step_in_thought
from hustings.apps.outings.models import Cut, Turf, TurfDoor
from hustings.apps.outings.publishing import NotNow

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign


class Elsewhere(NamedTuple):
    """A live walk with doors that a draft holds too."""

    turf_id: int
    number: int
    name: str
    holder: str
    is_back: bool
    doors: int

    @property
    def is_free(self) -> bool:
        """Whether nobody has it and it has not come back: it may make room for the draft."""
        return not self.holder and not self.is_back


_ELSEWHERE = """
select t.id, t.number, t.name, coalesce(c.holder, ''), t.returned_at is not null, count(*)
from outings_turfdoor mine
join outings_turf own on own.campaign_id = mine.campaign_id and own.id = mine.turf_id
  and own.retired_at is null
join outings_turfdoor live on live.campaign_id = mine.campaign_id and live.action_id = mine.action_id
  and live.door_id = mine.door_id and live.live
join outings_turf t on t.campaign_id = live.campaign_id and t.id = live.turf_id and t.cut_id <> own.cut_id
left join outings_checkout c on c.campaign_id = t.campaign_id and c.turf_id = t.id
  and c.returned_at is null
where own.campaign_id = %(campaign)s and own.cut_id = %(cut)s
group by 1, 2, 3, 4, 5 order by 2, 1
"""


def live_elsewhere(cut: Cut) -> list[Elsewhere]:
    """The live walks of the action that hold doors of this draft."""
    with connection.cursor() as cursor:
        cursor.execute(_ELSEWHERE, {"campaign": cut.campaign_id, "cut": cut.pk})
        return [Elsewhere(*row) for row in cursor.fetchall()]


def publish_free(campaign: Campaign, cut_id: int, *, by: Actor) -> Cut:
    """
    Make a draft's walks live without the doors that are in a live walk already; those walks stay as they are.

    Raises
    ------
    NotNow
        When nothing is left, when it is no draft, or when a locked walk would lose a door.
    """
    return _publish(campaign, cut_id, by=by, make_room=False)


def publish_instead(campaign: Campaign, cut_id: int, *, by: Actor) -> Cut:
    """
    The same, and live walks that the draft replaces make room first.

    Those are free, not locked, with nobody knocked on yet, and all their doors are in the draft. Every other walk
    stays as it is, and the doors that it shares leave the draft.

    Raises
    ------
    NotNow
        See :func:`publish_free`.
    """
    return _publish(campaign, cut_id, by=by, make_room=True)


def _publish(campaign: Campaign, cut_id: int, *, by: Actor, make_room: bool) -> Cut:
    with tenant(campaign.pk):
        cut = access.cut_for(campaign, cut_id, lock=True)
        if cut.state != Cut.State.DRAFT:
            raise NotNow(
                _("This cut is %(state)s; only a draft can be published.")
                % {"state": cut.state_label}
            )
        if make_room:
            _put_away_what_it_replaces(campaign, cut, by=by)
        own = TurfDoor.objects.of(campaign).filter(turf__cut=cut, turf__retired_at=None)
        live = TurfDoor.objects.of(campaign).filter(action_id=cut.action_id, live=True)
        taken = list(
            own.filter(door_id__in=live.values("door_id")).order_by("turf_id", "stop")
            .values_list("door_id", flat=True)
        )  # fmt: skip
        if len(taken) == own.count():
            raise NotNow(_("Every door of this draft is in a live walk already."))
        most = step_in_thought.MOST_AT_ONCE
        for at in range(0, len(taken), most):
            seen = plan_steps.change_of(cut)
            moving_doors.move(
                campaign, cut_id, taken[at : at + most], step_in_thought.OUT, seen=seen, by=by
            )
        return publishing.publish(campaign, cut_id, by=by)


def _put_away_what_it_replaces(campaign: Campaign, cut: Cut, *, by: Actor) -> None:
    wanted = [walk.turf_id for walk in live_elsewhere(cut) if walk.is_free]
    # Held, so that nobody hands one out or knocks meanwhile; who was quicker keeps it.
    held = list(
        Turf.objects.of(campaign)
        .filter(pk__in=wanted)
        .order_by("id")
        .select_for_update(no_key=True)
    )
    own = TurfDoor.objects.of(campaign).filter(turf__cut=cut, turf__retired_at=None)
    mine = own.values("door_id")
    keeps = set(
        TurfDoor.objects.of(campaign)
        .filter(Q(knocked_at__isnull=False) | ~Q(door_id__in=mine), turf__in=wanted, live=True)
        .values_list("turf_id", flat=True)
    )
    replaced = [
        turf
        for turf in held
        if turf.state == Turf.State.PUBLISHED and turf.locked_at is None and turf.pk not in keeps
    ]
    TurfDoor.objects.of(campaign).filter(turf__in=[turf.pk for turf in replaced]).update(live=False)
    for turf in replaced:
        turf.retired_at = timezone.now()
        turf.save(update_fields=["retired_at"])
        record(by, "turf.retire", subject="turf", subject_id=turf.pk)
