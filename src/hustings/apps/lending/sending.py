"""A record of ours as a parcel: with its proof, and the files that go beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.lending import access
from hustings.apps.lending.models import OfferAnswer
from hustings.apps.statements.publishing import bundle_of
from hustings.core.errors import BadInput
from hustings.formats.parcel import SEALED, Parcel

if TYPE_CHECKING:
    from hustings.apps.statements.models import Record

KINDS = ("referral", "retraction", "deletion", "release", "event")
"""What this room sends."""


def parcel_of(record: Record) -> Parcel:
    """
    The whole of it, for a file or for the wire.

    Raises
    ------
    BadInput
        It is a referral that was taken back: only its withdrawal is sent from then on.
    """
    parts = {part.sha256: bytes(part.content) for part in access.parts_of(record)}
    if record.kind == "referral":
        answers = OfferAnswer.objects.of(record.campaign_id).filter(record=record)
        answer: OfferAnswer | None = answers.first()
        if answer is None or answer.sealed is None:
            raise BadInput(
                "The person took this back, or its last day is over: their details are deleted here too."
            )
        parts[SEALED] = bytes(answer.sealed)
    return Parcel(bundle_of(record), parts)
