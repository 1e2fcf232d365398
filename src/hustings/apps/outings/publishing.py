"""Making a cut's walks live, and taking that back; a draft can be thrown away."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import access, numbering
from hustings.apps.outings.models import (
    CODE_LENGTH,
    CODE_LETTERS,
    Checkout,
    Cut,
    Turf,
    TurfDoor,
    WalkCode,
)
from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign


class NotNow(HustingsError):
    """What was asked for does not fit the state that the cut or the walk is in."""


class DoorIsOut(HustingsError):
    """A door of this cut is already in a live walk of the same action."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Some of these doors are in a walk that is already published for this action. "
                "Cut again: the new cut leaves them out."
            )
        )


def publish(campaign: Campaign, cut_id: int, *, by: Actor) -> Cut:
    """
    Make a draft's walks live, each with a code; the database lets no door into two.

    A walk whose number a live walk of the round has already gets the next free one.

    Raises
    ------
    DoorIsOut
        When somebody else published one of its doors first.
    NotNow
        When it is no draft.
    """
    with tenant(campaign.pk):
        cut = access.cut_for(campaign, cut_id, lock=True)
        if cut.state != Cut.State.DRAFT:
            raise NotNow(
                _("This cut is %(state)s; only a draft can be published.")
                % {"state": cut.state_label}
            )
        now = timezone.now()
        access.hold_action(campaign, cut.action_id)
        numbering.renumber(cut)
        # A walk that was put away before the cut was withdrawn stays away, and its doors free.
        drafted = Turf.objects.of(campaign).filter(cut=cut, published_at=None, retired_at=None)
        turfs = list(drafted.order_by("id"))
        make_live(campaign, [turf.pk for turf in turfs])
        codes = claim_codes(campaign, [turf.pk for turf in turfs])
        for turf in turfs:
            turf.published_at, turf.code = now, codes[turf.pk]
        Turf.objects.bulk_update(turfs, ["published_at", "code"], batch_size=500)
        cut.published_at = now
        cut.save(update_fields=["published_at"])
        record(by, "turf.publish", subject="cut", subject_id=cut.pk, count=len(turfs))
    return cut


def withdraw(campaign: Campaign, cut_id: int, *, by: Actor) -> Cut:
    """
    Undo publishing: the walks are a draft again, their codes name nothing.

    Raises
    ------
    NotNow
        When a walk of it was handed out already; take those back first.
    """
    with tenant(campaign.pk):
        cut = access.cut_for(campaign, cut_id, lock=True)
        if cut.state != Cut.State.PUBLISHED:
            raise NotNow(_("This cut is not published."))
        turfs = Turf.objects.of(campaign).filter(cut=cut)
        ids = list(turfs.values_list("pk", flat=True))
        access.hold_turfs(campaign, ids)  # nobody hands one out meanwhile
        if Checkout.objects.of(campaign).filter(turf__cut=cut).exists():
            raise NotNow(
                _(
                    "A walk of this cut was already handed out, so the cut stays published; "
                    "walks that are not needed can be retired."
                )
            )
        TurfDoor.objects.of(campaign).filter(turf__in=ids).update(live=False)
        # Nobody ever carried these walks: what was taken from them leaves no trace.
        TurfDoor.objects.of(campaign).filter(turf__in=ids, taken_at__isnull=False).delete()
        WalkCode.objects.filter(campaign=campaign, turf_id__in=ids).delete()
        turfs.update(published_at=None, code="")
        cut.published_at = None
        cut.save(update_fields=["published_at"])
        record(by, "turf.withdraw", subject="cut", subject_id=cut.pk, count=len(ids))
    return cut


def throw_away(campaign: Campaign, cut_id: int, *, by: Actor) -> Cut:
    """Put a draft aside; :func:`bring_back` undoes it."""
    return _put_aside(campaign, cut_id, Cut.State.DRAFT, by, "turf.throw_away")


def bring_back(campaign: Campaign, cut_id: int, *, by: Actor) -> Cut:
    """Take a draft that was thrown away up again."""
    return _put_aside(campaign, cut_id, Cut.State.THROWN_AWAY, by, "turf.bring_back")


def _put_aside(campaign: Campaign, cut_id: int, only: str, by: Actor, verb: str) -> Cut:
    with tenant(campaign.pk):
        cut = access.cut_for(campaign, cut_id, lock=True)
        if cut.state != only:
            raise NotNow(_("This cut is %(state)s.") % {"state": cut.state_label})
        cut.thrown_away_at = timezone.now() if only == Cut.State.DRAFT else None
        cut.save(update_fields=["thrown_away_at"])
        record(by, verb, subject="cut", subject_id=cut.pk)
    return cut


def make_live(campaign: Campaign, turf_ids: Sequence[int]) -> None:
    """
    Hold the doors of these turfs that nobody knocked on yet, against every other turf of the action.

    The constraint decides, not a look beforehand: two organisers who publish at once wait for one
    another there, and the second is told :class:`DoorIsOut`.
    """
    try:
        with transaction.atomic():
            access.hold_actions_of(campaign, turf_ids)
            TurfDoor.objects.of(campaign).filter(turf__in=turf_ids, taken_at=None).update(live=True)
    except IntegrityError as error:
        raise DoorIsOut from error


def claim_codes(campaign: Campaign, turf_ids: Sequence[int]) -> dict[int, str]:
    """Six letters for each turf, that no other walk of this installation has."""
    missing = set(turf_ids)
    found: dict[int, str] = {}
    while missing:
        # A clash is left out by the insert, and that turf draws again.
        wanted = sorted(missing)
        with connection.cursor() as cursor:
            cursor.execute(
                "with drawn as (insert into outings_walkcode (code, campaign_id, turf_id, made_at) "
                "select code, %(campaign)s, turf_id, %(now)s "
                "from unnest(%(codes)s::text[], %(turfs)s::bigint[]) as new(code, turf_id) "
                "on conflict do nothing returning turf_id, code) "
                "select turf_id, code from drawn union all select turf_id, code from outings_walkcode "
                "where campaign_id = %(campaign)s and turf_id = any (%(turfs)s)",
                {
                    "campaign": campaign.pk, "now": timezone.now(), "turfs": wanted,
                    "codes": [new_code() for _turf in wanted],
                },
            )  # fmt: skip
            found |= dict(cursor.fetchall())
        missing -= set(found)
    return found


def new_code() -> str:
    """Six letters by chance: 22^6, some 113 million."""
    return "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))
