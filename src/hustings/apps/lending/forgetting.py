"""Deleting what another campaign's volunteers ticked for us: on their word, when the day is over, or when we are done."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db.models import Exists
from django.utils import timezone

from hustings.apps.audit.actions import record as audit
from hustings.apps.audit.actors import command
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import inside, tenant
from hustings.apps.campaigns.together import together
from hustings.apps.lending.models import Offer, OfferAnswer, Referred
from hustings.apps.lending.referring import forget_ours
from hustings.apps.statements.access import record_named
from hustings.apps.statements.locking import one_at_a_time
from hustings.apps.statements.models import Record
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.recording import say
from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.statements.reading import Ledger

WORKER = command("work")
log = logging.getLogger(__name__)


def forget(campaign: Campaign, referred: Referred, *, by: Actor) -> Record:
    """Delete one person's details for good; the signed record that says so is the receipt for the other campaign."""
    with tenant(campaign.pk):
        one_at_a_time(campaign)
        referral = referred.record
        Referred.objects.of(campaign).filter(pk=referred.pk).delete()
        return _receipt(campaign, referral, by)


def forget_what_must_go(campaign: Campaign, *, by: Actor) -> int:
    """Everybody who took their yes back, and everybody whose last day is over; how many."""
    with inside(campaign.pk):
        today = timezone.localdate()
        referred = Referred.objects.of(campaign)
        sealed, held, retractions = together(
            OfferAnswer.objects.of(campaign).filter(
                offer__in=Offer.objects.of(campaign).filter(keep_until__lt=today),
                sealed__isnull=False,
            ),
            referred.select_related("record").order_by("pk"),
            Record.objects.of(campaign).filter(Exists(referred), kind="retraction"),
        )
        for answer in sealed:
            one_at_a_time(campaign)  # first, as whoever takes a yes back does
            forget_ours(answer)
        over = [one for one in held if one.keep_until < today]
        waiting = [one for one in held if one not in over]
        if _named_by_one_of(retractions, waiting):
            ledger = ledger_of(campaign)
            over += [one for one in waiting if is_taken_back(ledger, one.record)]
        for one in over:
            forget(campaign, one, by=by)
        return len(sealed) + len(over)


def obey(campaign: Campaign, retraction: Record, *, by: Actor) -> Record | None:
    """A yes was taken back: delete what we have of it, and say so; None where it is no referral to us."""
    with tenant(campaign.pk):
        referral = record_named(campaign, retraction.said["of"])
        if referral is None or (referral.kind, referral.issuer) != ("referral", retraction.issuer):
            return None
        Referred.objects.of(campaign).filter(record=referral).delete()
        return _receipt(campaign, referral, by)


def _named_by_one_of(retractions: list[Record], held: list[Referred]) -> bool:
    """Whether it is worth reading the whole ledger: the worker asks every few seconds."""
    names = {one.record.name for one in held}
    return any(row.said.get("of") in names for row in retractions)


def forget_everywhere() -> None:
    """The same for every campaign, as the worker does it again and again."""
    for campaign in Campaign.objects.all():
        try:
            forget_what_must_go(campaign, by=WORKER)
        except HustingsError:
            log.exception("What was referred to %s could not be deleted.", campaign.slug)


def is_taken_back(ledger: Ledger, referral: Record) -> bool:
    """Whether the campaign that sent it said so, and we have the proof."""
    return any(one.by == referral.issuer for one in ledger.about(referral.name, "retraction"))


def answer_before_it_came(campaign: Campaign, referral: Record, *, by: Actor) -> Record:
    """A referral that was taken back before it came: nothing of it is kept, and they are told so."""
    return _receipt(campaign, referral, by)


def _receipt(campaign: Campaign, referral: Record, by: Actor) -> Record:
    ledger = ledger_of(campaign)
    told = [one for one in ledger.about(referral.name, "deletion") if one.by == ledger.us]
    if told:
        return ledger.rows[told[0].name]
    made = say(campaign, "deletion", of=referral.name, consent=referral.said["consent"])
    audit(by, "referral.delete", subject="record", subject_id=referral.pk)
    return made
