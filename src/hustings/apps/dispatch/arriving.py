"""
Whoever asks for a walk: at a table, or from anywhere with a time; and what the organiser does about them.

Asking twice is the same as once. What tells one who asks from another is a secret of their phone (at a table) or
of the page that they sent (elsewhere); only its hash is kept. A second request that comes while the first is
worked on waits for it, and is handed the same.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from hustings.apps.accounts.access import DeviceToken
from hustings.apps.accounts.secrets import hash_of
from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from hustings.apps.dispatch import access, fitting, on_the_spot
from hustings.apps.dispatch.models import MOST_ARRIVALS, Arrival
from hustings.apps.dispatch.stopping import stopped_at, stopped_with
from hustings.apps.outings import handing_out
from hustings.apps.outings.let_go import nobody_carries
from hustings.apps.outings.publishing import NotNow
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Device
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.dispatch.fitting import Wants
    from hustings.apps.dispatch.models import Table
    from hustings.apps.dispatch.stopping import Stopped
    from hustings.apps.outings.models import Action

NEAR_M = 800.0
"""A walk that was cut before is taken from here where it begins within this; else one is made on the spot."""
LEAST_SHARE = 0.6
"""Of the time asked for, that such a walk must use at least."""
RETURNS_AFTER = timedelta(minutes=45)
"""Besides its minutes: how long a walk is reserved before it comes back by itself."""
PAIRS = 900


class Handed(NamedTuple):
    """What came of it: ``arrival.turf`` is the walk, or ``arrival.why`` says why there is none."""

    arrival: Arrival
    device: Device | None = None
    token: str | None = None
    """For the cookie of a phone that was let in here."""
    stopped: Stopped | None = None
    """A rule of law stops them: there is no walk, whatever is free."""


def key_of(table: Table | None, secret: str) -> str:
    """What is kept of a phone's or a page's secret."""
    return hash_of(f"{table.pk if table else 'anywhere'}/{secret}")


def _phone_secret(secret: str) -> str:
    """The phone's own secret, made of the one that it came with: an answer sent twice says the same."""
    return salted_hmac("hustings.dispatch.phone", secret, algorithm="sha256").hexdigest()


def arrive(
    table: Table,
    secret: str,
    name: str,
    wants: Wants,
    *,
    who: str = "",
    device: Device | None = None,
    pair: int | None = None,
    take: int | None = None,
    make: bool = False,
) -> Handed:
    """
    Hand the next free walk that fits to whoever scanned the table's code, and let their phone in.

    Parameters
    ----------
    secret
        Of the phone that scanned.
    who
        What else they say of who they are: their family name, or the number on their own page.
    device
        The same, where it is a phone of this campaign already.
    pair
        The number of the partner whose walk they join.
    take
        A walk to take although it does not fit.
    make
        Make one on the spot where none fits.

    Raises
    ------
    NotNow
        When the table is closed, or the partner's number or the wished walk is nobody's any more.
    BadInput
        Without a name.
    """
    said = name.strip()[:40]
    if not said:
        raise BadInput(_("Say your first name, so that the organiser knows who has the walk."))
    campaign: Campaign = table.campaign
    with tenant(campaign.pk):
        if not table.is_open:
            raise NotNow(_("This table is closed. Ask an organiser for a walk."))
        arrival = _arrival(campaign, table.action, key_of(table, secret), said, wants, table)
        if access.is_theirs_now(arrival):
            return _again(arrival, secret)
        arrival.name, arrival.wishes, arrival.why = said, wants.as_json(), ""
        stopped = stopped_at(table, said, who, device)
        if stopped is not None:
            return _refused(arrival, stopped)
        partner = None
        if pair is not None:
            partner = access.arrival_paired(table, pair)
            if partner is None or not access.is_theirs_now(partner) or partner.pk == arrival.pk:
                raise NotNow(_("Nobody here has that number. Ask your partner to read it out."))
            turf = partner.turf
        elif take is not None:
            turf = access.free_turf(campaign, take)
            if turf is None or turf.action_id != table.action_id:
                raise NotNow(_("That walk has gone meanwhile. Ask once more."))
        else:
            turf, free = fitting.take_best(campaign, table.action, wants)
            if turf is None and make:
                turf = on_the_spot.make(
                    campaign, table.action, wants, _time_of(wants), by=table.actor
                )
            if turf is None:
                arrival.why = fitting.why_none(free, wants)
                arrival.save(update_fields=["name", "wishes", "why"])
                return Handed(arrival)
        found, token = canvass.ask_for_walk(turf, said, device=device, by=table.actor)
        if token is not None:
            found, token = _with_secret(found, secret)
        arrival.turf, arrival.device_id, arrival.joins = turf, found.pk, partner
        arrival.told_at = None
        if wants.partner and partner is None:
            arrival.pair = _pair_number(table)
        arrival.save()
        record(
            table.actor, "table.hand_out", subject="turf", subject_id=turf.pk,
            detail={"arrival": arrival.pk},
        )  # fmt: skip
    return Handed(arrival, found, token)


def ninety(
    campaign: Campaign,
    action: Action,
    wants: Wants,
    secret: str,
    name: str,
    *,
    by: Actor,
    device: Device | None = None,
) -> Handed:
    """
    The best free walk from ``wants.place`` within ``wants.minutes``, reserved until it would be over.

    One that was cut before, where one begins near by and uses the time; else one made on the spot of doors that no
    live walk has.
    """
    if wants.place is None:
        raise BadInput(_("Say where you are: a street and a number, or tap on “Where I am”."))
    minutes = _time_of(wants)
    with tenant(campaign.pk):
        arrival = _arrival(campaign, action, key_of(None, secret), name.strip()[:40], wants)
        if access.is_theirs_now(arrival):
            return Handed(arrival, device)
        arrival.why = ""
        stopped = stopped_with(device) if device is not None else None
        if stopped is not None:
            return _refused(arrival, stopped)
        turf, _free = fitting.take_best(
            campaign, action, wants, within_m=NEAR_M, least_minutes=LEAST_SHARE * minutes
        )
        if turf is None:
            turf = on_the_spot.make(campaign, action, wants, minutes, by=by)
        if turf is None:
            arrival.why = _(
                "There are no free doors of this round near here. Try another place, or more of a way there."
            )
            arrival.save(update_fields=["why"])
            return Handed(arrival, device)
        until = timezone.now() + timedelta(minutes=minutes) + RETURNS_AFTER
        handing_out.check_out(
            campaign, turf.pk, arrival.name, by=by, expires_at=until, device=device
        )
        if device is not None:
            canvass.ask_for_walk(turf, device.label, device=device)
        arrival.turf, arrival.device_id = turf, device.pk if device else None
        arrival.save(update_fields=["turf", "device_id", "why"])
    return Handed(arrival, device)


def tell_organiser(arrival: Arrival) -> Arrival:
    """They stand there without a walk: the organiser's page says so."""
    with tenant(arrival.campaign_id):
        arrival.told_at = timezone.now()
        arrival.save(update_fields=["told_at"])
    return arrival


def take_back(table: Table, arrival_id: int, *, by: Actor) -> Arrival:
    """
    The walk is free again, and neither this phone nor their partner's shows it any more; both stay let in.

    A walk that was made on the spot comes back instead, so that its doors are free.
    """
    campaign = table.campaign
    with tenant(campaign.pk):
        arrival = access.arrival_for(table, arrival_id)
        if arrival.turf_id is None or not access.is_theirs_now(arrival):
            raise NotNow(_("They have no walk that could be taken back."))
        spot = access.spot_cut_of(campaign, table.action_id)
        on_spot = (
            spot is not None and arrival.turf is not None and arrival.turf.cut_id == spot.cut_id
        )
        give = handing_out.return_turf if on_spot else handing_out.take_back
        give(campaign, arrival.turf_id, by=by)
        # Their phones stay let in, so that what they have not sent yet is still theirs to send.
        nobody_carries(campaign, arrival.turf_id, by=by)
        # Asked now that the walk is held: a partner may have joined while it was waited for.
        together = list(
            Arrival.objects.of(campaign)
            .filter(table=table, turf_id=arrival.turf_id, over_at=None)
            .order_by("pk")
        )
        now = timezone.now()
        for one in together:
            one.taken_back_by, one.over_at = by.label, now
            one.save(update_fields=["taken_back_by", "over_at"])
        arrival.refresh_from_db()
    return arrival


def _time_of(wants: Wants) -> float:
    return float(wants.minutes or 90) * (fitting.PAIR_SHARE if wants.partner else 1.0)


def _arrival(
    campaign: Campaign,
    action: Action,
    key: str,
    name: str,
    wants: Wants,
    table: Table | None = None,
) -> Arrival:
    """Theirs, held until the transaction ends: the one of before, or a new one where that walk is over."""
    found = access.arrival_with(campaign.pk, key, lock=True)
    if found is not None and found.turf_id is not None and not access.is_theirs_now(found):
        found.over_at = timezone.now()
        found.save(update_fields=["over_at"])
        found = None
    if found is not None:
        return found
    if table is not None and _came_to(table) >= MOST_ARRIVALS:
        raise NotNow(_("This table has handed out all it may. Ask an organiser."))
    try:
        with transaction.atomic():
            made: Arrival = Arrival.objects.create(
                campaign=campaign, table=table, action=action, key=key, name=name,
                wishes=wants.as_json(),
            )  # fmt: skip
    except IntegrityError:
        there = access.arrival_with(campaign.pk, key, lock=True)  # whoever was first is done by now
        if there is None:
            raise
        return there
    return made


def _came_to(table: Table) -> int:
    return int(Arrival.objects.of(table.campaign_id).filter(table=table).count())


def _refused(arrival: Arrival, stopped: Stopped) -> Handed:
    """With their whole name, by which the organiser finds them, and by which it is erased with them."""
    arrival.name, arrival.why = str(stopped.volunteer), stopped.why
    arrival.save(update_fields=["name", "wishes", "why"])
    return Handed(arrival, stopped=stopped)


def _again(arrival: Arrival, secret: str) -> Handed:
    """The same walk; and the same cookie, unless the phone has gone on to another browser meanwhile."""
    device = access.device_of(arrival)
    if device is None or device.secret_hash != hash_of(_phone_secret(secret)):
        return Handed(arrival, device)
    token = DeviceToken(device.campaign_id, device.public_id, _phone_secret(secret))
    return Handed(arrival, device, str(token))


def _with_secret(device: Device, secret: str) -> tuple[Device, str]:
    own = _phone_secret(secret)
    device.secret_hash = hash_of(own)
    device.save(update_fields=["secret_hash"])
    return device, str(DeviceToken(device.campaign_id, device.public_id, own))


def _pair_number(table: Table) -> int:
    """Three digits that nobody else at this table was told; whoever asks at the same moment waits."""
    access.table_for(table.campaign, table.pk, lock=True)
    taken = set(
        Arrival.objects.of(table.campaign_id)
        .filter(table=table, over_at=None, pair__isnull=False)
        .values_list("pair", flat=True)
    )
    free = [number for number in range(100, 100 + PAIRS) if number not in taken]
    return secrets.choice(free)
