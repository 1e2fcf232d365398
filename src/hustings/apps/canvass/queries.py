"""Questions for the phone's pages and for the organiser's page of phones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Exists, OuterRef

from hustings.apps.accounts.models import DeviceAdmission, DeviceRevocation
from hustings.apps.canvass import access, handed_in, intake, turning_out, walks
from hustings.apps.canvass.counted import counted_by
from hustings.apps.canvass.gaps import Gap, gaps_of, in_words, missing
from hustings.apps.canvass.held import HELD
from hustings.apps.canvass.intake import COUNTS, NOT_TAKEN_BACK
from hustings.apps.canvass.models import (
    CanvassEvent,
    CountedReport,
    Delivery,
    LastSync,
    WalkGrant,
    WalkReturn,
)
from hustings.apps.canvass.phone_words import PhoneWords

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from hustings.apps.accounts.models import Device
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.walks import DoorOnWalk, Stop


CLOCK_WORTH_A_WORD_S = 300
"""A phone whose clock is further off than this is named."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk as its list shows it: nothing about people."""

    grant: WalkGrant
    stops: list[Stop]
    doors: list[DoorOnWalk]

    @property
    def done(self) -> int:
        """Doors done."""
        return sum(door.is_done for door in self.doors)

    @property
    def next_door(self) -> DoorOnWalk | None:
        """The first door in walking order that nobody has been to yet."""
        return next((door for door in self.doors if door.visits == 0), None)

    def after(self, door_id: int) -> DoorOnWalk | None:
        """The next door in walking order that is left; from the start again when there is none further."""
        place = next((i for i, door in enumerate(self.doors) if door.id == door_id), -1)
        ahead = (door for door in self.doors[place + 1 :] if door.visits == 0)
        return next(ahead, None) or next(
            (door for door in self.doors if door.visits == 0 and door.id != door_id), None
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """
    What one phone recorded on one walk.

    ``recorded`` counts doors in the events themselves, ``received`` in what the organiser's screen
    reads; they are worked out apart, so that showing both says something.
    """

    received: int
    recorded: int
    contacts: int
    answers: int
    come_back: int
    first_at: datetime | None
    last_at: datetime | None
    tried: int
    left_over: int | None = None

    @property
    def held(self) -> int:
        """Doors at which everything it recorded is held back: they count in no total until it is released."""
        return self.tried - self.recorded

    @property
    def arrived(self) -> int:
        """Doors that the organiser's screen shows, those that are held with the others."""
        return self.received + self.held

    @property
    def is_whole(self) -> bool:
        """Whether the organiser sees all that was recorded."""
        return self.recorded == self.received


def walk_of(grant: WalkGrant) -> Walk:
    """The walk with its doors in order."""
    campaign, turf = grant.device.campaign, grant.turf
    knock = turning_out.knock_of_kind(campaign, turf.pk, turf.action.kind)
    doors = walks.doors_in(campaign, turf.pk, knock)
    return Walk(grant, walks.stops_of(doors), doors)


def receipt_of(grant: WalkGrant) -> Receipt:
    """Counted from what counts now."""
    if grant.turf.action.is_delivery:
        received, recorded, contacts, answers, back, first, last, left = handed_in.receipt(grant)
        return Receipt(received, recorded, contacts, answers, back, first, last, recorded, left)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select count(distinct e.door_id) filter (where {COUNTS} and e.channel = 'door'),
              count(distinct e.door_id) filter (where {COUNTS} and e.kind not in ('no_answer', 'no_access')),
              count(*) filter (where {COUNTS} and e.kind = 'answered'),
              count(distinct e.door_id) filter (where {COUNTS} and e.kind = 'come_back'),
              min(e.occurred_at), max(e.occurred_at),
              count(distinct e.door_id) filter (where {NOT_TAKEN_BACK} and e.channel = 'door')
            from canvass_canvassevent e
            where e.campaign_id = %s and e.device_id = %s and e.turf_id = %s
            """,
            [grant.campaign_id, grant.device_id, grant.turf_id],
        )
        row = cursor.fetchone()
    doors = intake.doors_recorded(grant.campaign_id, grant.turf_id, grant.device_id)
    sums = counted_by(grant.campaign_id, grant.turf_id, grant.device_id)
    recorded, contacts, answers, come_back, first_at, last_at, tried = row
    return Receipt(
        doors, recorded + sums.reports, contacts + sums.contacts, answers + sums.answers,
        come_back + sums.come_back, first_at, last_at, tried + sums.reports,
    )  # fmt: skip


def last_at_door(device: Device, turf_id: int, door_id: int) -> list[CanvassEvent]:
    """What this phone recorded at this door that counts, newest first: what can be undone."""
    events = list(
        CanvassEvent.objects.of(device.campaign_id)
        .filter(device=device, turf_id=turf_id, door_id=door_id)
        .order_by("-position")
    )
    corrected: set[UUID] = {event.corrects for event in events if event.corrects}
    return [event for event in events if event.kind != "undo" and event.id not in corrected]


def next_sequence(device: Device) -> int:
    """For what the server records on a phone's behalf: one more than the phone's highest so far."""
    newest = 0
    for model in (CanvassEvent, CountedReport, Delivery):
        rows = model.objects.of(device.campaign_id).filter(device=device).order_by("-sequence")
        newest = max(newest, rows.values_list("sequence", flat=True).first() or 0)
    return newest + 1


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone on the organiser's page, with what it said of itself and what it made that is not here."""

    device: Device
    state: str
    walks: list[tuple[WalkGrant, int]]
    sync: LastSync | None
    gaps: list[Gap]
    words: PhoneWords

    @property
    def missing(self) -> int:
        """How many of its answers have not arrived."""
        return missing(self.gaps)

    @property
    def missing_numbers(self) -> str:
        """Which."""
        return in_words(self.gaps)

    @property
    def clock_off_minutes(self) -> int:
        """How far its clock is from ours, where that is worth a word; negative when it is behind."""
        ahead_s = self.sync.ahead_s if self.sync else None
        return 0 if ahead_s is None or abs(ahead_s) < CLOCK_WORTH_A_WORD_S else round(ahead_s / 60)

    @property
    def recorded(self) -> str:
        """How far it is with its walks."""
        return self.words.recorded(self)

    @property
    def heard_from(self) -> str:
        """When it was heard from last."""
        return self.words.heard_from(self)


def phones(campaign: Campaign, *, most: int = 500) -> list[Phone]:
    """Those waiting first, then those let in, then those whose leave is over; newest first in each."""
    admitted = DeviceAdmission.objects.of(campaign).filter(device=OuterRef("pk"))
    revoked = DeviceRevocation.objects.of(campaign).filter(device=OuterRef("pk"))
    devices = list(
        access.phones_of(campaign)
        .annotate(is_admitted=Exists(admitted), is_revoked=Exists(revoked))
        .order_by("-enrolled_at")[:most]
    )
    ids = [device.pk for device in devices]
    words = PhoneWords()
    doors = recorded(campaign)
    gaps = gaps_of(campaign, ids)
    held = held_doors(campaign)
    syncs = {row.device_id: row for row in LastSync.objects.of(campaign).filter(device__in=ids)}
    given_back = WalkReturn.objects.of(campaign).filter(grant=OuterRef("pk"))
    grants: dict[int, list[tuple[WalkGrant, int]]] = {}
    for grant in (
        WalkGrant.objects.of(campaign)
        .filter(device__in=ids)
        .select_related("turf")
        .defer("turf__route", "turf__streets")
        .annotate(is_back=Exists(given_back))
        .order_by("asked_at", "pk")
    ):
        key = (grant.turf_id, grant.device_id)
        grant.held = held.get(key, 0)
        grants.setdefault(grant.device_id, []).append((grant, doors.get(key, 0)))
    found = [
        Phone(
            device,
            _state(device),
            grants.get(device.pk, []),
            syncs.get(device.pk),
            gaps.get(device.pk, []),
            words,
        )
        for device in devices
    ]
    order = ["waiting", "in", "over", "revoked"]
    return sorted(found, key=lambda phone: order.index(phone.state))


def _state(device: Any) -> str:
    from django.utils import timezone

    if device.is_revoked:
        return "revoked"
    if device.expires_at <= timezone.now():
        return "over"
    return "in" if device.is_admitted else "waiting"


def recorded(campaign: Campaign) -> dict[tuple[int, int], int]:
    """Doors recorded by (turf, phone): the same count as on the receipt, for all at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select turf_id, device_id, sum(doors)::bigint from ("
            "select turf_id, device_id, count(distinct door_id) as doors from canvass_visit "
            "where campaign_id = %(campaign)s group by 1, 2 union all "
            "select turf_id, device_id, sum(doors) from canvass_tally "
            "where campaign_id = %(campaign)s and standing = 'counts' group by 1, 2 union all "
            f"{handed_in.BY_PHONE}) every group by 1, 2",
            {"campaign": campaign.pk},
        )
        return {(turf, device): count for turf, device, count in cursor.fetchall()}


def held_doors(campaign: Campaign) -> dict[tuple[int, int], int]:
    """Doors by (turf, phone) at which all that was recorded is held: the same count as on the receipt."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select turf_id, device_id, count(*) from (
              select e.turf_id, e.device_id, e.door_id from canvass_canvassevent e
              where e.campaign_id = %(campaign)s and e.channel = 'door' and {NOT_TAKEN_BACK}
                and (e.device_id, e.turf_id) in (
                  select h.device_id, h.turf_id from canvass_hold h
                  where h.campaign_id = %(campaign)s)
              group by 1, 2, 3 having bool_and({HELD})) doors
            group by 1, 2
            """,
            {"campaign": campaign.pk},
        )
        return {(turf, device): count for turf, device, count in cursor.fetchall()}
