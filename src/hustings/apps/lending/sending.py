"""A record of ours as a parcel: with its proof, and the files that go beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.lending.models import OfferAnswer, Part
from hustings.apps.statements.proving import bundles_of
from hustings.core.errors import BadInput
from hustings.formats.parcel import SEALED, Parcel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.campaigns.models import Campaign
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
    for _record, parcel in parcels_of(record.campaign, [record]):
        return parcel
    raise BadInput(
        "The person took this back, or its last day is over: their details are deleted here too."
    )


def parcels_of(
    campaign: Campaign, records: Sequence[Record], bundles: Mapping[int, str] | None = None
) -> list[tuple[Record, Parcel]]:
    """Those of many, without what was taken back; ``bundles`` where they were proven already."""
    parts: dict[int, dict[str, bytes]] = {row.pk: {} for row in records}
    for part in Part.objects.of(campaign).filter(record__in=list(parts)).order_by("name", "pk"):
        parts[part.record_id][part.sha256] = bytes(part.content)
    sealed: dict[int, bytes] = {}
    if referrals := [row.pk for row in records if row.kind == "referral"]:
        answers = OfferAnswer.objects.of(campaign).filter(
            record__in=referrals, sealed__isnull=False
        )
        sealed = {answer.record_id: bytes(answer.sealed) for answer in answers}
    going = [row for row in records if row.kind != "referral" or row.pk in sealed]
    for pk, details in sealed.items():
        parts[pk][SEALED] = details
    if bundles is None:
        bundles = bundles_of(campaign, going)
    return [(row, Parcel(bundles[row.pk], parts[row.pk])) for row in going]
