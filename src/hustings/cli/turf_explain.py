"""``hustings turf explain``: why a door is in its walk, in sentences or as JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    import argparse

    from hustings.core.turf.explain import Explanation, Move, Other
    from hustings.core.turf.problem import Doors, Wishes
    from hustings.core.walk.network import StreetNetwork

LAWS = {
    "size": "walk {to} would be larger than it may be",
    "connected": "a walk would fall into pieces",
    "barriers": "somebody would have to cross a barrier",
    "districts": "a walk would cross the border of a district",
    "locked": "a locked walk would change",
    "never-split": "a street would be split though that is forbidden",
}


def explained(
    chosen: argparse.Namespace,
    doors: Doors,
    ids: list[str],
    streets: StreetNetwork | None,
    wishes: Wishes,
) -> int:
    """Print why ``chosen.door_id`` is where it is."""
    from hustings.core.turf.explain import explain
    from hustings.formats.plan_csv import read_plan

    if chosen.door_id not in ids:
        raise BadInput(f"There is no door «{chosen.door_id[:40]}» in {chosen.doors_file}.")
    said = explain(
        doors,
        read_plan(chosen.plan_file).on(ids),
        ids.index(chosen.door_id),
        streets,
        wishes,
        previous=read_plan(chosen.previous).on(ids) if chosen.previous else None,
        locked=chosen.lock,
    )
    if chosen.json:
        json.dump(
            as_json(said, doors, chosen.door_id), sys.stdout, ensure_ascii=False, allow_nan=False
        )
        print()
    else:
        print(in_words(said, doors, chosen.door_id))
    return 0


def as_json(said: Explanation, doors: Doors, door_id: str) -> dict[str, Any]:
    """The explanation as one JSON object; its keys are in ``docs/reference/turf.md``."""
    return {
        "door_id": door_id,
        "turf": said.turf,
        "stop": said.stop,
        "metres_before": _rounded(said.metres_before),
        "metres_after": _rounded(said.metres_after),
        "street": doors.street_names[said.pieces.street] if said.pieces.street >= 0 else None,
        "street_is": said.pieces.why,
        "street_doors": said.pieces.doors,
        "street_turfs": {str(turf): count for turf, count in said.pieces.by_turf},
        "building_doors": said.building_doors,
        "building_turfs": list(said.building_turfs),
        "district_bound": said.bound,
        "locked": said.locked,
        "previous_turf": said.previous,
        "others": [
            {
                "turf": other.turf,
                "metres": _rounded(other.metres),
                "across_district": other.across_district,
                "across_barrier": other.across_barrier,
                "locked": other.locked,
                "moves": [_move_as_json(move) for move in other.moves],
            }
            for other in said.others
        ],
    }


def _move_as_json(move: Move) -> dict[str, Any]:
    return {
        "unit": move.unit,
        "doors": move.doors,
        "walk_m": _rounded(move.metres),
        "minutes": _rounded(move.minutes, 2),
        "price_minutes": _rounded(move.price_minutes, 2),
        "total_minutes": _rounded(move.total_minutes, 2),
        "street_pieces": move.pieces,
        "street_changes": move.street_changes,
        "mid_block_crossings": move.mid_block_crossings,
        "turfs": move.walks,
        "sizes": {
            str(after.turf): {
                "doors": [before.doors, after.doors],
                "minutes": [_rounded(before.minutes), _rounded(after.minutes)],
            }
            for before, after in zip(move.before, move.after, strict=True)
        },
        "breaks": list(move.breaks),
    }


def _rounded(value: float | None, places: int = 1) -> float | None:
    return None if value is None else round(value, places)


def in_words(said: Explanation, doors: Doors, door_id: str) -> str:
    """The explanation for a person, a sentence a line."""
    lines = [f"Door {door_id} is stop {said.stop} of walk {said.turf}."]
    steps = [
        f"{metres:.0f} m {where}"
        for metres, where in (
            (said.metres_before, "from the door before"),
            (said.metres_after, "to the next"),
        )
        if metres is not None
    ]
    if steps:
        lines.append(f"It is {', '.join(steps)}.")
    lines.append(_street(said, doors))
    if said.building_doors > 1:
        walks = ", ".join(map(str, said.building_turfs))
        lines.append(f"Its building has {said.building_doors} doors, in walk {walks}.")
    if said.bound:
        lines.append("Its walk does not leave its district.")
    if said.locked:
        lines.append(f"Walk {said.turf} was locked.")
    if said.previous is not None:
        lines.append(
            "It is new since the previous plan."
            if said.previous == 0
            else f"In the previous plan it was in walk {said.previous}."
        )
    if not said.others:
        lines.append("There is no other walk.")
    for other in said.others:
        lines += _other(other)
    return "\n".join(lines)


def _street(said: Explanation, doors: Doors) -> str:
    pieces = said.pieces
    if pieces.why == "unknown":
        return "Its street is not known."
    name = doors.street_names[pieces.street]
    if pieces.why == "whole":
        return f"{name} is whole: all its {pieces.doors} doors are in walk {said.turf}."
    parts = ", ".join(f"{count} in walk {turf}" for turf, count in pieces.by_turf)
    reason = {
        "districts": "it lies in several districts, and walks do not cross their borders",
        "long": "it has more doors than one walk",
        "free": "splitting a street costs nothing here",
        "priced": "keeping it together was worth less than what it would have cost",
    }[pieces.why]
    return f"{name} is split ({parts}): {reason}."


def _other(other: Other) -> list[str]:
    between = [
        words
        for is_so, words in (
            (other.across_district, "in another district"),
            (other.across_barrier, "beyond a barrier"),
            (other.locked, "locked"),
        )
        if is_so
    ]
    near = f"Walk {other.turf} is {other.metres:.0f} m away on foot"
    return [
        f"{near}, {', '.join(between)}." if between else f"{near}.",
        *(_move(move) for move in other.moves),
    ]


def _move(move: Move) -> str:
    to = move.after[1].turf
    what = "its building" if move.unit == "building" else "its street"
    doors = "1 door" if move.doors == 1 else f"{move.doors} doors"
    total = move.total_minutes
    cost = f"cost {total:.1f} minutes" if total >= 0 else f"save {-total:.1f} minutes"
    sizes = " and ".join(
        f"walk {after.turf} {after.doors} doors and {after.minutes:.0f} minutes"
        for after in move.after
    )
    line = (
        f"  Moving {what} ({doors}) there would {cost}: {move.minutes:+.1f} of walking and stairs "
        f"({move.metres:+.0f} m), {move.price_minutes:+.1f} by the prices "
        f"({move.pieces:+d} pieces of streets, {move.street_changes:+d} changes of street, "
        f"{move.mid_block_crossings:+d} crossings, {move.walks:+d} walks); "
        f"then {sizes}."
    )
    if move.breaks:
        laws = "; ".join(LAWS[law].format(to=to) for law in move.breaks)
        line += f" It is not allowed: {laws}."
    return line
