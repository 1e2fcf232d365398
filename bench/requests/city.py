"""A city in the database, made by the program's own ways: register, map, cut, published walks, evenings at doors."""

from __future__ import annotations

import pickle
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from hustings.apps.campaigns.models import Campaign

SLUG = "city"
EVENINGS = 20
"""At most; each has five volunteers with a walk each, and no more than half of the walks are gone."""


def build(home: Path, doors: int, seed: int = 5) -> Campaign:
    """The campaign, made if it is not there."""
    from hustings.apps.campaigns.models import Campaign

    there = Campaign.objects.filter(slug=SLUG).first()
    return there if there is not None else _made(home, doors, seed)


def _made(home: Path, doors: int, seed: int) -> Campaign:
    from hustings.apps.accounts.actions import add_member
    from hustings.apps.audit.actors import command
    from hustings.apps.campaigns.actions import create_campaign
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.jobs.actions import run_job
    from hustings.apps.outings.actions import ask_for_cut, plan_action
    from hustings.apps.outings.models import Turf
    from hustings.apps.outings.publishing import publish
    from hustings.apps.outings.universe import Choice
    from hustings.apps.places.actions import import_places
    from hustings.apps.register.actions import import_file
    from hustings.server.demo import evening
    from hustings.server.demo.town_files import write_town

    me = command("bench")
    clock = _Clock()
    _town, register, extract = write_town(home / "town", doors, seed)
    clock("inventing a city")
    campaign = create_campaign(SLUG, "City")
    alice = add_member(campaign, "alice@example.org", "organiser", name="Alice", by=me)
    with tenant(campaign.pk):
        import_file(campaign, register, by=me)
    clock("register")
    with tenant(campaign.pk):
        import_places(campaign, extract, by=me, progress=lambda share, note="": None)
    clock("places")
    action = plan_action(campaign, "Saturday canvass", Choice(), by=alice.actor)
    asked = ask_for_cut(campaign, action.pk, by=alice.actor)
    run_job.func(str(campaign.pk), asked.job_id)
    clock("cut")
    publish(campaign, asked.pk, by=alice.actor)
    with tenant(campaign.pk):
        turfs = list(Turf.objects.of(campaign).filter(cut=asked).order_by("number"))
    clock("published")
    for n in range(min(EVENINGS, len(turfs) // 10)):
        evening.play(campaign, turfs[5 * n : 5 * n + 5], alice.actor, seed + n)
    clock("evenings")
    return campaign


class _Clock:
    def __init__(self) -> None:
        self.since = time.perf_counter()

    def __call__(self, what: str) -> None:
        now = time.perf_counter()
        print(f"  {what}: {now - self.since:.0f} s", flush=True)
        self.since = now


def world_of(campaign: Campaign, home: Path) -> Any:
    """One of everything planted in the city, and the city's own cut, walk and phone wherever a page shows one."""
    kept = home / "world.pickle"
    if not kept.exists():
        kept.write_bytes(pickle.dumps(_planted(campaign)))
    return pickle.loads(kept.read_bytes())  # our own, of the run before


def _planted(campaign: Campaign) -> Any:
    from tests.apps.knocking import plant

    from hustings.apps.accounts.actions import add_member
    from hustings.apps.audit.actors import command
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.canvass import actions
    from hustings.apps.outings.models import Turf, TurfDoor
    from hustings.apps.places.models import Door

    world = plant(campaign)
    with tenant(campaign.pk):
        largest = (
            Turf.objects.of(campaign)
            .filter(action__name="Saturday canvass", returned_at=None, checkouts=None)
            .select_related("action", "cut")
            .order_by("-door_count", "number")
            .first()
        )
        assert largest is not None
        device, token = actions.ask_for_walk(largest, "Bob", by=command("bench"))
        door_ids = TurfDoor.objects.of(campaign).filter(turf=largest).values_list("door_id")
        doors = list(Door.objects.of(campaign).filter(pk__in=door_ids)[:2])
        world.rows |= {
            "action": largest.action, "cut": largest.cut, "turf": largest, "walk": largest,
            "walk_doors": doors, "phone": device, "token": token,
            "ada": add_member(campaign, "ada@example.org", "organiser", name="Ada", by=command("bench")),
        }  # fmt: skip
    return world
