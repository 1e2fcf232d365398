"""What the rules of law say about sending somebody's details to another campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.core.errors import HustingsError
from hustings.core.law import judge
from hustings.formats.law import the_book

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from hustings.apps.lending.models import Offer
    from hustings.core.law import Answer, Finding

NOT_A_DETAIL = frozenset({"receiver", "node", "country", "risk", "purpose", "period", "until"})
"""Words of a consent that say what is agreed to; the others are details of the person."""


class NotWithoutConsent(HustingsError):
    """The rules stop these details from being sent; the message says which, by what source and of which day."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(" ".join(map(said, findings)))
        self.findings = findings


def said(finding: Finding) -> str:
    """Advice, rule, source and date in one breath."""
    return _("%(sentence)s (%(rule)s, %(citation)s; %(source)s, read on %(day)s)") % {
        "sentence": finding.sentence, "rule": finding.rule, "citation": finding.citation,
        "source": finding.source, "day": finding.read_on,
    }  # fmt: skip


def before_asking(offer: Offer) -> Answer:
    """What the rules want of this offer, as long as nobody has agreed to anything."""
    return _judged(offer, explicit_consent=False)


def of_sending(
    offer: Offer, consent: Mapping[str, str], ticked: Set[str], *, agreed: bool
) -> Answer:
    """
    Whether these words may go to the other campaign.

    Parameters
    ----------
    consent
        Everything that would be sent.
    ticked
        The details that the person ticked.
    agreed
        Whether they said so themselves, on the page that named receiver, country and risk.
    """
    return _judged(
        offer,
        explicit_consent=agreed,
        names_receiver=consent.get("receiver") == offer.party.name,
        names_country=consent.get("country") == offer.to_country and bool(consent.get("risk")),
        only_ticked=consent.keys() - NOT_A_DETAIL <= ticked,
        withdrawn=False,
    )


def of_withdrawal(offer: Offer, *, deleted: bool) -> Answer:
    """What the rules want once somebody took their yes back."""
    return _judged(offer, withdrawn=True, deletion_receipt=deleted)


def _judged(offer: Offer, **facts: bool) -> Answer:
    countries = {"campaign_country": offer.from_country, "receiver_country": offer.to_country}
    return judge(the_book(), "referral", {**countries, **facts}, timezone.localdate())
