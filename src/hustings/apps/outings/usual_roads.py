"""What a cut keeps: usual roads in one walk each, and locks of the walks that it keeps as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hustings.apps.outings.areas import pins_of
from hustings.apps.outings.models import Cut, Turf

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.sources import Chosen
    from hustings.core.turf import cut as engine
    from hustings.core.turf.problem import Wishes
    from hustings.core.walk.network import StreetNetwork


def kept_together(
    campaign: Campaign,
    found: engine.Cut,
    chosen: Chosen,
    streets: StreetNetwork | None,
    wishes: Wishes,
    locked: Collection[int],
) -> tuple[engine.Cut, dict[int, str]]:
    """The cut with every usual road in one walk where that can be, and whom those walks are meant for."""
    pins = pins_of(campaign)
    if not pins:
        return found, {}
    from hustings.core.turf.pinned import kept_together as together

    names = {name.casefold(): at for at, name in enumerate(chosen.doors.street_names)}
    groups = []
    for pin in pins:
        street = names.get(pin.street.casefold(), -2)
        mine = (chosen.doors.street == street) | np.isin(chosen.ids, pin.doors)
        groups.append(np.flatnonzero(mine))
    made, walks = together(found, chosen.doors, groups, streets, wishes, frozenset(locked))
    usual: dict[int, str] = {}
    for pin, number in zip(pins, walks, strict=True):
        if number:
            usual.setdefault(number, pin.meant_for)
    return made, usual


def write(
    cut: Cut, usual: Mapping[int, str], turfs: Mapping[int, int], previous_id: int | None
) -> None:
    """
    Whom walks are meant for, and which are locked still.

    Parameters
    ----------
    turfs
        The row of each walk by its number in the plan.
    """
    rows = Turf.objects.of(cut.campaign_id)
    for number, meant_for in usual.items():
        rows.filter(pk=turfs[number]).update(meant_for=meant_for)
    if previous_id is None:
        return
    before = rows.filter(cut_id=previous_id, locked_at__isnull=False)
    for number, at in before.values_list("number", "locked_at"):
        rows.filter(cut=cut, number=number).update(locked_at=at)
