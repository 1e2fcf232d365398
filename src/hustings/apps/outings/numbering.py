"""Numbers of walks: of a round no two live ones have the same, since people call walks by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q

from hustings.apps.outings.models import PlanStep, SplitStreet, Turf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hustings.apps.outings.models import Cut


def renumber(cut: Cut) -> int:
    """
    Give walks of a draft the next free numbers, where live walks of its round have theirs by now.

    Split streets and steps of the workbench that name those walks follow. The caller holds the cut and the round.

    Returns
    -------
    int
        How many walks have another number.
    """
    round_ = Turf.objects.of(cut.campaign_id).filter(action_id=cut.action_id)
    live = round_.filter(published_at__isnull=False, retired_at=None).exclude(cut=cut)
    mine = list(round_.filter(cut=cut, number__in=live.values("number")).order_by("number"))
    if not mine:
        return 0
    highest = round_.filter(Q(published_at__isnull=False) | Q(cut=cut)).aggregate(n=Max("number"))
    new = {turf.number: highest["n"] + nth for nth, turf in enumerate(mine, 1)}
    for turf in mine:
        turf.number = new[turf.number]
    Turf.objects.bulk_update(mine, ["number"], batch_size=500)
    splits = list(SplitStreet.objects.of(cut.campaign_id).filter(cut=cut))
    for split in splits:
        split.turfs = _all(split.turfs, new)
    SplitStreet.objects.bulk_update(splits, ["turfs"], batch_size=500)
    for step in PlanStep.objects.of(cut.campaign_id).filter(cut=cut).iterator():
        step.moved = [[door, new.get(left, left), new.get(to, to)] for door, left, to in step.moved]
        step.before, step.after = _state(step.before, new), _state(step.after, new)
        step.save(update_fields=["moved", "before", "after"])
    return len(mine)


def _all(numbers: Iterable[int], new: Mapping[int, int]) -> list[int]:
    return sorted(new.get(number, number) for number in numbers)


def _state(state: Mapping[str, Any], new: Mapping[int, int]) -> dict[str, Any]:
    """What a step keeps (``plan_state.py``), under the new numbers."""
    return {
        **state,
        "walks": {str(new.get(int(n), int(n))): walk for n, walk in state["walks"].items()},
        "streets": {
            street: said and [_all(said[0], new), said[1]]
            for street, said in state["streets"].items()
        },
    }
