"""Why a door is in its walk, in sentences for an organiser; measured by ``core/turf/explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.apps.accounts.access import NotHere
from hustings.apps.outings import sources
from hustings.apps.outings.cutting import wishes_of
from hustings.apps.outings.models import TurfDoor
from hustings.core.turf.plan import Plan

if TYPE_CHECKING:
    from hustings.apps.outings.models import Turf
    from hustings.core.turf.explain import Explanation, Law, Move, Other
    from hustings.core.turf.problem import Doors


class MoveInWords(NamedTuple):
    """A move to another walk: what is moved, what it costs, and what forbids it."""

    what: str
    total: float
    costs: list[str]
    sizes: list[str]
    forbidden: list[str]


class OtherInWords(NamedTuple):
    """A walk near, and the moves to it."""

    turf: int
    where: str
    moves: list[MoveInWords]


class Reasons(NamedTuple):
    """Why a door is where it is."""

    stop: int
    sentences: list[str]
    others: list[OtherInWords]


def why_this_door(turf: Turf, door_id: int) -> Reasons:
    """
    Why a door is in this walk of its cut, and what the walks near would make of it.

    Everything is measured on the cut as it was made, with the wishes it was made with.
    """
    from hustings.core.turf.explain import explain  # scipy and shapely: only where they are needed

    campaign, cut = turf.campaign, turf.cut
    found = sources.doors_of_cut(campaign, cut.pk)
    rows = np.array(
        TurfDoor.objects.of(campaign)
        .filter(turf__cut_id=cut.pk, taken_at=None)
        .values_list("door_id", "turf__number", "stop"),
        np.int64,
    ).reshape(-1, 3)
    rows = rows[np.argsort(rows[:, 0])]
    place = np.searchsorted(found.ids, door_id)
    if (
        place >= len(found.ids)
        or found.ids[place] != door_id
        or rows[np.searchsorted(rows[:, 0], door_id), 1] != turf.number
    ):
        raise NotHere
    kept = np.isin(rows[:, 0], found.ids)
    plan = Plan(rows[kept, 1].astype(np.int32), rows[kept, 2].astype(np.int32))
    said = explain(
        found.doors, plan, int(place), sources.street_network(campaign), wishes_of(cut.wishes)
    )
    return Reasons(said.stop, _sentences(said, found.doors), [_other(o) for o in said.others])


def _sentences(said: Explanation, doors: Doors) -> list[str]:
    lines = [_street(said, doors)]
    if said.metres_before is not None:
        lines.append(
            _("It is %(metres)d m on foot from the door before.") % {"metres": said.metres_before}
        )
    if said.metres_after is not None:
        lines.append(_("It is %(metres)d m on foot to the next.") % {"metres": said.metres_after})
    if said.building_doors > 1:
        lines.append(
            _("Its building has %(count)d doors and is kept together.")
            % {"count": said.building_doors}
            if len(said.building_turfs) == 1
            else _(
                "Its building has %(count)d doors, more than one walk, and is shared by %(walks)s."
            )
            % {"count": said.building_doors, "walks": ", ".join(map(str, said.building_turfs))}
        )
    if said.bound:
        lines.append(_("Walks of this cut do not leave their district."))
    if not said.others:
        lines.append(_("There is no other walk in this cut."))
    return lines


def _street(said: Explanation, doors: Doors) -> str:
    pieces = said.pieces
    if pieces.why == "unknown":
        return _("Its street is not known.")
    words = {"street": doors.street_names[pieces.street], "count": pieces.doors}
    if pieces.why == "whole":
        return _("%(street)s is kept together: all its %(count)d doors are in this walk.") % words
    words["parts"] = ", ".join(
        _("%(count)d in walk %(walk)d") % {"count": count, "walk": walk}
        for walk, count in pieces.by_turf
    )
    if pieces.why == "districts":
        return (
            _(
                "%(street)s is split (%(parts)s): it lies in several districts, and walks do not "
                "cross their borders."
            )
            % words
        )
    if pieces.why == "long":
        return _("%(street)s is split (%(parts)s): it has more doors than one walk.") % words
    if pieces.why == "free":
        return _("%(street)s is split (%(parts)s): a split street costs nothing here.") % words
    return (
        _(
            "%(street)s is split (%(parts)s): keeping it together was worth less than what it "
            "would have cost."
        )
        % words
    )


def _other(other: Other) -> OtherInWords:
    where = [_("%(metres)d m away on foot") % {"metres": other.metres}]
    if other.across_district:
        where.append(_("in another district"))
    if other.across_barrier:
        where.append(_("beyond a river, railway or motorway"))
    return OtherInWords(other.turf, ", ".join(where), [_move(move) for move in other.moves])


def _move(move: Move) -> MoveInWords:
    doors = ngettext("%(count)d door", "%(count)d doors", move.doors) % {"count": move.doors}
    costs = [
        _("%(minutes)+.1f min walking and stairs (%(metres)+.0f m)")
        % {"minutes": move.minutes, "metres": move.metres}
    ]
    pieces, changes, crossings, walks = (
        abs(n) for n in (move.pieces, move.street_changes, move.mid_block_crossings, move.walks)
    )
    for count, words in (
        (
            move.pieces,
            ngettext("%(count)+d piece of a street", "%(count)+d pieces of streets", pieces),
        ),
        (
            move.street_changes,
            ngettext("%(count)+d change of street", "%(count)+d changes of street", changes),
        ),
        (
            move.mid_block_crossings,
            ngettext(
                "%(count)+d crossing away from a junction",
                "%(count)+d crossings away from a junction",
                crossings,
            ),
        ),
        (move.walks, ngettext("%(count)+d walk", "%(count)+d walks", walks)),
    ):
        if count:
            costs.append(words % {"count": count})
    if move.price_minutes:
        costs.append(_("%(minutes)+.1f min by the prices") % {"minutes": move.price_minutes})
    return MoveInWords(
        (_("Its building (%(doors)s)") if move.unit == "building" else _("Its street (%(doors)s)"))
        % {"doors": doors},
        move.total_minutes,
        costs,
        [
            _("Walk %(walk)d: %(before)d → %(after)d doors, %(was)d → %(then)d min")
            % {
                "walk": after.turf,
                "before": before.doors,
                "after": after.doors,
                "was": round(before.minutes),
                "then": round(after.minutes),
            }
            for before, after in zip(move.before, move.after, strict=True)
        ],
        [_law(law) for law in move.breaks],
    )


def _law(law: Law) -> str:
    return {
        "size": _("The walk would be larger than it may be."),
        "connected": _("A walk would fall into pieces."),
        "barriers": _("Somebody would have to cross a river, railway or motorway."),
        "districts": _("A walk would cross the border of a district."),
        "locked": _("A locked walk would change."),
        "never-split": _("A street would be split though that is forbidden."),
    }[law]
