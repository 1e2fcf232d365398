"""Erasing a person from this room: who was asked, what they ticked, and who offered or lent."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from hustings.apps.campaigns.erasing import (
    NOBODY,
    empty_labels,
    empty_mentions,
    rows_that_name,
)
from hustings.apps.lending import access, referring
from hustings.apps.lending.models import Offer, OfferAnswer, Referred
from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving

log = logging.getLogger(__name__)


def erase(who: Leaving) -> dict[str, int]:
    """Records and their proofs stay: of a person they hold a salted hash. What is sealed goes with the name."""
    asked = {
        *rows_that_name(who, "lending_offer", "person_name"),
        *Offer.objects.of(who.campaign_id)
        .filter(person_name__in=who.labels)
        .values_list("pk", flat=True),
    }
    for one in Offer.objects.of(who.campaign_id).filter(pk__in=asked).select_related("campaign"):
        _asked_to_delete(one)
    sealed = OfferAnswer.objects.of(who.campaign_id).filter(offer__in=asked)
    emptied = sealed.filter(sealed__isnull=False).update(sealed=None)
    Offer.objects.of(who.campaign_id).filter(pk__in=asked).update(person_name=NOBODY)
    referred = rows_that_name(who, "lending_referred", "words")
    Referred.objects.of(who.campaign_id).filter(pk__in=referred).delete()
    return {
        "lending_offer": len(asked)
        + empty_mentions(who, "lending_offer", "purpose")
        + empty_labels(who, "lending_offer", "offered_by"),
        "lending_offeranswer": emptied,
        "lending_referred": len(referred),
        "lending_lent": empty_labels(who, "lending_lent", "by"),
        "lending_borrowed": empty_labels(who, "lending_borrowed", "by"),
    }


def _asked_to_delete(one: Offer) -> None:
    """A yes of somebody who is erased is taken back, so that the other campaign deletes what it has."""
    answer = access.answer_of(one)
    if answer is None or answer.record is None or access.withdrawal_of(one) is not None:
        return
    try:
        referring.withdraw(one.campaign, one, answer)
    except (
        HustingsError
    ):  # without keys nothing can be signed; the rest must be erased all the same
        log.warning("Offer %s is erased, and the other campaign has to be told by hand.", one.pk)
        referring.forget_ours(answer)
