"""A count that gives itself away, for the matrix: a tie, an audit, official results that wait, a poll, a lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.contests import lots, official, polls
from hustings.apps.contests.models import LotCall
from tests.apps.cast import SETUP
from tests.apps.contests.counting_nights import (
    a_caucus,
    a_lot,
    a_report,
    a_room,
    a_unit,
    an_audit,
)

if TYPE_CHECKING:
    from tests.apps.isolation_matrix import World


def plant(world: World, canary: str) -> None:
    """Rows by the names that begin with ``count``."""
    contest = a_caucus(world.campaign, name=f"{canary} count")
    tied = a_unit(contest, "2", delegates=6, name=f"{canary} hall", lon=9.5, lat=47.1)
    a_room(tied, {"ash": 100, "birch": 50, "cedar": 50})
    differs = a_unit(contest, "3", name=f"{canary} school")
    report = a_report(differs, "final", {"ash": 9}, by=canary)
    a_report(differs, "final", {"ash": 8}, source="second", by=canary)
    drawn = a_unit(contest, "4", name=f"{canary} barn")
    a_lot(drawn, "the one delegate", ["ash", "birch"], ["ash"])
    raw = f"code,name,Ash Hollow\n3,{canary} school,9\n9,{canary} nowhere,1\n".encode()
    file = official.read(contest, raw, f"{canary}.csv", by=SETUP)
    polls.enter(
        contest, "exit", canary,
        {"age": [{"band": canary, "heads": 40, "counts": {"ash": 30, "birch": 10}}]}, by=SETUP,
    )  # fmt: skip
    selection = a_caucus(world.campaign, rules="one-member-one-vote", name=f"{canary} selection")
    selection.kind = "members"
    selection.save()
    call = LotCall.objects.create(
        campaign=world.campaign, contest=selection, step="round 1", among=["ash", "birch"],
        context=canary, beacon=lots.QUICKNET.name, beacon_round=99_999_999, called_by=canary,
    )  # fmt: skip
    world.rows |= {
        "count": contest, "count_tied": tied, "count_audit": an_audit(differs), "count_report": report,
        "count_file": file, "count_selection": selection, "count_call": call,
    }  # fmt: skip
