"""Erasing a person from this room: who was asked, what they ticked, and who offered or lent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.erasing import (
    NOBODY,
    empty_labels,
    empty_mentions,
    rows_that_name,
)
from hustings.apps.lending.models import Offer, OfferAnswer, Referred

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """Records and their proofs stay: of a person they hold a salted hash. What is sealed goes with the name."""
    asked = {
        *rows_that_name(who, "lending_offer", "person_name"),
        *Offer.objects.of(who.campaign_id)
        .filter(person_name__in=who.labels)
        .values_list("pk", flat=True),
    }
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
