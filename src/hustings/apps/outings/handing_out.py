"""Check out, take back, return, retire; each can be undone and each leaves its line."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.accounts.secrets import hash_of, new_secret
from hustings.apps.audit.actions import record
from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import access
from hustings.apps.outings.let_go import nobody_carries
from hustings.apps.outings.models import Checkout, PhoneLink, Turf, TurfDoor
from hustings.apps.outings.publishing import NotNow, claim_codes, make_live

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Device

LINK_LIVES = timedelta(minutes=15)
OUT_FOR = timedelta(days=2)
"""How long a walk is out unless somebody says otherwise."""


def check_out(
    campaign: Campaign,
    turf_id: int,
    holder: str,
    *,
    by: Actor,
    expires_at: datetime | None = None,
    device: Device | None = None,
) -> Checkout:
    """
    Give a walk to somebody, by name, until a time.

    Raises
    ------
    NotNow
        When it is not free: still a draft, in other hands, back or retired.
    """
    with tenant(campaign.pk):
        turf = access.turf_for(campaign, turf_id, lock=True)
        if turf.state != Turf.State.PUBLISHED:
            raise NotNow(_not_free(turf))
        try:
            with transaction.atomic():
                checkout: Checkout = Checkout.objects.create(
                    campaign=campaign,
                    turf=turf,
                    holder=holder.strip()[:80] or _("somebody"),
                    device_id=device.pk if device else None,
                    made_by=by.label,
                    expires_at=expires_at or timezone.now() + OUT_FOR,
                )
        except IntegrityError as error:
            raise NotNow(_("Somebody else handed this walk out a moment ago.")) from error
        record(
            by,
            "turf.check_out",
            subject="turf",
            subject_id=turf.pk,
            detail={"checkout": checkout.pk},
        )
    return checkout


def _not_free(turf: Turf) -> str:
    held = turf.open_checkout
    if held is not None:
        return _("Walk %(number)s is with %(holder)s.") % {
            "number": turf.number,
            "holder": held.holder,
        }
    return _("Walk %(number)s is not free: it is %(state)s.") % {
        "number": turf.number,
        "state": turf.state_label,
    }


def carry_on_phone(campaign: Campaign, turf_id: int, device: Device) -> Checkout:
    """
    Let a phone carry a walk: the open check-out becomes this phone's, or a new one in its name.

    Called for a phone that came by the code or by a link. What it may see is decided by whether the
    phone was let in, not here.
    """
    with tenant(campaign.pk):
        turf = access.turf_for(campaign, turf_id, lock=True)
        held = turf.open_checkout
        if held is None:
            return check_out(campaign, turf_id, device.label, by=device.actor, device=device)
        if held.device_id not in {None, device.pk}:
            raise NotNow(
                _("Another phone carries this walk; whoever handed it out can take it back.")
            )
        held.device_id = device.pk
        held.save(update_fields=["device_id"])
        record(
            device.actor, "turf.carry", subject="turf", subject_id=turf.pk,
            detail={"checkout": held.pk},
        )  # fmt: skip
    return held


def extend(campaign: Campaign, turf_id: int, expires_at: datetime, *, by: Actor) -> Checkout:
    """Let whoever has the walk keep it longer, or less long."""
    with tenant(campaign.pk):
        turf = access.turf_for(campaign, turf_id, lock=True)
        held = turf.open_checkout
        if held is None:
            raise NotNow(_("Nobody has this walk."))
        held.expires_at = expires_at
        held.save(update_fields=["expires_at"])
        record(by, "turf.extend", subject="turf", subject_id=turf.pk)
    return held


def take_back(campaign: Campaign, turf_id: int, *, by: Actor) -> Turf:
    """
    Undo handing out: the walk is free again, as if nobody had gone; its doors stay in it.

    The next may be handed it at once, so whatever phone carried it shows it no more.
    """
    with tenant(campaign.pk):
        turf = access.turf_for(campaign, turf_id, lock=True)
        if turf.state != Turf.State.CHECKED_OUT:
            raise NotNow(_("Nobody has this walk."))
        _end_checkout(turf, by)
        nobody_carries(campaign, turf.pk, by=by)
        record(by, "turf.take_back", subject="turf", subject_id=turf.pk)
    return turf


def return_turf(campaign: Campaign, turf_id: int, *, by: Actor, verb: str = "turf.return") -> int:
    """
    A walk came back: doors that nobody knocked on are free for the next cut.

    Returns
    -------
    int
        How many doors are free again.
    """
    with tenant(campaign.pk):
        turf = access.turf_for(campaign, turf_id, lock=True)
        if turf.state not in {Turf.State.CHECKED_OUT, Turf.State.PUBLISHED}:
            raise NotNow(_("This walk is %(state)s.") % {"state": turf.state_label})
        turf.returned_at = timezone.now()
        _end_checkout(turf, by, at=turf.returned_at)
        freed: int = (
            TurfDoor.objects.of(campaign)
            .filter(turf=turf, knocked_at=None, taken_at=None)
            .update(live=False)
        )
        turf.save(update_fields=["returned_at"])
        record(by, verb, subject="turf", subject_id=turf.pk, count=freed)
    return freed


def undo_return(campaign: Campaign, turf_id: int, *, by: Actor) -> Turf:
    """
    As it was before it came back: with whoever had it, else free.

    A time that is over by now begins anew, since the walk would come back by itself at once.
    Refused when one of its doors is in another walk by now.
    """
    with tenant(campaign.pk):
        turf = access.turf_for(campaign, turf_id, lock=True)
        if turf.state != Turf.State.RETURNED:
            raise NotNow(_("This walk is %(state)s.") % {"state": turf.state_label})
        make_live(campaign, [turf.pk])
        held = Checkout.objects.of(campaign).filter(turf=turf, returned_at=turf.returned_at).first()
        if held is not None:
            held.returned_at, held.returned_by = None, ""
            if held.is_overdue():
                held.expires_at = timezone.now() + OUT_FOR
            held.save(update_fields=["returned_at", "returned_by", "expires_at"])
        turf.held = [held] if held else []
        turf.returned_at = None
        turf.save(update_fields=["returned_at"])
        record(
            by, "turf.undo_return", subject="turf", subject_id=turf.pk,
            detail={"checkout": held.pk} if held else None,
        )  # fmt: skip
    return turf


def retire(campaign: Campaign, turf_id: int, *, by: Actor) -> Turf:
    """Put a walk away for good: all its doors may be cut again in this action."""
    with tenant(campaign.pk):
        turf = access.turf_for(campaign, turf_id, lock=True)
        if turf.state in {Turf.State.DRAFT, Turf.State.RETIRED}:
            raise NotNow(_("This walk is %(state)s.") % {"state": turf.state_label})
        _end_checkout(turf, by)
        TurfDoor.objects.of(campaign).filter(turf=turf).update(live=False)
        turf.retired_at = timezone.now()
        turf.save(update_fields=["retired_at"])
        record(by, "turf.retire", subject="turf", subject_id=turf.pk)
    return turf


def undo_retire(campaign: Campaign, turf_id: int, *, by: Actor) -> Turf:
    """
    Back to what it was, in nobody's hands; refused when one of its doors is in another walk by now.

    A phone that had it when it was put away shows it no more, since it is anybody's. Where its cut was withdrawn
    meanwhile it is a walk of that draft, and where that was published anew it is published with it.
    """
    with tenant(campaign.pk):
        of = access.turf_for(campaign, turf_id).cut_id
        cut = access.cut_for(campaign, of, lock=True)
        turf = access.turf_for(campaign, turf_id, lock=True)
        if turf.state != Turf.State.RETIRED:
            raise NotNow(_("This walk is %(state)s.") % {"state": turf.state_label})
        if cut.published_at is not None:
            make_live(campaign, [turf.pk])
            if turf.published_at is None:
                turf.published_at = cut.published_at
                turf.code = claim_codes(campaign, [turf.pk])[turf.pk]
        if turf.returned_at is not None:
            TurfDoor.objects.of(campaign).filter(turf=turf, knocked_at=None).update(live=False)
        nobody_carries(campaign, turf.pk, by=by)
        turf.retired_at = None
        turf.save(update_fields=["retired_at", "published_at", "code"])
        record(by, "turf.undo_retire", subject="turf", subject_id=turf.pk)
    return turf


def _end_checkout(turf: Turf, by: Actor, at: datetime | None = None) -> None:
    Checkout.objects.of(turf.campaign_id).filter(turf=turf, returned_at=None).update(
        returned_at=at or timezone.now(), returned_by=by.label
    )
    turf.held = []


def mark_knocked(turf: Turf, door_id: int, at: datetime) -> None:
    """
    Somebody knocked on this door: it stays with its walk when the walk comes back.

    Called by the room that records answers, in its transaction; its audit line covers this too.
    """
    TurfDoor.objects.of(turf.campaign_id).filter(turf=turf, door_id=door_id).filter(
        Q(knocked_at=None) | Q(knocked_at__gt=at)
    ).update(knocked_at=at)


def return_overdue(campaign: Campaign, *, by: Actor, now: datetime | None = None) -> int:
    """Walks whose time is over come back with what was knocked on; returns how many."""
    now = now or timezone.now()
    with tenant(campaign.pk):
        overdue = (
            Checkout.objects.of(campaign)
            .filter(returned_at=None, expires_at__lte=now)
            .order_by("turf_id")
            .values_list("turf_id", flat=True)
        )
        found = list(overdue)
    # Each by itself: nobody waits at one walk for the others.
    return sum(_return_if_overdue(campaign, turf_id, now, by=by) for turf_id in found)


def _return_if_overdue(campaign: Campaign, turf_id: int, now: datetime, *, by: Actor) -> bool:
    """Somebody may have given it more time, or taken it back, since it was looked at."""
    with tenant(campaign.pk):
        held = access.turf_for(campaign, turf_id, lock=True).open_checkout
        if held is None or held.expires_at > now:
            return False
        return_turf(campaign, turf_id, by=by, verb="turf.expire")
    return True


def return_overdue_everywhere() -> int:
    """The same for every campaign: what the worker does every few minutes."""
    return sum(
        return_overdue(campaign, by=Actor("job", "", "expiry"))
        for campaign in Campaign.objects.all()
    )


class LinkToken(NamedTuple):
    """What a phone's link says: the campaign, so that its wall can be chosen, and the secret."""

    campaign_id: UUID
    secret: str

    def __str__(self) -> str:
        return f"{self.campaign_id.hex}.{self.secret}"

    @classmethod
    def parse(cls, text: str) -> LinkToken | None:
        """None for anything that is not such a token."""
        campaign, _dot, secret = text.partition(".")
        try:
            return cls(UUID(campaign), secret)
        except ValueError:
            return None


def make_phone_link(
    campaign: Campaign, turf_id: int, *, by: Actor, lives: timedelta = LINK_LIVES
) -> str:
    """The token of a link that lets one phone in to this walk, once; shown now and never again."""
    secret = new_secret()
    with tenant(campaign.pk):
        turf = access.turf_for(campaign, turf_id)
        if turf.state not in {Turf.State.CHECKED_OUT, Turf.State.PUBLISHED}:
            raise NotNow(_not_free(turf))
        PhoneLink.objects.create(
            campaign=campaign,
            turf=turf,
            secret_hash=hash_of(secret),
            made_by=by.label,
            expires_at=timezone.now() + lives,
        )
        record(by, "turf.phone_link", subject="turf", subject_id=turf.pk)
    return str(LinkToken(campaign.pk, secret))


def use_phone_link(text: str) -> PhoneLink | None:
    """
    The unused link of that token, within its time and for a walk that is still live; used up by this.

    Asked outside any campaign; what follows (enrolling the phone, letting it in on behalf of whoever
    showed the link) runs in ``tenant(link.campaign_id)``.
    """
    token = LinkToken.parse(text)
    if token is None:
        return None
    with tenant(token.campaign_id):
        now = timezone.now()
        link: PhoneLink | None = (
            PhoneLink.objects.of(token.campaign_id)
            .select_for_update(of=("self",), no_key=True)
            .select_related("turf")
            .filter(secret_hash=hash_of(token.secret), used_at=None, expires_at__gt=now)
            .first()
        )
        if link is None or link.turf.state not in {Turf.State.CHECKED_OUT, Turf.State.PUBLISHED}:
            return None
        link.used_at = now
        link.save(update_fields=["used_at"])
    return link


def doors_free_again(campaign: Campaign, turf_id: int) -> int:
    """How many doors a return would free now: what the button says before it is pressed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from outings_turfdoor "
            "where campaign_id = %s and turf_id = %s and live and knocked_at is null",
            [campaign.pk, turf_id],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0
