"""An article and two confirmed excerpts of it for the matrix, made through the room's own verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.audit.actors import command
from hustings.apps.clippings import confirming
from hustings.apps.clippings.confirming import US, Taken
from hustings.apps.clippings.dropping import drop
from tests.apps.clippings.cuttings import PHANTOM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.apps.isolation_matrix import World

SETUP = command("tests")


def plant(world: World, canary: str) -> None:
    """A claim of ours about the planted party, a denial of theirs that answers it, and one proposal dismissed."""
    campaign, party = world.campaign, world.rows["party"]
    article, _new = drop(
        campaign, PHANTOM.replace("Birch", canary), publication="Northmere Courier",
        url=f"https://courier.example/{canary}", by=SETUP,
    )  # fmt: skip
    kinds = [said["kind"] for said in article.reading["proposals"]]
    claim = confirming.confirm(
        campaign, article, kinds.index("claim"),
        Taken("claim", speaker=canary, by=US, about=(party,)), by=SETUP,
    )  # fmt: skip
    denial = confirming.confirm(
        campaign, article, kinds.index("denial"),
        Taken("denial", speaker=canary, by=party, authority="press_office", answers=claim), by=SETUP,
    )  # fmt: skip
    dismissed = kinds.index("praise")
    confirming.put_aside(campaign, article, dismissed, by=SETUP)
    world.rows |= {
        "article": article, "excerpt": denial, "dismissed": dismissed,
        "proposal": kinds.index("correction"),
    }  # fmt: skip


def an_article(world: World) -> Mapping[str, object]:
    """The planted article's address."""
    return {"article_id": world.rows["article"].pk}


def a_proposal(world: World) -> Mapping[str, object]:
    """A proposal that waits."""
    return {**an_article(world), "number": world.rows["proposal"]}


def a_dismissed(world: World) -> Mapping[str, object]:
    """A proposal that was dismissed."""
    return {**an_article(world), "number": world.rows["dismissed"]}


def an_excerpt(world: World) -> Mapping[str, object]:
    """The planted denial."""
    return {"excerpt_id": world.rows["excerpt"].pk}
