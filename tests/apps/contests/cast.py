"""A caucus with five who stand, its units, and people who report from there."""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.contests import inviting, planning
from hustings.apps.contests.models import Contest, Unit
from tests.apps.cast import SETUP

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.models import Reporter

WHO = ("Ash", "Birch", "Cedar", "Elm", "Fir")
ALPHA = {"ash": 20, "birch": 18, "cedar": 27, "elm": 19, "fir": 16}
"""The party's own example: 100 people, 7 delegates, 2 1 2 1 1."""
ALPHA_WINS = {"ash": 2, "birch": 1, "cedar": 2, "elm": 1, "fir": 1}


def a_caucus(
    campaign: Campaign, name: str = "Caucus", *, opens_at: datetime | None = None
) -> Contest:
    """Tonight, since an hour ago."""
    opens = opens_at or timezone.now() - timedelta(hours=1)
    contest = planning.make(
        campaign, "caucus", name, held_on=opens.date(), opens_at=opens, time_zone="America/Chicago",
        ruleset="iowa-2020", seats=None, by=SETUP,
    )  # fmt: skip
    planning.say_who_stands(contest, WHO, ours="Ash", by=SETUP)
    return contest


def an_election(campaign: Campaign, name: str, held_on: date, seats: int = 1) -> Contest:
    """Where only votes are added up."""
    opens = datetime.combine(held_on, datetime.min.time(), timezone.get_current_timezone())
    return planning.make(
        campaign, "constituency", name, held_on=held_on, opens_at=opens, time_zone="Europe/London",
        ruleset="", seats=seats, by=SETUP,
    )  # fmt: skip


def a_unit(contest: Contest, name: str, *, delegates: int = 7, eligible: int | None = 300, area: str = "Mill") -> Unit:  # fmt: skip
    """One precinct."""
    unit: Unit = Unit.objects.create(
        campaign_id=contest.campaign_id, contest=contest, code=f"{area} {name}".lower(), name=name,
        area=area, delegates=delegates, eligible=eligible, state_rate="4/51",
    )  # fmt: skip
    return unit


def a_reporter(contest: Contest, name: str, *units: Unit, source: str = "captain") -> tuple[Reporter, str]:  # fmt: skip
    """Somebody with a link."""
    return inviting.invite(contest, name, units, source=source, by=SETUP)


def event(unit: Unit, phase: str = "first", counts: dict[str, int] | None = None, **more: Any) -> dict[str, Any]:  # fmt: skip
    """As a phone sends it."""
    numbers: dict[str, Any] = {"counts": ALPHA if counts is None else counts}
    if phase == "first":
        numbers["attendance"] = more.pop("attendance", sum(numbers["counts"].values()))
    return {
        "id": str(uuid.uuid4()), "format": 1, "kind": "report", "unit": unit.pk, "phase": phase,
        "numbers": numbers, "reported_at": timezone.now().isoformat(), **more,
    }  # fmt: skip


def send(token: str, *events: dict[str, Any]) -> list[dict[str, Any]]:
    """What the server says of each."""
    answer = post(token, {"events": list(events)})
    assert answer.status_code == 200, answer.content
    said: list[dict[str, Any]] = answer.json()["events"]
    return said


def post(token: str, body: object) -> HttpResponse:
    """The same, whatever it is."""
    raw = body if isinstance(body, bytes | str) else json.dumps(body)
    answer: HttpResponse = Client().post(
        reverse("night:events", args=[token]), raw, content_type="application/json"
    )  # type: ignore[assignment]  # the test client's own kind of response
    return answer
