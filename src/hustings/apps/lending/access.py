"""The only way to an offer, somebody who was referred, or a part of a record."""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import TYPE_CHECKING
from uuid import UUID

from hustings.apps.accounts.access import NotHere
from hustings.apps.accounts.secrets import hash_of
from hustings.apps.campaigns.models import Campaign
from hustings.apps.lending.models import Lent, Offer, OfferAnswer, Part, Referred, Withdrawal

if TYPE_CHECKING:
    from hustings.apps.statements.models import Record

_SECRET_BYTES = 16
_TOKEN_LETTERS = 43


def new_token(campaign: Campaign) -> str:
    """A link's own part: which campaign's wall to open, and 128 bits of chance."""
    both = campaign.pk.bytes + secrets.token_bytes(_SECRET_BYTES)
    return base64.urlsafe_b64encode(both).rstrip(b"=").decode()


def campaign_of(token: str) -> Campaign:
    """The campaign that a link names; :class:`NotHere` for anything that is no link."""
    try:
        both = (
            base64.urlsafe_b64decode(token.encode() + b"=") if len(token) == _TOKEN_LETTERS else b""
        )
    except (ValueError, binascii.Error) as error:
        raise NotHere from error
    if len(both) != 16 + _SECRET_BYTES:
        raise NotHere
    campaign = Campaign.objects.filter(pk=UUID(bytes=both[:16])).first()
    if campaign is None:
        raise NotHere
    return campaign


def offer_by(campaign: Campaign, token: str, *, lock: bool = False) -> Offer:
    """The offer that this link is of; :class:`NotHere` otherwise."""
    rows = Offer.objects.of(campaign).select_related("party")
    rows = rows.filter(secret_hash=hash_of(token))
    offer: Offer | None = (
        rows.select_for_update(of=("self",), no_key=True) if lock else rows
    ).first()
    if offer is None:
        raise NotHere
    return offer


def offer_for(campaign: Campaign, offer_id: int) -> Offer:
    """An offer of this campaign; :class:`NotHere` otherwise."""
    rows = Offer.objects.of(campaign).select_related("party")
    offer: Offer | None = rows.filter(pk=offer_id).first()
    if offer is None:
        raise NotHere
    return offer


def answer_of(offer: Offer) -> OfferAnswer | None:
    """What was answered; None while it is open."""
    rows = OfferAnswer.objects.of(offer.campaign_id).filter(offer=offer).select_related("record")
    answer: OfferAnswer | None = rows.first()
    return answer


def withdrawal_of(offer: Offer) -> Withdrawal | None:
    """That it was taken back; None while it was not."""
    rows = Withdrawal.objects.of(offer.campaign_id).filter(offer=offer).select_related("record")
    withdrawal: Withdrawal | None = rows.first()
    return withdrawal


def referred_for(campaign: Campaign, referred_id: int) -> Referred:
    """Somebody who was referred to us; :class:`NotHere` otherwise."""
    rows = Referred.objects.of(campaign).select_related("record")
    referred: Referred | None = rows.filter(pk=referred_id).first()
    if referred is None:
        raise NotHere
    return referred


def parts_of(record: Record) -> list[Part]:
    """The files beside a record, by name."""
    return list(Part.objects.of(record.campaign_id).filter(record=record).order_by("name", "pk"))


def part_for(record: Record, sha256: str) -> Part:
    """One of them; :class:`NotHere` otherwise."""
    part: Part | None = (
        Part.objects.of(record.campaign_id).filter(record=record, sha256=sha256).first()
    )
    if part is None:
        raise NotHere
    return part


def lent_for(campaign: Campaign, lent_id: int) -> Lent:
    """A version of ours that is lent; :class:`NotHere` otherwise."""
    rows = Lent.objects.of(campaign).select_related("release", "record")
    lent: Lent | None = rows.filter(pk=lent_id).first()
    if lent is None:
        raise NotHere
    return lent
