"""A caucus that is being counted: most units have reported, two sources differ in one, one is settled by lot. Nobody in it exists."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import access, inviting, planning, receiving, roster
from hustings.apps.contests.models import Contest, Report, Unit

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign

STAND, OURS = ("Ash Hollow", "Birch Lane", "Cedar Row"), "Ash Hollow"
CODES = ("ash-hollow", "birch-lane", "cedar-row")
FIRST, FINAL = Report.Phase.FIRST, Report.Phase.FINAL
CAPTAIN, SECOND = Report.Source.CAPTAIN, Report.Source.SECOND
ROOMS = (
    ("Mill Hall", 7, (52, 40, 8), (55, 45, 0)), ("Station Road School", 5, (31, 44, 25), (31, 44, 25)),
    ("Library", 4, (60, 20, 20), (60, 20, 20)), ("Fire Station", 6, (48, 47, 5), (50, 50, 0)),
    ("Corn Exchange", 3, (22, 35, 3), (23, 37, 0)), ("Elm Road Chapel", 5, (41, 39, 20), (41, 39, 20)),
    ("Boathouse", 4, (18, 27, 15), (18, 27, 15)), ("Drill Hall", 6, (70, 50, 0), (70, 50, 0)),
    ("Orchard Close Hall", 5, (), ()), ("Village Hall", 3, (), ()),
)  # fmt: skip
"""Each with its delegates, the heads of the first alignment and those of the final count; none where nobody has rung yet."""
DIFFERS = {"Station Road School": (31, 41, 28)}
"""What the second reporter there heard."""
BY_ONE_SOURCE = {"Boathouse", "Drill Hall"}


def play(campaign: Campaign, by: Actor) -> int:
    """A contest since an hour ago, with its units and what was reported; returns how many reports there are."""
    opens = timezone.now() - timedelta(hours=1)
    with tenant(campaign.pk):
        contest = planning.make(
            campaign, Contest.Kind.CAUCUS, "River and Hill caucus", held_on=opens.astimezone(ZoneInfo(campaign.time_zone)).date(),
            opens_at=opens, time_zone=campaign.time_zone, ruleset="iowa-2020", seats=None, by=by,
        )  # fmt: skip
        planning.say_who_stands(contest, STAND, ours=OURS, by=by)
        lines = ["code,name,county,delegates,state rate,eligible"]
        lines += [
            f"{number},{name},River,{delegates},4/51,400"
            for number, (name, delegates, _first, _final) in enumerate(ROOMS, 1)
        ]
        file = roster.read(contest, "\n".join(lines).encode(), "units.csv", by=by)
        roster.bring_in(file, by=by)
        units = {unit.name: unit for unit in Unit.objects.of(campaign).filter(contest=contest)}
        for name, unit in units.items():
            inviting.invite(contest, f"Captain at {name}", [unit], source=CAPTAIN, by=by)
        return sum(
            _reported(contest, units[name], first, final, by)
            for name, _delegates, first, final in ROOMS
            if first
        )


def _reported(
    contest: Contest, unit: Unit, first: tuple[int, ...], final: tuple[int, ...], by: Actor
) -> int:
    """Both phases, by both reporters where there are two."""
    access.hold_units(contest, [unit.pk])
    sources = [CAPTAIN] if unit.name in BY_ONE_SOURCE else [CAPTAIN, SECOND]
    for phase, heads in ((FIRST, first), (FINAL, final)):
        for source in sources:
            said = DIFFERS.get(unit.name, heads) if (phase, source) == (FINAL, SECOND) else heads
            numbers: dict[str, object] = {"counts": dict(zip(CODES, said, strict=True))}
            if phase == FIRST:
                numbers["attendance"] = sum(first)
            receiving.add(
                unit, phase, numbers, source=source, event_id=uuid.uuid4(),
                reported_at=timezone.now(), by=by,
            )  # fmt: skip
    return 2 * len(sources)
