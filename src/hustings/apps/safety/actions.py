"""What an organiser does: offering to check in, settling an alert, taking that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.safety.models import Alert, Offer, Settlement
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign


def offer(campaign: Campaign, lead_phone: str, *, by: Actor) -> Offer:
    """Volunteers may check in from now on; a new number replaces the old one."""
    with tenant(campaign.pk):
        _end_offer(campaign, by=by)
        made: Offer = Offer.objects.create(
            campaign=campaign, lead_phone=lead_phone, made_by=by.label
        )
        record(by, "safety.offer", subject="offer", subject_id=made.pk)
    return made


def offer_no_more(campaign: Campaign, *, by: Actor) -> None:
    """Nobody can begin any more; whoever checks in goes on until their walk is over."""
    with tenant(campaign.pk):
        if _end_offer(campaign, by=by):
            record(by, "safety.no_offer", subject="campaign", subject_id=campaign.pk)


def _end_offer(campaign: Campaign, *, by: Actor) -> int:
    return (
        Offer.objects.of(campaign)
        .filter(ended_at=None)
        .update(ended_at=timezone.now(), ended_by=by.label)
    )


def settle(alert: Alert, note: str, *, by: Actor) -> Settlement:
    """
    An organiser has looked after it.

    Raises
    ------
    BadInput
        When somebody settled it already, or nothing was said.
    """
    if not note.strip():
        raise BadInput(_("Say what you found, so that the next one need not ask again."))
    with tenant(alert.campaign_id):
        try:
            with transaction.atomic():
                made: Settlement = Settlement.objects.create(
                    campaign_id=alert.campaign_id, alert=alert, note=note.strip(), by=by.label
                )
        except IntegrityError as error:
            raise BadInput(_("Somebody has settled this alert already.")) from error
        record(by, "safety.settle", subject="alert", subject_id=alert.pk)
    return made


def take_back(settlement: Settlement, *, by: Actor) -> None:
    """It is not settled after all."""
    with tenant(settlement.campaign_id):
        live = Settlement.objects.of(settlement.campaign_id).filter(
            pk=settlement.pk, taken_back_at=None
        )
        if live.update(taken_back_at=timezone.now(), taken_back_by=by.label):
            record(by, "safety.unsettle", subject="alert", subject_id=settlement.alert_id)
