"""A first evening at the doors: invented volunteers, with phones of their own, record what they heard."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import access, actions, residents, walks
from hustings.apps.canvass.kinds import Kind
from hustings.apps.canvass.report import Report
from hustings.apps.outings.models import Checkout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from hustings.apps.accounts.models import Device
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf

VOLUNTEERS = (
    ("Tunde", 1.0), ("Asha", 1.0), ("Owen", 0.8), ("Mei, from abroad", 0.55), ("Jamila", 0.3),
)  # fmt: skip
"""Who is out, and how much of the walk is done; a whole walk is handed back."""
HOME_RATE, CONTACT_KINDS = (
    0.34,
    ((Kind.REFUSED, 0.06), (Kind.MOVED, 0.03), (Kind.DO_NOT_CONTACT, 0.01)),
)
WISHED = (
    ("poster", "the window to the yard"), ("postal_vote call_back", "after six"), ("lift", "two of them, one in a wheelchair"),
)  # fmt: skip
"""What the first supporter of each of these walks would like: what it is about stands in the tray."""
GLAD = ("1", "2")
SUPPORT = (("1", 0.27), ("2", 0.24), ("3", 0.26), ("4", 0.13), ("5", 0.10))


def play(campaign: Campaign, turfs: list[Turf], organiser: Actor, seed: int) -> int:
    """The volunteers walk, most walks well begun, two handed back; returns how many events arrived."""
    chance = random.Random(seed)  # noqa: S311  # invented answers, not secrets
    events = 0
    wished = iter(WISHED)
    for turf, (name, share) in zip(turfs, VOLUNTEERS, strict=False):
        with tenant(campaign.pk):
            device, _token = actions.ask_for_walk(turf, name, by=organiser)
            began = timezone.now() - timedelta(hours=3)
            Checkout.objects.of(campaign).filter(turf=turf).update(made_at=began)
            reports = _with_a_wish(
                list(_reports(campaign, device, turf, share, began, chance)),
                *next(wished, ("", "")),
            )
            for at in range(0, len(reports), 20):
                events += sum(
                    outcome.status == "stored"
                    for outcome in actions.record(device, reports[at : at + 20])
                )
            if share == 1.0:
                actions.hand_back(access.grant_for(device, turf.pk), by=device.actor)
    return events


def _with_a_wish(reports: list[Report], wishes: str, about: str) -> list[Report]:
    """The same, but that the first supporter would like something besides."""
    glad = [one.id for one in reports if one.support in GLAD][:1]
    return [
        replace(one, wishes=wishes, wish_note=about) if wishes and one.id in glad else one
        for one in reports
    ]


def _reports(
    campaign: Campaign,
    device: Device,
    turf: Turf,
    share: float,
    began: datetime,
    chance: random.Random,
) -> Iterator[Report]:
    doors = walks.doors_of(campaign, turf.pk)
    doors = doors[: round(share * len(doors))]
    people = residents.people_at(device, turf.pk, [door.id for door in doors])
    at, sequence = began, 0
    for door in doors:
        at += timedelta(seconds=chance.randint(50, 170))
        for person, kind, support in _heard(
            [person.id for person in people.get(door.id, [])], chance
        ):
            sequence += 1
            yield Report(
                id=UUID(int=chance.getrandbits(128), version=4), sequence=sequence, turf=turf.pk, door=door.id,
                kind=kind, occurred_at=at, person=person, support=support, app="demo",
            )  # fmt: skip


def _heard(people: list[int], chance: random.Random) -> Iterator[tuple[int | None, str, str]]:
    """What one door gave: nobody in, or each who was there in turn."""
    if not people or chance.random() > HOME_RATE:
        yield None, Kind.NO_ANSWER, ""
        return
    levels = [level for level, _share in SUPPORT]
    weights = [share for _level, share in SUPPORT]
    for person in people[: chance.choice((1, 1, 2))]:
        drawn = chance.random()
        for kind, share in CONTACT_KINDS:
            if drawn < share:
                yield person, kind, ""
                break
            drawn -= share
        else:
            yield person, Kind.ANSWERED, chance.choices(levels, weights)[0]
