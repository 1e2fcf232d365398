"""Planning: an action with its choice of doors, and asking for cuts of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.precision import Precision, is_finer
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.jobs import actions as jobs
from hustings.apps.outings import access
from hustings.apps.outings.cutting import wishes_kept, wishes_of
from hustings.apps.outings.models import DELIVERIES, Action, Cut, Turf
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from datetime import date

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.universe import Choice


def plan_action(
    campaign: Campaign,
    name: str,
    choice: Choice,
    *,
    by: Actor,
    kind: str = Action.Kind.CANVASS,
    held_on: date | None = None,
    precision: str = "",
) -> Action:
    """
    A new canvass or leaflet round, with whom it is to reach.

    Parameters
    ----------
    precision
        How fine what is heard is kept; as the campaign says where it is not given.
    """
    if not name.strip():
        raise BadInput(_("Give the action a name that people will know it by."))
    precision = precision_for(kind, precision or campaign.precision)
    with tenant(campaign.pk):
        action: Action = Action.objects.create(
            campaign=campaign,
            name=name.strip()[:120],
            kind=kind,
            precision=precision,
            universe=choice.as_json(),
            held_on=held_on,
            made_by=by.label,
        )
        record(by, "action.plan", subject="action", subject_id=action.pk, detail={"kind": kind})
    return action


def precision_for(kind: str, wished: str) -> str:
    """
    The dial of a round of this kind.

    Raises
    ------
    BadInput
        When such a round cannot keep so little.
    """
    if kind in DELIVERIES:
        return Precision.HOUSEHOLD  # doors are all there is
    if kind == Action.Kind.TURN_OUT and wished != Precision.PERSON:
        raise BadInput(
            _("On polling day people are called by name: that round keeps who was spoken to.")
        )
    return Precision(wished)


def turn_dial(campaign: Campaign, action_id: int, precision: str, *, by: Actor) -> Action:
    """
    Keep more or less of what is heard on an action's walks from now on; what is there stays as it is.

    Raises
    ------
    BadInput
        When a round of this kind cannot, or when more is to be kept while a walk is out: then names
        would come to phones and to paper that were handed out without them.
    """
    with tenant(campaign.pk):
        action = access.action_for(campaign, action_id, lock=True)
        wished = precision_for(action.kind, precision)
        if wished == action.precision:
            return action
        if is_finer(wished, action.precision) and access.walks_out(action):
            raise BadInput(
                _("Some walks of this round are out. More can be kept once they are back.")
            )
        before, action.precision = action.precision, wished
        action.save(update_fields=["precision"])
        record(
            by, "action.precision", subject="action", subject_id=action.pk,
            detail={"from": before, "to": str(wished)},
        )  # fmt: skip
    return action


def choose_doors(campaign: Campaign, action_id: int, choice: Choice, *, by: Actor) -> Action:
    """Change whom an action is to reach; walks that are published already stay as they are."""
    with tenant(campaign.pk):
        action = access.action_for(campaign, action_id)
        action.universe = choice.as_json()
        action.save(update_fields=["universe"])
        record(by, "action.choose_doors", subject="action", subject_id=action.pk)
    return action


def ask_for_cut(
    campaign: Campaign,
    action_id: int,
    *,
    by: Actor,
    units: str = "",
    size: float = 0,
    previous_id: int | None = None,
    locked: list[int] | None = None,
    **wishes: Any,
) -> Cut:
    """
    Have an action's doors cut in the background; returns at once with the cut and its job.

    Parameters
    ----------
    units, size
        ``doors`` or ``minutes``, and how many a walk should have; the campaign's settings if not given.
    previous_id, locked
        See :func:`cutting.cut_turf`.
    wishes
        See :func:`cutting.wishes_kept`.

    Raises
    ------
    BadInput
        When the wishes cannot be (a walk of no minutes).
    """
    units = units or campaign.balance_by
    size = size or (campaign.doors_per_walk if units == "doors" else campaign.minutes_per_walk)
    kept = wishes_kept(campaign, by=units, size=size, **wishes)
    wishes_of(kept)
    with tenant(campaign.pk):
        action = access.action_for(campaign, action_id)
        if previous_id is not None:
            previous = access.cut_for(campaign, previous_id)
            if previous.action_id != action.pk:
                raise BadInput(_("The previous cut belongs to another action."))
        cut: Cut = Cut.objects.create(
            campaign=campaign, action=action, wishes=kept, seed=kept["seed"], asked_by=by.label
        )
        job = jobs.start(
            campaign,
            "turf.cut",
            {"cut_id": cut.pk, "previous_id": previous_id, "locked": sorted(locked or ())},
            by=by,
        )
        Cut.objects.of(campaign).filter(pk=cut.pk).update(job_id=job.pk)
        cut.refresh_from_db()
    return cut


def cut_again(campaign: Campaign, before: Cut, locked: list[int], *, by: Actor) -> Cut:
    """Cut a draft's action again with the same wishes, keeping what can be kept and all of ``locked``."""
    wishes = dict(before.wishes)
    of_rows = Turf.objects.of(campaign).filter(cut=before, locked_at__isnull=False)
    locked = sorted({*locked, *of_rows.values_list("number", flat=True)})
    pace_and_prices = {"pace", "prices", "by", "size"}
    return ask_for_cut(
        campaign,
        before.action_id,
        by=by,
        units=str(wishes["by"]),
        size=float(wishes["size"]),
        previous_id=before.pk,
        locked=locked,
        split_street=wishes["prices"]["split_street"],
        **{key: value for key, value in wishes.items() if key not in pace_and_prices},
    )
