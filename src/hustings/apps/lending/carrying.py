"""
What a record only names goes along with it over the wire: a volunteer's sealed details, files, a calendar.

The exchange brings the record itself, as it brings every record; here is the rest of its parcel, the same as in a
file. What is too large for a request goes by file, under **Lending**.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING, Any

from hustings.apps.exchange.addressing import is_for
from hustings.apps.lending.models import Carried
from hustings.apps.lending.sending import parcels_of
from hustings.apps.lending.taking_in import take_in
from hustings.apps.statements.models import Record, Refusal
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party
    from hustings.apps.statements.reading import Ledger
    from hustings.formats.parcel import Parcel

KIND = "parts"
WITH_PARTS = ("referral", "release", "event")
MOST_BYTES = 4 * 1024 * 1024
"""Of all parts of one record, as they are; a request holds twice as much as text."""


class Parts:
    """The exchange's carrier for this room."""

    def waiting(self, campaign: Campaign, party: Party, ledger: Ledger) -> list[Record]:
        """Every record of ours with parts for this peer that it has not answered."""
        done = set(
            Carried.objects.of(campaign).filter(party=party).values_list("record_id", flat=True)
        )
        return [
            row
            for row in ledger.rows.values()
            if row.kind in WITH_PARTS
            and row.issuer == ledger.us
            and row.pk not in done
            and (one := ledger.standing.heard.get(row.name)) is not None
            and is_for(ledger, one, party.code)
        ]

    def due(
        self, campaign: Campaign, records: Sequence[Record], bundles: Mapping[int, str]
    ) -> list[dict[str, Any]]:
        """Their parts, but for those that are too large for a request."""
        return [
            _attachment(row, parcel)
            for row, parcel in parcels_of(campaign, records, bundles)
            if sum(map(len, parcel.parts.values())) <= MOST_BYTES
        ]

    def take(
        self, campaign: Campaign, party: Party, attachment: dict[str, Any], *, by: Actor
    ) -> None:
        """The same as a parcel that comes as a file."""
        taken = take_in(campaign, *_read(attachment), by=by)
        if isinstance(taken, Refusal):
            raise BadInput(taken.reason)
        if attachment["name"] != name_of(taken.name):
            raise BadInput("These parts are named for another record than the one they hold.")

    def answered(self, campaign: Campaign, party: Party, name: str, sentence: str) -> bool:
        """They have it, or said why not; it is not sent again."""
        rows = Record.objects.of(campaign).filter(kind__in=WITH_PARTS)
        record = next((row for row in rows if name_of(row.name) == name), None)
        if record is None:
            return False
        Carried.objects.of(campaign).get_or_create(
            campaign=campaign, party=party, record=record, defaults={"sentence": sentence}
        )
        return True


def name_of(record: str) -> str:
    """By which name both sides know the parts of a record; another than the record's own."""
    return hashlib.sha256(f"parts of {record}".encode()).hexdigest()


def _attachment(row: Record, parcel: Parcel) -> dict[str, Any]:
    return {
        "name": name_of(row.name),
        "bundle": parcel.bundle,
        "parts": {
            name: base64.b64encode(content).decode() for name, content in parcel.parts.items()
        },
    }


def _read(attachment: dict[str, Any]) -> tuple[str, dict[str, bytes]]:
    bundle, parts = attachment.get("bundle"), attachment.get("parts")
    if not isinstance(bundle, str) or not isinstance(parts, dict):
        raise BadInput("Parts need the bundle of their record, and what they hold, by name.")
    try:
        return bundle, {
            str(name): base64.b64decode(content, validate=True) for name, content in parts.items()
        }
    except (TypeError, ValueError, binascii.Error) as error:
        raise BadInput("A part is not written in Base64; ask them to send it again.") from error
