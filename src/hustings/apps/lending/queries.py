"""What the room's first page says: what we offered, what came, and what waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.campaigns.together import together
from hustings.apps.lending import access, judging
from hustings.apps.lending.models import Offer, OfferAnswer, Referred, Withdrawal
from hustings.apps.lending.wording import STATES
from hustings.apps.statements.histories import known_to
from hustings.apps.statements.queries import parties_of
from hustings.apps.statements.times import read_moment

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party, Record
    from hustings.apps.statements.reading import Ledger


@dataclass(frozen=True, slots=True)
class Asked:
    """An offer to a volunteer, and where it stands."""

    offer: Offer
    state: str
    answer: OfferAnswer | None = None
    withdrawal: Withdrawal | None = None
    receipt: Record | None = None
    deleted_at: datetime | None = None

    @property
    def state_label(self) -> str:
        """The word for where it stands."""
        return str(STATES[self.state])

    @property
    def to_send(self) -> Record | None:
        """The record whose parcel the other campaign should have; None where nothing is to be sent."""
        one = {"withdrawn": self.withdrawal, "accepted": self.answer}.get(self.state)
        record: Record | None = one.record if one else None
        return record

    @property
    def advice(self) -> list[str]:
        """What the law says of a yes that was taken back and is not confirmed yet."""
        if self.state != "withdrawn":
            return []
        law = judging.of_withdrawal(self.offer, deleted=False)
        return [judging.said(one) for one in law.findings if one.case == "no-receipt"]


def asked(ledger: Ledger, one: Offer) -> Asked:
    """
    Where an offer stands: folded out of what was answered, taken back, and signed by the other campaign.

    A deletion counts only if they signed it.
    """
    return _stands(ledger, one, access.answer_of(one), access.withdrawal_of(one))


def _stands(
    ledger: Ledger, one: Offer, answer: OfferAnswer | None, withdrawal: Withdrawal | None
) -> Asked:
    if answer is None:
        return Asked(one, "open" if one.answer_by > timezone.now() else "over")
    if not answer.accepted or answer.record is None:
        return Asked(one, "declined", answer)
    theirs = [
        said
        for said in ledger.about(answer.record.name, "deletion")
        if said.by == one.party.code and answer.commitment in said.said["consent"]
    ]
    if theirs:
        at = read_moment(theirs[-1].said["created"])
        return Asked(one, "deleted", answer, withdrawal, ledger.rows[theirs[-1].name], at)
    if withdrawal:
        return Asked(one, "withdrawn", answer, withdrawal)
    over = one.keep_until < timezone.localdate()
    return Asked(one, "ended" if over else "accepted", answer)


def offers_of(campaign: Campaign, ledger: Ledger) -> list[Asked]:
    """Every offer, the newest first."""
    rows, answered, taken_back = together(
        Offer.objects.of(campaign).select_related("party").order_by("-pk"),
        OfferAnswer.objects.of(campaign).select_related("record").order_by("-pk"),
        Withdrawal.objects.of(campaign).select_related("record").order_by("-pk"),
    )
    answers = {answer.offer_id: answer for answer in answered}
    withdrawals = {back.offer_id: back for back in taken_back}
    return [_stands(ledger, one, answers.get(one.pk), withdrawals.get(one.pk)) for one in rows]


def peers_of(campaign: Campaign) -> list[Party]:
    """Those we have met, so that something can be sent to them."""
    known = known_to(campaign)
    return [party for party in known.parties if party.code in known.met]


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who was referred to us, and by whom."""

    referred: Referred
    by: str


def helpers_of(campaign: Campaign, ledger: Ledger | None = None) -> list[Helper]:
    """Everybody who said yes to helping us and did not take it back, the newest first."""
    parties = ledger.parties if ledger else parties_of(campaign)
    names = {party.code: party.name for party in parties}
    rows = Referred.objects.of(campaign).select_related("record").order_by("-pk")
    return [Helper(one, names.get(one.record.issuer, "")) for one in rows]


def count_helpers(campaign: Campaign) -> int:
    """How many :func:`helpers_of` has."""
    return int(Referred.objects.of(campaign).count())


def receipts_to_send(ledger: Ledger) -> list[tuple[Record, str]]:
    """Signed proofs that we deleted what was taken back, and for whom; the newest first, ten at most."""
    names = {party.code: party.name for party in ledger.parties}
    found = []
    for one in ledger.heard("deletion"):
        of = ledger.rows.get(one.said["of"])
        if one.by == ledger.us and of is not None:
            found.append((ledger.rows[one.name], names.get(of.issuer, "")))
    return found[:10]
