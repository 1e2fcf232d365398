"""Building the demo campaign, step by step, each timed."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings

from hustings.apps.accounts.actions import add_member
from hustings.apps.accounts.roles import Role
from hustings.apps.audit.actors import command
from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass.models import CanvassEvent
from hustings.apps.contests.models import Report
from hustings.apps.followups.queries import counts
from hustings.apps.jobs.actions import run_job
from hustings.apps.outings.actions import ask_for_cut, plan_action
from hustings.apps.outings.models import Turf
from hustings.apps.outings.publishing import publish
from hustings.apps.outings.universe import Choice
from hustings.apps.places.actions import import_places, precision_counts
from hustings.apps.register.actions import import_file
from hustings.apps.statements.models import Record
from hustings.apps.volunteers.models import Volunteer
from hustings.core.errors import HustingsError
from hustings.server.demo import evening, night, press, saturday
from hustings.server.demo.town_files import SEED, write_town

if TYPE_CHECKING:
    from collections.abc import Callable

SLUG = "riverside"
ORGANISER, OBSERVER = "rosa@example.org", "olive@example.org"
ME = command("demo")


@dataclass
class Clock:
    """Seconds by step, in the order they were taken."""

    say: Callable[[str], None]
    seconds: dict[str, float] = field(default_factory=dict)

    def step(self, name: str, work: Callable[[], Any]) -> Any:
        """Do it, and remember how long it took."""
        self.say(name)
        began = time.perf_counter()
        done = work()
        self.seconds[name] = round(time.perf_counter() - began, 2)
        return done


def build(say: Callable[[str], None]) -> dict[str, Any]:
    """
    The demo campaign, made if it is not there; returns its numbers.

    Parameters
    ----------
    say
        Told what is being done.
    """
    clock = Clock(say)
    finished = settings.HOME / "demo-is-ready"
    campaign = Campaign.objects.filter(slug=SLUG).first()
    if campaign is None:
        campaign = _made(clock)
        finished.touch()
    elif not finished.exists():
        raise HustingsError(
            f"The demo was not finished last time; remove the folder {settings.HOME} and start it again."
        )
    with tenant(campaign.pk):
        turfs = list(Turf.objects.of(campaign).filter(retired_at=None).order_by("number"))
        doors = precision_counts(campaign)
        events = CanvassEvent.objects.of(campaign).count()
        records = Record.objects.of(campaign).count()
        volunteers = Volunteer.objects.of(campaign).count()
        follow_ups = counts(campaign).open
        reports = Report.objects.of(campaign).count()
    return {
        "campaign": campaign.slug,
        "doors": sum(doors.values()),
        "doors_by_precision": doors,
        "turfs": len(turfs),
        "walk_km": round(sum(turf.walk_m for turf in turfs) / 1000, 1),
        "longest_walk_minutes": round(max((turf.minutes for turf in turfs), default=0)),
        "results": events,
        "records": records,
        "volunteers": volunteers,
        "follow_ups": follow_ups,
        "reports": reports,
        "seconds": clock.seconds,
    }


def _made(clock: Clock) -> Campaign:
    _town, register, extract = clock.step(
        "Inventing a town", lambda: write_town(settings.HOME / "town")
    )
    campaign = create_campaign(SLUG, "Riverside ward")
    organiser = add_member(campaign, ORGANISER, Role.ORGANISER, name="Rosa Field", by=ME)
    add_member(campaign, OBSERVER, Role.OBSERVER, name="Olive Watch", by=ME)

    def in_campaign(work: Callable[[], Any]) -> Callable[[], Any]:
        def within() -> Any:
            with tenant(campaign.pk):
                return work()

        return within

    clock.step(
        "Bringing in the register", in_campaign(lambda: import_file(campaign, register, by=ME))
    )
    clock.step(
        "Placing the doors on the map",
        in_campaign(
            lambda: import_places(
                campaign, extract, by=ME, progress=lambda share_done, note="": None
            )
        ),
    )
    action = plan_action(campaign, "Saturday canvass", Choice(), by=organiser.actor)

    def cut() -> int:
        asked = ask_for_cut(campaign, action.pk, by=organiser.actor)
        run_job.func(
            str(campaign.pk), asked.job_id
        )  # here, not in the worker that is not there yet
        return int(asked.pk)

    cut_id = clock.step("Cutting it into walks", cut)
    publish(campaign, cut_id, by=organiser.actor)
    with tenant(campaign.pk):
        turfs = list(Turf.objects.of(campaign).filter(cut_id=cut_id).order_by("number"))
    clock.step(
        "A first evening at the doors",
        lambda: evening.play(campaign, turfs, organiser.actor, SEED),
    )
    clock.step(
        "Volunteers, and a session tomorrow", lambda: saturday.play(campaign, organiser, action)
    )
    clock.step("A caucus that is being counted", lambda: night.play(campaign, organiser.actor))
    clock.step("A week at the press desk", lambda: press.play(campaign, organiser, ME))
    return campaign
