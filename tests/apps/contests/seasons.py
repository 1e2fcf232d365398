"""Several contests over a year, made from rows alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from hustings.apps.contests.models import Candidate, Contest, Unit
from hustings.formats.contest.rulesets import own_ruleset
from tests.apps.contests.counting_nights import NAMES, a_caucus, a_report, a_room, a_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.campaigns.models import Campaign


def a_primary(campaign: Campaign, name: str, day: date, votes: Mapping[str, int], *, seats: int = 10, kind: str = "primary") -> Contest:  # fmt: skip
    """One unit, with votes in it."""
    rules = {"primary": "dnc-proportional", "constituency": "uk-parliament"}[kind]
    contest = Contest.objects.create(
        campaign=campaign, kind=kind, name=name, held_on=day, opens_at=datetime(2026, 1, 1, tzinfo=UTC),
        time_zone="America/New_York", ruleset=rules, rules=own_ruleset(rules), seats=seats, made_by="t",
    )  # fmt: skip
    for order, code in enumerate(votes):
        Candidate.objects.create(
            campaign=campaign, contest=contest, code=code, name=NAMES.get(code, code), order=order
        )
    unit: Unit = Unit.objects.create(campaign=campaign, contest=contest, code="all", name=name)
    if any(votes.values()):
        a_report(unit, "final", votes)
    return contest


def a_season(campaign: Campaign) -> None:
    """A caucus and two primaries in 2026, and one in the year before."""
    caucus = a_caucus(campaign)  # 2 February 2026
    a_room(a_unit(caucus, "1"), {"ash": 148, "birch": 128})
    a_primary(campaign, "North", date(2026, 2, 9), {"ash": 600, "birch": 400})
    a_primary(campaign, "South", date(2026, 2, 20), {"ash": 300, "birch": 700}, seats=20)
    a_primary(campaign, "Older", date(2025, 2, 20), {"ash": 5, "birch": 4})
