"""The only way to an action, a cut, a turf, a check-out or a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hustings.apps.accounts.access import NotHere
from hustings.apps.outings.models import (
    CODE_LENGTH,
    Action,
    Checkout,
    Cut,
    Turf,
    TurfDoor,
    WalkCode,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from hustings.apps.accounts.models import Device
    from hustings.apps.campaigns.models import Campaign


def action_for(campaign: Campaign, action_id: int, *, lock: bool = False) -> Action:
    """An action of this campaign; :class:`NotHere` otherwise."""
    actions = Action.objects.of(campaign).filter(pk=action_id)
    action: Action | None = (actions.select_for_update() if lock else actions).first()
    if action is None:
        raise NotHere
    return action


def walks_out(action: Action) -> bool:
    """Whether somebody has a walk of it now."""
    held = Checkout.objects.of(action.campaign_id).filter(turf__action=action, returned_at=None)
    return bool(held.exists())


def round_of(campaign_id: UUID, turf_id: int) -> Action:
    """The action of a walk; :class:`NotHere` otherwise."""
    found: Action | None = Action.objects.of(campaign_id).filter(turfs=turf_id).first()
    if found is None:
        raise NotHere
    return found


_ROUNDS = """
select t.id, a.id, a.kind, a.precision from outings_turf t
join outings_action a on a.campaign_id = t.campaign_id and a.id = t.action_id
where t.campaign_id = %(campaign)s and t.id = any(%(turfs)s::bigint[])
for key share of a
"""


def rounds_of(campaign_id: UUID, turf_ids: Collection[int]) -> dict[int, Action]:
    """
    The kind and the dial of each of these walks; none for a number that is no walk's.

    Whoever stores what was heard there asks in the same transaction: a dial that is turned meanwhile waits.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROUNDS, {"campaign": campaign_id, "turfs": list(turf_ids)})
        return {
            turf: Action(pk=action, campaign_id=campaign_id, kind=kind, precision=precision)
            for turf, action, kind, precision in cursor.fetchall()
        }


HOLD_TURFS = """
select id from outings_turf where campaign_id = %(campaign)s::uuid and id = any(%(turfs)s::bigint[])
order by id for no key update
"""
"""
These walks, in the order of their numbers, each held before the next is asked for.

Whoever writes down what was heard holds them, as does whoever hands them in or moves their doors: so neither
waits for a door while the other waits for the walk.
"""


def cut_for(campaign: Campaign, cut_id: int, *, lock: bool = False) -> Cut:
    """A cut of this campaign, with its action; :class:`NotHere` otherwise."""
    cuts = Cut.objects.of(campaign).select_related("action").filter(pk=cut_id)
    cut: Cut | None = (cuts.select_for_update(of=("self",), no_key=True) if lock else cuts).first()
    if cut is None:
        raise NotHere
    return cut


def turf_for(campaign: Campaign, turf_id: int, *, lock: bool = False) -> Turf:
    """
    A turf of this campaign, with its action; :class:`NotHere` otherwise.

    Parameters
    ----------
    lock
        Nobody else changes it until the transaction ends.
    """
    turfs = Turf.objects.of(campaign).select_related("action", "cut").filter(pk=turf_id)
    turf: Turf | None = (
        turfs.select_for_update(of=("self",), no_key=True) if lock else turfs
    ).first()
    if turf is None:
        raise NotHere
    turf.campaign = campaign
    return turf


def hold_turfs(campaign: Campaign, turf_ids: Collection[int]) -> list[Turf]:
    """Those of these that there are, held until the transaction ends, always in one order."""
    turfs = Turf.objects.of(campaign).filter(pk__in=turf_ids).order_by("pk")
    turfs = turfs.defer("route", "streets", "flags")
    return list(turfs.select_for_update(of=("self",), no_key=True))


def hold_action(campaign: Campaign, action_id: int) -> None:
    """
    Nobody else makes doors of this action live, or gives a walk a new number, until the transaction ends.

    Two who do hold doors by rows of their own, which they meet in any order, and would wait for one another for
    ever. Whoever holds walks too has taken those before. Unlike with :func:`action_for`, what only names the
    action (a phone that sends, a walk that is added) goes on meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from outings_action where campaign_id = %s and id = %s for no key update",
            [campaign.pk, action_id],
        )


def hold_actions_of(campaign: Campaign, turf_ids: Collection[int]) -> None:
    """The same for the actions of these walks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from outings_action where campaign_id = %(campaign)s and id in ("
            "  select action_id from outings_turf where campaign_id = %(campaign)s and id = any(%(turfs)s)"
            ") order by id for no key update",
            {"campaign": campaign.pk, "turfs": list(turf_ids)},
        )


def turf_numbered(cut: Cut, number: int) -> Turf:
    """The walk of that number in this cut; :class:`NotHere` when there is none."""
    turf: Turf | None = Turf.objects.of(cut.campaign_id).filter(cut=cut, number=number).first()
    if turf is None:
        raise NotHere
    return turf


def turf_of_code(code: str) -> WalkCode | None:
    """
    What six letters name: the campaign and the turf's id; None when they name nothing.

    Asked outside any campaign. Typed small, with spaces or hyphens is the same code. The turf itself is
    read behind its campaign's wall, by :func:`turf_for`.
    """
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    if len(letters) != CODE_LENGTH:
        return None
    return WalkCode.objects.select_related("campaign").filter(pk=letters).first()


def turf_carried_by(device: Device) -> Turf | None:
    """The turf that is checked out to this phone; None when none is, or it came back."""
    turf: Turf | None = (
        Turf.objects.of(device.campaign_id)
        .select_related("action", "cut")
        .filter(
            checkouts__device_id=device.pk,
            checkouts__returned_at=None,
            returned_at=None,
            retired_at=None,
            published_at__isnull=False,
        )
        .order_by("-checkouts__made_at")
        .first()
    )
    return turf


def turf_door_for(turf: Turf, door_id: int) -> TurfDoor:
    """A door's place in this walk; :class:`NotHere` when it is not in it."""
    turf_door: TurfDoor | None = (
        TurfDoor.objects.of(turf.campaign_id).filter(turf=turf, door_id=door_id).first()
    )
    if turf_door is None:
        raise NotHere
    return turf_door


def last_round_of(campaign: Campaign, device_id: int) -> Action:
    """The action of the walk that this phone carried last; :class:`NotHere` for one that carried none."""
    action: Action | None = (
        Action.objects.of(campaign)
        .filter(turfs__checkouts__device_id=device_id)
        .order_by("-turfs__checkouts__made_at")
        .first()
    )
    if action is None:
        raise NotHere
    return action
