"""
What comes from another campaign, by file or over the wire: the one function that both call.

``take_in`` verifies the record as ``statements.receiving`` does, then does what its kind asks for. What does not hold
changes nothing, and is kept with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.lending import forgetting
from hustings.apps.lending.judging import NOT_A_DETAIL
from hustings.apps.lending.models import Referred
from hustings.apps.lending.wording import DETAILS
from hustings.apps.statements.access import node_for
from hustings.apps.statements.models import Refusal
from hustings.apps.statements.node import seals_of
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.receiving import receive
from hustings.apps.statements.times import read_moment
from hustings.core.errors import BadInput
from hustings.core.exchange.sealed import open_sealed
from hustings.formats.parcel import SEALED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Record

    type Taker = Callable[[Campaign, Record, Mapping[str, bytes], Actor], None]


def take_in(
    campaign: Campaign, bundle: str, parts: Mapping[str, bytes] | None = None, *, by: Actor
) -> Record | Refusal:
    """
    Take a record of another campaign in, with the parts that came beside it: once, however often it comes.

    Parameters
    ----------
    parts
        By SHA-256; the part that only we can open under ``formats.parcel.SEALED``.
    """
    with tenant(campaign.pk):
        try:
            with transaction.atomic():
                taken = receive(campaign, bundle, by=by)
                if isinstance(taken, Refusal):
                    return taken
                if (taker := TAKERS.get(taken.kind)) is not None:
                    taker(campaign, taken, parts or {}, by)
        except BadInput as error:
            refusal: Refusal = Refusal.objects.create(
                campaign=campaign,
                text=bundle[:1_000_000].replace("\0", "\ufffd"),
                reason=str(error),
            )
            audit(by, "bundle.refuse", subject="refusal", subject_id=refusal.pk)
            return refusal
    return taken


def _referral(campaign: Campaign, record: Record, parts: Mapping[str, bytes], by: Actor) -> None:
    """Somebody who said yes to helping us."""
    said, us = record.said, node_for(campaign).name
    if said.get("to") != us:
        raise BadInput("This referral is for another campaign; it was sent to us by mistake.")
    if said["count"] != 1 or len(said["consent"]) != 1 or "expires" not in said:
        raise BadInput("A referral to us is of one person, with one consent and a last day.")
    if Referred.objects.of(campaign).filter(record=record).exists():
        return
    ledger = ledger_of(campaign)
    if forgetting.is_taken_back(ledger, record):
        forgetting.answer_before_it_came(campaign, record, by=by)
        return
    if any(one.by == us for one in ledger.about(record.name, "deletion")):
        return  # it was deleted here, and the same file came once more
    if said["expires"] <= ledger.now:
        raise BadInput("The last day of this referral is over, so nothing of it may be kept.")
    if SEALED not in parts:
        raise BadInput(
            "The record is here without its sealed part; ask them for the whole parcel, as one file."
        )
    words = open_sealed(
        parts[SEALED], with_=seals_of(campaign), of=record.name, commitment=said["consent"][0]
    )
    details = {name: words[name] for name in DETAILS if name in words}
    if words.keys() - NOT_A_DETAIL - details.keys() or words.get("node") != us:
        raise BadInput("What is sealed here was agreed to for something else; nothing was kept.")
    Referred.objects.create(
        campaign=campaign, record=record, keep_until=read_moment(said["expires"]).date(),
        words={**details, "purpose": said["purpose"], "period": said["period"]},
    )  # fmt: skip


def _retraction(campaign: Campaign, record: Record, parts: Mapping[str, bytes], by: Actor) -> None:
    """A claim withdrawn, or a volunteer's yes: the latter is obeyed at once."""
    forgetting.obey(campaign, record, by=by)


TAKERS: dict[str, Taker] = {"referral": _referral, "retraction": _retraction}
"""By the type of the record; what is not here asks for nothing but to be kept."""
